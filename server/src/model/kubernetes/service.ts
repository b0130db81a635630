// What a Service says about who may reach it from outside the cluster.

import { knownItems } from '../located.js';
import { type AnnotationSign, type AnnotationSigns, annotationsOf, mayCarrySign } from './annotation-signs.js';
import type { Manifest } from './manifest.js';

/** A Service of Kubernetes; others of that name are of another group. */
export function isService({ group, kind }: Manifest): boolean {
  return kind === 'Service' && group === '';
}

const isTrue: ReadonlySet<string> = new Set(['true']);
const isInternal: ReadonlySet<string> = new Set(['internal']);
const isIntranet: ReadonlySet<string> = new Set(['intranet']);

/** How clouds are asked for a load balancer without a public address. As documented by their controllers in 2025. */
const internalSigns: AnnotationSigns = new Map<string, AnnotationSign>([
  ['cloud.google.com/load-balancer-type', isInternal],
  ['load-balancer.hetzner.cloud/disable-public-network', isTrue],
  ['networking.gke.io/load-balancer-type', isInternal],
  ['oci-network-load-balancer.oraclecloud.com/internal', isTrue],
  ['service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type', isIntranet],
  ['service.beta.kubernetes.io/alicloud-loadbalancer-address-type', isIntranet],
  ['service.beta.kubernetes.io/aws-load-balancer-scheme', isInternal],
  ['service.beta.kubernetes.io/azure-load-balancer-internal', isTrue],
  ['service.beta.kubernetes.io/cce-load-balancer-internal-vpc', isTrue],
  ['service.beta.kubernetes.io/do-loadbalancer-network', isInternal],
  ['service.beta.kubernetes.io/oci-load-balancer-internal', isTrue],
  ['service.beta.kubernetes.io/openstack-internal-load-balancer', isTrue],
  ['service.beta.kubernetes.io/scw-loadbalancer-private', isTrue],
  ['service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type', new Set(['private'])],
  ['service.kubernetes.io/qcloud-loadbalancer-internal-subnetid', 'any'],
  ['yandex.cloud/load-balancer-type', isInternal],
]);

const awsInternal = 'service.beta.kubernetes.io/aws-load-balancer-internal';
const awsScheme = 'service.beta.kubernetes.io/aws-load-balancer-scheme';
const awsType = 'service.beta.kubernetes.io/aws-load-balancer-type';
/** These hand the Service over to a controller that makes internal ones unless it is asked for a scheme. */
const awsControllerTypes: ReadonlySet<string> = new Set(['external', 'nlb-ip']);
const awsClasses: ReadonlySet<string> = new Set(['service.k8s.aws/nlb', 'eks.amazonaws.com/nlb']);
/** The class of the public ones at Google. Of other classes nobody knows where they lead. */
const publicClass = 'networking.gke.io/l4-regional-external';

/** Annotations with the networks that may connect, with commas between them. */
const rangeNames: ReadonlySet<string> = new Set([
  'service.beta.kubernetes.io/azure-allowed-ip-ranges',
  'service.beta.kubernetes.io/load-balancer-source-ranges',
]);

/** Annotations with the addresses that the load balancer takes. */
const addressNames: ReadonlySet<string> = new Set([
  'io.cilium/lb-ipam-ips',
  'kube-vip.io/loadbalancerIPs',
  'lbipam.cilium.io/ips',
  'metallb.io/loadBalancerIPs',
  'metallb.universe.tf/loadBalancerIPs',
]);

/** Whether a load balancer has no public address, or lets in only some networks, or may. */
export function mayBeGuarded(manifest: Manifest): boolean {
  return (
    mayCarrySign(manifest, internalSigns) ||
    mayBeInternalAtAws(manifest) ||
    mayBeOfGuardedClass(manifest) ||
    mayLimitSources(manifest) ||
    mayHavePrivateAddress(manifest)
  );
}

function mayBeInternalAtAws(manifest: Manifest): boolean {
  const annotation = (name: string) => manifest.string('metadata', 'annotations', name);
  const internal = annotation(awsInternal);
  // Whatever it says but "false": `0.0.0.0/0` was once the way to write it.
  if (internal.kind === 'unknown' || (internal.kind === 'known' && !['', 'false'].includes(internal.value)))
    return true;
  const type = annotation(awsType);
  return type.kind === 'known' && awsControllerTypes.has(type.value) && annotation(awsScheme).kind === 'absent';
}

function mayBeOfGuardedClass(manifest: Manifest): boolean {
  const name = manifest.string('spec', 'loadBalancerClass');
  if (name.kind !== 'known') return name.kind === 'unknown';
  if (awsClasses.has(name.value)) return manifest.string('metadata', 'annotations', awsScheme).kind === 'absent';
  return name.value !== publicClass;
}

function mayLimitSources(manifest: Manifest): boolean {
  const ranges = manifest.strings('spec', 'loadBalancerSourceRanges');
  if (ranges.kind === 'unknown') return true;
  if (ranges.kind === 'known' && ranges.value.length > 0) {
    return !knownItems(ranges).some((range) => isWorld(range.value));
  }
  const written = annotationsOf(manifest, rangeNames);
  return written?.some(({ value }) => value === undefined || (value !== '' && !value.split(',').some(isWorld))) ?? true;
}

function isWorld(range: string): boolean {
  return /\/0+$/.test(range.trim());
}

function mayHavePrivateAddress(manifest: Manifest): boolean {
  const address = manifest.string('spec', 'loadBalancerIP');
  if (address.kind !== 'absent') return address.kind === 'unknown' || isPrivate(address.value);
  return annotationsOf(manifest, addressNames)?.some(({ value }) => value === undefined || isPrivate(value)) ?? true;
}

/** An address of a private network: RFC 1918, the shared space of RFC 6598, unique local ones of IPv6. */
function isPrivate(address: string): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:)/i.test(
    address.trim(),
  );
}
