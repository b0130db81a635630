// Where pods live: the kinds whose objects hold one, and the way to it.

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
}

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

  // Machine learning and data.
  { groups: ['kubeflow.org'], kinds: ['TFJob'], templates: ['spec.tfReplicaSpecs.*.template'] },
  { groups: ['kubeflow.org'], kinds: ['PyTorchJob'], templates: ['spec.pytorchReplicaSpecs.*.template'] },
  { groups: ['kubeflow.org'], kinds: ['MPIJob'], templates: ['spec.mpiReplicaSpecs.*.template'] },
  { groups: ['kubeflow.org'], kinds: ['XGBoostJob'], templates: ['spec.xgbReplicaSpecs.*.template'] },
  { groups: ['kubeflow.org'], kinds: ['PaddleJob'], templates: ['spec.paddleReplicaSpecs.*.template'] },
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
    groups: ['kibana.k8s.elastic.co', 'apm.k8s.elastic.co', 'logstash.k8s.elastic.co'],
    kinds: ['Kibana', 'ApmServer', 'Logstash'],
    templates: ['spec.podTemplate'],
  },
  {
    groups: ['beat.k8s.elastic.co', 'agent.k8s.elastic.co'],
    kinds: ['Beat', 'Agent'],
    templates: ['spec.deployment.podTemplate', 'spec.daemonSet.podTemplate'],
  },
];

/** The kinds that rules read although no pod is in them. A scan parses these and those of {@link podPlaces}. */
const manifestKinds: readonly string[] = ['ClusterRoleBinding', 'RoleBinding', 'PersistentVolume'];

/** The group of an `apiVersion`; empty for the core group, which has no slash. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** The ways from an object of a kind to its pod templates. */
export function podTemplatePaths(group: string, kind: string): readonly (readonly string[])[] {
  return podPlaces
    .filter((place) => place.kinds.includes(kind) && place.groups.includes(group))
    .flatMap((place) => place.templates)
    .map((path) => (path === '' ? [] : path.split('.')));
}

/** The kind of the items of a list, `DeploymentList` or the mixed `List`, whose items say it themselves. */
export function itemKind(kind: string): string | undefined {
  return kind.endsWith('List') ? kind.slice(0, -'List'.length) : undefined;
}

/** Whether any rule reads an object of a kind, or may read what is in it. The group is undefined where it is not known. */
export function isRead(group: string | undefined, kind: string): boolean {
  if (manifestKinds.includes(kind) || itemKind(kind) !== undefined) return true;
  return podPlaces.some((place) => place.kinds.includes(kind) && (group === undefined || place.groups.includes(group)));
}
