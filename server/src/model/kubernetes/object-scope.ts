// Which objects are in a namespace. For kinds of others than Kubernetes itself nobody but the cluster knows.

/** Kubernetes 1.37: `kubectl api-resources --namespaced`, and kinds that were removed before. */
const namespacedKinds: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    '',
    new Set([
      'ConfigMap',
      'Endpoints',
      'Event',
      'LimitRange',
      'PersistentVolumeClaim',
      'Pod',
      'PodTemplate',
      'ReplicationController',
      'ResourceQuota',
      'Secret',
      'Service',
      'ServiceAccount',
    ]),
  ],
  ['apps', new Set(['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'])],
  ['autoscaling', new Set(['HorizontalPodAutoscaler'])],
  ['batch', new Set(['CronJob', 'Job'])],
  ['coordination.k8s.io', new Set(['Lease'])],
  ['discovery.k8s.io', new Set(['EndpointSlice'])],
  ['events.k8s.io', new Set(['Event'])],
  ['extensions', new Set(['DaemonSet', 'Deployment', 'Ingress', 'NetworkPolicy', 'ReplicaSet'])],
  ['networking.k8s.io', new Set(['Ingress', 'NetworkPolicy'])],
  ['policy', new Set(['PodDisruptionBudget'])],
  ['rbac.authorization.k8s.io', new Set(['Role', 'RoleBinding'])],
  ['resource.k8s.io', new Set(['ResourceClaim', 'ResourceClaimTemplate'])],
  ['settings.k8s.io', new Set(['PodPreset'])],
  ['storage.k8s.io', new Set(['CSIStorageCapacity'])],
]);

/** Whether a kind of Kubernetes itself is in a namespace. False for kinds of others. */
export function isNamespaced(group: string, kind: string): boolean {
  return namespacedKinds.get(group)?.has(kind) === true;
}

/** The namespaces that a cluster has for its own parts. */
export const systemNamespaces: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);
