// The network policies for a whole cluster: AdminNetworkPolicy and BaselineAdminNetworkPolicy (v1alpha1), and
// ClusterNetworkPolicy (v1alpha2), which follows on them.

import type { Fields } from '../fields.js';
import type { Known, Located } from '../located.js';
import { knownItems } from '../located.js';
import type { Manifest } from './manifest.js';
import { type Direction, directions, type FieldsList } from './network-policy.js';

export interface ClusterPolicyRule {
  readonly direction: Direction;
  readonly own: Known<Fields>;
  readonly action: Located<string>;
  /** `from` or `to`. */
  readonly peers: FieldsList;
  /** The fields that open a port by its name. */
  readonly namedPorts: readonly Known<string>[];
}

/** The actions of the rules of a kind (network-policy-api, as of November 2025). */
const actions: ReadonlyMap<string, readonly string[]> = new Map([
  ['AdminNetworkPolicy', ['Allow', 'Deny', 'Pass']],
  ['BaselineAdminNetworkPolicy', ['Allow', 'Deny']],
  ['ClusterNetworkPolicy', ['Accept', 'Deny', 'Pass']],
]);

/** Exactly one of them. */
export const subjectForms: readonly string[] = ['namespaces', 'pods'];

export const peerForms: { readonly [name in Direction]: readonly string[] } = {
  ingress: subjectForms,
  egress: [...subjectForms, 'nodes', 'networks', 'domainNames'],
};

/** The actions that the rules of a policy may have; undefined where the object is none. */
export function actionsOf({ group, kind }: Manifest): readonly string[] | undefined {
  return group === 'policy.networking.k8s.io' ? actions.get(kind) : undefined;
}

export function clusterPolicyRules(manifest: Manifest): readonly ClusterPolicyRule[] {
  return directions.flatMap((direction) =>
    knownItems(manifest.items('spec', direction)).map((own) => ({
      direction,
      own,
      action: own.value.string('action'),
      peers: own.value.items(direction === 'ingress' ? 'from' : 'to'),
      namedPorts: [
        ...knownItems(own.value.items('ports')).map(({ value }) => value.string('namedPort')),
        ...knownItems(own.value.items('protocols')).map(({ value }) => value.string('destinationNamedPort')),
      ].filter((port) => port.kind === 'known'),
    })),
  );
}
