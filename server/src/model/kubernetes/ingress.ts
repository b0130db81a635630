// What an Ingress says about its hosts, and what tells that their traffic is encrypted.

import type { Fields } from '../fields.js';
import { type Known, knownItems, type Located } from '../located.js';
import { type AnnotationSign, type AnnotationSigns, mayCarrySign } from './annotation-signs.js';
import type { Manifest } from './manifest.js';

const groups: ReadonlySet<string> = new Set(['networking.k8s.io', 'extensions']);

export function isIngress({ group, kind }: Manifest): boolean {
  return kind === 'Ingress' && groups.has(group);
}

/** The name that ingress-nginx reads an annotation by. Its prefix can be chosen, which next to nobody does. */
export function nginxAnnotation(name: string): string {
  return `nginx.ingress.kubernetes.io/${name}`;
}

const isTrue: ReadonlySet<string> = new Set(['true']);

/** TLS that `spec.tls` does not show: it ends before the proxy or behind it. As documented by the controllers in 2025. */
const tlsElsewhere: AnnotationSigns = new Map<string, AnnotationSign>([
  ['alb.ingress.kubernetes.io/certificate-arn', 'any'],
  // The certificate may stand in another Ingress of the group.
  ['alb.ingress.kubernetes.io/group.name', 'any'],
  ['appgw.ingress.kubernetes.io/appgw-ssl-certificate', 'any'],
  ['haproxy-ingress.github.io/ssl-passthrough', isTrue],
  ['haproxy.org/ssl-passthrough', isTrue],
  ['ingress.cilium.io/tls-passthrough', new Set(['enabled', 'true'])],
  ['ingress.gcp.kubernetes.io/pre-shared-cert', 'any'],
  ['kubernetes.io/ingress.allow-http', new Set(['false'])],
  ['networking.gke.io/managed-certificates', 'any'],
  [nginxAnnotation('ssl-passthrough'), isTrue],
  // A minion takes the TLS of its master.
  ['nginx.org/mergeable-ingress-type', new Set(['minion'])],
  ['route.openshift.io/termination', 'any'],
  // Its chart gives this entry point TLS.
  ['traefik.ingress.kubernetes.io/router.entrypoints', new Set(['websecure'])],
  ['traefik.ingress.kubernetes.io/router.tls', isTrue],
  ['traefik.ingress.kubernetes.io/router.tls.certresolver', 'any'],
]);

const albPorts = 'alb.ingress.kubernetes.io/listen-ports';

/** Whether traffic may be encrypted by what only the controller knows. */
export function mayEndTlsElsewhere(manifest: Manifest): boolean {
  if (mayCarrySign(manifest, tlsElsewhere)) return true;
  const ports = manifest.string('metadata', 'annotations', albPorts);
  return ports.kind === 'unknown' || (ports.kind === 'known' && ports.value.includes('HTTPS'));
}

/** The hosts of the rules. A rule without one is for every host. */
export function ruleHosts(manifest: Manifest): readonly Known<string>[] {
  return knownItems(manifest.items('spec', 'rules')).flatMap((rule) => {
    const host = rule.value.string('host');
    return host.kind === 'known' && host.value !== '' ? [host] : [];
  });
}

/**
 * Whether a host has TLS, by the entries of `spec.tls`; undefined where that cannot be told. An entry without hosts is
 * for all of them.
 */
export function tlsCoverage(entries: readonly Located<Fields>[]): (host: string) => boolean | undefined {
  const covered = new Set<string>();
  for (const entry of entries) {
    const hosts = entry.kind === 'known' ? entry.value.strings('hosts') : entry;
    if (hosts.kind === 'unknown') return () => undefined;
    if (hosts.kind === 'absent' || hosts.value.length === 0) return () => true;
    for (const host of hosts.value) {
      if (host.kind !== 'known') return () => undefined;
      covered.add(host.value.toLowerCase());
    }
  }
  return (host) => {
    const name = host.toLowerCase();
    // A star stands for one label.
    return covered.has(name) || covered.has(name.replace(/^[^.]+(?=\.)/, '*'));
  };
}
