// Which versions of the API of Kubernetes were deprecated, and when: facts of its deprecation guide
// (kubernetes.io/docs/reference/using-api/deprecation-guide) and of the lifecycle marks in its sources, as of 1.36.
// `kubernetes-api.ts` holds what is removed against what the releases serve, and adds the versions that are in no guide.

export interface OutdatedVersion {
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  /** The minor version that deprecated it. */
  readonly deprecated: number;
  /** The first minor version that does not serve it. */
  readonly removed?: number;
  /** What serves the kind now. */
  readonly to?: string;
  /** Whether an object says the same after nothing but its `apiVersion` was changed. */
  readonly same?: boolean;
}

const workloads = ['Deployment', 'DaemonSet', 'ReplicaSet'];
const rbac = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'];
const webhooks = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];
const reviews = [
  'LocalSubjectAccessReview',
  'SelfSubjectAccessReview',
  'SelfSubjectRulesReview',
  'SubjectAccessReview',
];
const flows = ['FlowSchema', 'PriorityLevelConfiguration'];

export const outdatedVersions: readonly OutdatedVersion[] = [
  // A selector became mandatory, and some defaults moved: the same where a selector is written.
  { apiVersion: 'extensions/v1beta1', kinds: workloads, deprecated: 9, removed: 16, to: 'apps/v1', same: true },
  {
    apiVersion: 'apps/v1beta1',
    kinds: ['Deployment', 'StatefulSet'],
    deprecated: 9,
    removed: 16,
    to: 'apps/v1',
    same: true,
  },
  {
    apiVersion: 'apps/v1beta2',
    kinds: [...workloads, 'StatefulSet'],
    deprecated: 9,
    removed: 16,
    to: 'apps/v1',
    same: true,
  },
  { apiVersion: 'apps/v1beta1', kinds: ['ControllerRevision'], deprecated: 9, removed: 16, to: 'apps/v1', same: true },
  { apiVersion: 'apps/v1beta2', kinds: ['ControllerRevision'], deprecated: 9, removed: 16, to: 'apps/v1', same: true },
  {
    apiVersion: 'extensions/v1beta1',
    kinds: ['NetworkPolicy'],
    deprecated: 9,
    removed: 16,
    to: 'networking.k8s.io/v1',
    same: true,
  },
  { apiVersion: 'extensions/v1beta1', kinds: ['PodSecurityPolicy'], deprecated: 10, removed: 16 },
  { apiVersion: 'extensions/v1beta1', kinds: ['Ingress'], deprecated: 14, removed: 22, to: 'networking.k8s.io/v1' },
  { apiVersion: 'settings.k8s.io/v1alpha1', kinds: ['PodPreset'], deprecated: 20, removed: 20 },
  { apiVersion: 'batch/v2alpha1', kinds: ['CronJob'], deprecated: 8, removed: 21, to: 'batch/v1', same: true },
  {
    apiVersion: 'admissionregistration.k8s.io/v1beta1',
    kinds: webhooks,
    deprecated: 16,
    removed: 22,
    to: 'admissionregistration.k8s.io/v1',
  },
  {
    apiVersion: 'apiextensions.k8s.io/v1beta1',
    kinds: ['CustomResourceDefinition'],
    deprecated: 16,
    removed: 22,
    to: 'apiextensions.k8s.io/v1',
  },
  {
    apiVersion: 'apiregistration.k8s.io/v1beta1',
    kinds: ['APIService'],
    deprecated: 19,
    removed: 22,
    to: 'apiregistration.k8s.io/v1',
    same: true,
  },
  {
    apiVersion: 'authentication.k8s.io/v1beta1',
    kinds: ['TokenReview'],
    deprecated: 19,
    removed: 22,
    to: 'authentication.k8s.io/v1',
    same: true,
  },
  {
    apiVersion: 'authorization.k8s.io/v1beta1',
    kinds: reviews,
    deprecated: 19,
    removed: 22,
    to: 'authorization.k8s.io/v1',
  },
  {
    apiVersion: 'certificates.k8s.io/v1beta1',
    kinds: ['CertificateSigningRequest'],
    deprecated: 19,
    removed: 22,
    to: 'certificates.k8s.io/v1',
  },
  {
    apiVersion: 'coordination.k8s.io/v1beta1',
    kinds: ['Lease'],
    deprecated: 19,
    removed: 22,
    to: 'coordination.k8s.io/v1',
    same: true,
  },
  {
    apiVersion: 'networking.k8s.io/v1beta1',
    kinds: ['Ingress'],
    deprecated: 19,
    removed: 22,
    to: 'networking.k8s.io/v1',
  },
  {
    apiVersion: 'networking.k8s.io/v1beta1',
    kinds: ['IngressClass'],
    deprecated: 19,
    removed: 22,
    to: 'networking.k8s.io/v1',
    same: true,
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1beta1',
    kinds: rbac,
    deprecated: 17,
    removed: 22,
    to: 'rbac.authorization.k8s.io/v1',
    same: true,
  },
  {
    apiVersion: 'scheduling.k8s.io/v1beta1',
    kinds: ['PriorityClass'],
    deprecated: 14,
    removed: 22,
    to: 'scheduling.k8s.io/v1',
    same: true,
  },
  {
    apiVersion: 'storage.k8s.io/v1beta1',
    kinds: ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
    deprecated: 19,
    removed: 22,
    to: 'storage.k8s.io/v1',
    same: true,
  },
  { apiVersion: 'batch/v1beta1', kinds: ['CronJob'], deprecated: 21, removed: 25, to: 'batch/v1', same: true },
  {
    apiVersion: 'discovery.k8s.io/v1beta1',
    kinds: ['EndpointSlice'],
    deprecated: 21,
    removed: 25,
    to: 'discovery.k8s.io/v1',
  },
  { apiVersion: 'events.k8s.io/v1beta1', kinds: ['Event'], deprecated: 22, removed: 25, to: 'events.k8s.io/v1' },
  {
    apiVersion: 'autoscaling/v2beta1',
    kinds: ['HorizontalPodAutoscaler'],
    deprecated: 22,
    removed: 25,
    to: 'autoscaling/v2',
  },
  // An empty selector chose no pods, and now chooses all.
  { apiVersion: 'policy/v1beta1', kinds: ['PodDisruptionBudget'], deprecated: 21, removed: 25, to: 'policy/v1' },
  { apiVersion: 'policy/v1beta1', kinds: ['PodSecurityPolicy'], deprecated: 21, removed: 25 },
  {
    apiVersion: 'node.k8s.io/v1beta1',
    kinds: ['RuntimeClass'],
    deprecated: 22,
    removed: 25,
    to: 'node.k8s.io/v1',
    same: true,
  },
  {
    apiVersion: 'autoscaling/v2beta2',
    kinds: ['HorizontalPodAutoscaler'],
    deprecated: 23,
    removed: 26,
    to: 'autoscaling/v2',
    same: true,
  },
  {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta1',
    kinds: flows,
    deprecated: 23,
    removed: 26,
    to: 'flowcontrol.apiserver.k8s.io/v1',
  },
  {
    apiVersion: 'storage.k8s.io/v1beta1',
    kinds: ['CSIStorageCapacity'],
    deprecated: 24,
    removed: 27,
    to: 'storage.k8s.io/v1',
    same: true,
  },
  {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta2',
    kinds: flows,
    deprecated: 26,
    removed: 29,
    to: 'flowcontrol.apiserver.k8s.io/v1',
  },
  {
    apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3',
    kinds: flows,
    deprecated: 29,
    removed: 32,
    to: 'flowcontrol.apiserver.k8s.io/v1',
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1beta1',
    kinds: ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'],
    deprecated: 31,
    removed: 34,
    to: 'admissionregistration.k8s.io/v1',
    same: true,
  },
  { apiVersion: 'v1', kinds: ['ComponentStatus'], deprecated: 19 },
  { apiVersion: 'v1', kinds: ['Endpoints'], deprecated: 33 },
];
