// Where pods live: the kinds whose objects hold one, and the way to it.
import type { ContainerList } from '../../model/kubernetes/pod.js';

/** One row: the kinds of some API groups that keep their pod templates at the same places. */
interface PodPlace {
  /** Without the version: it never moved a template. The core group is empty. */
  readonly groups: readonly string[];
  readonly kinds: readonly string[];
  /**
   * From the object to what holds `metadata` and `spec` of the pod; empty where that is the object itself. `*` stands
   * for every item of a list and every value of a map.
   */
  readonly templates: readonly string[];
  /** Where what is no pod template, but says what is in a pod, keeps things. Undefined for a pod template. */
  readonly shape?: PodShape;
}

/** Something that a controller makes a pod of, without the outer form of one. */
export interface PodShape {
  /** From it to its containers, in the order that they start in. */
  readonly containers: readonly { readonly path: string; readonly list: ContainerList }[];
  /** From the object to what a controller puts into the pod from elsewhere, if it is there: nothing is missing then. */
  readonly completedBy: readonly string[];
}

/** A template of a workflow of Argo: a container, a script or a set of containers. */
function workflowShape(spec: string): PodShape {
  return {
    containers: [
      { path: 'initContainers.*', list: 'initContainers' },
      { path: 'container', list: 'containers' },
      { path: 'script', list: 'containers' },
      { path: 'containerSet.containers.*', list: 'containers' },
      { path: 'sidecars.*', list: 'containers' },
    ],
    completedBy: ['securityContext', 'templateDefaults', 'podSpecPatch', 'workflowTemplateRef'].map(
      (key) => `${spec}.${key}`,
    ),
  };
}

/** What a workflow says for the pods of all its templates. */
const workflowPods: PodShape = { containers: [], completedBy: [] };

export const podPlaces: readonly PodPlace[] = [
  // Kubernetes itself.
  { groups: [''], kinds: ['Pod'], templates: [''] },
  { groups: [''], kinds: ['PodTemplate'], templates: ['template'] },
  { groups: [''], kinds: ['ReplicationController'], templates: ['spec.template'] },
  { groups: ['apps', 'extensions'], kinds: ['Deployment', 'ReplicaSet', 'DaemonSet'], templates: ['spec.template'] },
  { groups: ['apps'], kinds: ['StatefulSet'], templates: ['spec.template'] },
  { groups: ['batch'], kinds: ['Job'], templates: ['spec.template'] },
  { groups: ['batch'], kinds: ['CronJob'], templates: ['spec.jobTemplate.spec.template'] },

  // OpenShift, which once used the core group too.
  { groups: ['apps.openshift.io', ''], kinds: ['DeploymentConfig'], templates: ['spec.template'] },

  // Knative. Its `Service` is not the one of the core group.
  { groups: ['serving.knative.dev'], kinds: ['Service', 'Configuration'], templates: ['spec.template'] },
  { groups: ['serving.knative.dev'], kinds: ['Revision'], templates: [''] },
  { groups: ['sources.knative.dev'], kinds: ['ContainerSource'], templates: ['spec.template'] },

  // Other ways to roll out, scale and schedule.
  { groups: ['argoproj.io'], kinds: ['Rollout'], templates: ['spec.template'] },
  {
    groups: ['apps.kruise.io'],
    kinds: ['CloneSet', 'StatefulSet', 'DaemonSet', 'BroadcastJob'],
    templates: ['spec.template'],
  },
  { groups: ['keda.sh'], kinds: ['ScaledJob'], templates: ['spec.jobTargetRef.template'] },
  { groups: ['jobset.x-k8s.io'], kinds: ['JobSet'], templates: ['spec.replicatedJobs.*.template.spec.template'] },
  {
    groups: ['leaderworkerset.x-k8s.io'],
    kinds: ['LeaderWorkerSet'],
    templates: ['spec.leaderWorkerTemplate.leaderTemplate', 'spec.leaderWorkerTemplate.workerTemplate'],
  },
  { groups: ['batch.volcano.sh'], kinds: ['Job'], templates: ['spec.tasks.*.template'] },
  {
    groups: ['operators.coreos.com'],
    kinds: ['ClusterServiceVersion'],
    templates: ['spec.install.spec.deployments.*.spec.template'],
  },
  { groups: ['agones.dev'], kinds: ['GameServer'], templates: ['spec.template'] },
  { groups: ['agones.dev'], kinds: ['GameServerSet', 'Fleet'], templates: ['spec.template.spec.template'] },
  { groups: ['agents.x-k8s.io'], kinds: ['Sandbox'], templates: ['spec.podTemplate'] },

  // Argo Workflows.
  {
    groups: ['argoproj.io'],
    kinds: ['Workflow', 'WorkflowTemplate', 'ClusterWorkflowTemplate'],
    templates: ['spec.templates.*'],
    shape: workflowShape('spec'),
  },
  {
    groups: ['argoproj.io'],
    kinds: ['Workflow', 'WorkflowTemplate', 'ClusterWorkflowTemplate'],
    templates: ['spec'],
    shape: workflowPods,
  },
  {
    groups: ['argoproj.io'],
    kinds: ['CronWorkflow'],
    templates: ['spec.workflowSpec.templates.*'],
    shape: workflowShape('spec.workflowSpec'),
  },
  { groups: ['argoproj.io'], kinds: ['CronWorkflow'], templates: ['spec.workflowSpec'], shape: workflowPods },

  // Machine learning and data.
  { groups: ['kubeflow.org'], kinds: ['TFJob'], templates: ['spec.tfReplicaSpecs.*.template'] },
  { groups: ['kubeflow.org'], kinds: ['PyTorchJob'], templates: ['spec.pytorchReplicaSpecs.*.template'] },
  { groups: ['kubeflow.org'], kinds: ['MPIJob'], templates: ['spec.mpiReplicaSpecs.*.template'] },
  { groups: ['kubeflow.org'], kinds: ['XGBoostJob'], templates: ['spec.xgbReplicaSpecs.*.template'] },
  { groups: ['kubeflow.org'], kinds: ['PaddleJob'], templates: ['spec.paddleReplicaSpecs.*.template'] },
  { groups: ['kubeflow.org'], kinds: ['MXJob'], templates: ['spec.mxReplicaSpecs.*.template'] },
  { groups: ['kubeflow.org'], kinds: ['JAXJob'], templates: ['spec.jaxReplicaSpecs.*.template'] },
  { groups: ['kubeflow.org'], kinds: ['Notebook'], templates: ['spec.template'] },
  {
    groups: ['ray.io'],
    kinds: ['RayCluster'],
    templates: ['spec.headGroupSpec.template', 'spec.workerGroupSpecs.*.template'],
  },
  {
    groups: ['ray.io'],
    kinds: ['RayJob'],
    templates: [
      'spec.rayClusterSpec.headGroupSpec.template',
      'spec.rayClusterSpec.workerGroupSpecs.*.template',
      'spec.submitterPodTemplate',
    ],
  },
  {
    groups: ['ray.io'],
    kinds: ['RayService'],
    templates: ['spec.rayClusterConfig.headGroupSpec.template', 'spec.rayClusterConfig.workerGroupSpecs.*.template'],
  },
  {
    groups: ['flink.apache.org'],
    kinds: ['FlinkDeployment'],
    templates: ['spec.podTemplate', 'spec.jobManager.podTemplate', 'spec.taskManager.podTemplate'],
  },
  {
    groups: ['elasticsearch.k8s.elastic.co'],
    kinds: ['Elasticsearch'],
    templates: ['spec.nodeSets.*.podTemplate'],
  },
  {
    groups: [
      'kibana.k8s.elastic.co',
      'apm.k8s.elastic.co',
      'logstash.k8s.elastic.co',
      'enterprisesearch.k8s.elastic.co',
      'maps.k8s.elastic.co',
    ],
    kinds: ['Kibana', 'ApmServer', 'Logstash', 'EnterpriseSearch', 'ElasticMapsServer'],
    templates: ['spec.podTemplate'],
  },
  {
    groups: ['beat.k8s.elastic.co', 'agent.k8s.elastic.co'],
    kinds: ['Beat', 'Agent'],
    templates: ['spec.deployment.podTemplate', 'spec.daemonSet.podTemplate'],
  },
];

/** The groups of the API of Kubernetes itself. Rules read all of their kinds. */
const builtInGroups: ReadonlySet<string> = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'settings.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

/** Groups of others of which rules read objects in which no pod is. */
const otherReadGroups: ReadonlySet<string> = new Set([
  'authorization.openshift.io',
  'cilium.io',
  'constraints.gatekeeper.sh',
  'policy.networking.k8s.io',
  'security.openshift.io',
]);

/** The group of an `apiVersion`; empty for the core group, which has no slash. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** A way from an object to its pod templates. */
export interface TemplatePath {
  readonly path: readonly string[];
  readonly shape: PodShape | undefined;
}

/** The ways from an object of a kind to its pod templates. */
export function podTemplatePaths(group: string, kind: string): readonly TemplatePath[] {
  return podPlaces
    .filter((place) => place.kinds.includes(kind) && place.groups.includes(group))
    .flatMap(({ templates, shape }) => templates.map((path) => ({ path: stepsOf(path), shape })));
}

/** The keys of a path; none of an empty one. */
export function stepsOf(path: string): readonly string[] {
  return path === '' ? [] : path.split('.');
}

/** The kind of the items of a list, `DeploymentList` or the mixed `List`, whose items say it themselves. */
export function itemKind(kind: string): string | undefined {
  return kind.endsWith('List') ? kind.slice(0, -'List'.length) : undefined;
}

/**
 * Whether any rule reads an object of a kind, or may read what is in it: a scan does not parse the others. The version
 * or kind is undefined where it is not known. Of the definitions of custom resources, which are long, only those of a
 * version that is gone are read.
 */
export function isRead(apiVersion: string | undefined, kind: string): boolean {
  if (itemKind(kind) !== undefined || apiVersion === undefined) return true;
  if (apiVersion === 'apiextensions.k8s.io/v1') return false;
  const group = groupOf(apiVersion);
  if (builtInGroups.has(group) || otherReadGroups.has(group)) return true;
  return podPlaces.some((place) => place.kinds.includes(kind) && place.groups.includes(group));
}
