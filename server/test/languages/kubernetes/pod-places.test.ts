import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { podPlaces } from '../../../src/languages/kubernetes/pod-places.js';
import { first, read } from './reading.js';

// Written out once more, by hand: a wrong row of the table cannot agree with itself here.
const places: readonly (readonly [apiVersion: string, kind: string, template: string])[] = [
  ['v1', 'Pod', ''],
  ['v1', 'PodTemplate', 'template'],
  ['v1', 'ReplicationController', 'spec.template'],
  ['apps/v1', 'Deployment', 'spec.template'],
  ['apps/v1beta1', 'Deployment', 'spec.template'],
  ['apps/v1beta2', 'Deployment', 'spec.template'],
  ['extensions/v1beta1', 'Deployment', 'spec.template'],
  ['apps/v1', 'ReplicaSet', 'spec.template'],
  ['extensions/v1beta1', 'ReplicaSet', 'spec.template'],
  ['apps/v1', 'DaemonSet', 'spec.template'],
  ['extensions/v1beta1', 'DaemonSet', 'spec.template'],
  ['apps/v1', 'StatefulSet', 'spec.template'],
  ['batch/v1', 'Job', 'spec.template'],
  ['batch/v1', 'CronJob', 'spec.jobTemplate.spec.template'],
  ['batch/v1beta1', 'CronJob', 'spec.jobTemplate.spec.template'],
  ['batch/v2alpha1', 'CronJob', 'spec.jobTemplate.spec.template'],
  ['apps.openshift.io/v1', 'DeploymentConfig', 'spec.template'],
  ['v1', 'DeploymentConfig', 'spec.template'],
  ['serving.knative.dev/v1', 'Service', 'spec.template'],
  ['serving.knative.dev/v1', 'Configuration', 'spec.template'],
  ['serving.knative.dev/v1', 'Revision', ''],
  ['sources.knative.dev/v1', 'ContainerSource', 'spec.template'],
  ['argoproj.io/v1alpha1', 'Rollout', 'spec.template'],
  ['apps.kruise.io/v1alpha1', 'CloneSet', 'spec.template'],
  ['apps.kruise.io/v1beta1', 'StatefulSet', 'spec.template'],
  ['apps.kruise.io/v1alpha1', 'DaemonSet', 'spec.template'],
  ['apps.kruise.io/v1alpha1', 'BroadcastJob', 'spec.template'],
  ['keda.sh/v1alpha1', 'ScaledJob', 'spec.jobTargetRef.template'],
  ['jobset.x-k8s.io/v1alpha2', 'JobSet', 'spec.replicatedJobs.*.template.spec.template'],
  ['leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', 'spec.leaderWorkerTemplate.leaderTemplate'],
  ['leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', 'spec.leaderWorkerTemplate.workerTemplate'],
  ['batch.volcano.sh/v1alpha1', 'Job', 'spec.tasks.*.template'],
  ['operators.coreos.com/v1alpha1', 'ClusterServiceVersion', 'spec.install.spec.deployments.*.spec.template'],
  ['agones.dev/v1', 'GameServer', 'spec.template'],
  ['agones.dev/v1', 'GameServerSet', 'spec.template.spec.template'],
  ['agones.dev/v1', 'Fleet', 'spec.template.spec.template'],
  ['agents.x-k8s.io/v1alpha1', 'Sandbox', 'spec.podTemplate'],
  ['kubeflow.org/v1', 'TFJob', 'spec.tfReplicaSpecs.*.template'],
  ['kubeflow.org/v1', 'PyTorchJob', 'spec.pytorchReplicaSpecs.*.template'],
  ['kubeflow.org/v2beta1', 'MPIJob', 'spec.mpiReplicaSpecs.*.template'],
  ['kubeflow.org/v1', 'XGBoostJob', 'spec.xgbReplicaSpecs.*.template'],
  ['kubeflow.org/v1', 'PaddleJob', 'spec.paddleReplicaSpecs.*.template'],
  ['kubeflow.org/v1', 'MXJob', 'spec.mxReplicaSpecs.*.template'],
  ['kubeflow.org/v2beta1', 'JAXJob', 'spec.jaxReplicaSpecs.*.template'],
  ['kubeflow.org/v1', 'Notebook', 'spec.template'],
  ['ray.io/v1', 'RayCluster', 'spec.headGroupSpec.template'],
  ['ray.io/v1', 'RayCluster', 'spec.workerGroupSpecs.*.template'],
  ['ray.io/v1', 'RayJob', 'spec.rayClusterSpec.headGroupSpec.template'],
  ['ray.io/v1', 'RayJob', 'spec.rayClusterSpec.workerGroupSpecs.*.template'],
  ['ray.io/v1', 'RayJob', 'spec.submitterPodTemplate'],
  ['ray.io/v1', 'RayService', 'spec.rayClusterConfig.headGroupSpec.template'],
  ['ray.io/v1', 'RayService', 'spec.rayClusterConfig.workerGroupSpecs.*.template'],
  ['flink.apache.org/v1beta1', 'FlinkDeployment', 'spec.podTemplate'],
  ['flink.apache.org/v1beta1', 'FlinkDeployment', 'spec.jobManager.podTemplate'],
  ['flink.apache.org/v1beta1', 'FlinkDeployment', 'spec.taskManager.podTemplate'],
  ['elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', 'spec.nodeSets.*.podTemplate'],
  ['kibana.k8s.elastic.co/v1', 'Kibana', 'spec.podTemplate'],
  ['apm.k8s.elastic.co/v1', 'ApmServer', 'spec.podTemplate'],
  ['logstash.k8s.elastic.co/v1alpha1', 'Logstash', 'spec.podTemplate'],
  ['enterprisesearch.k8s.elastic.co/v1', 'EnterpriseSearch', 'spec.podTemplate'],
  ['maps.k8s.elastic.co/v1alpha1', 'ElasticMapsServer', 'spec.podTemplate'],
  ['beat.k8s.elastic.co/v1beta1', 'Beat', 'spec.deployment.podTemplate'],
  ['beat.k8s.elastic.co/v1beta1', 'Beat', 'spec.daemonSet.podTemplate'],
  ['agent.k8s.elastic.co/v1alpha1', 'Agent', 'spec.deployment.podTemplate'],
  ['agent.k8s.elastic.co/v1alpha1', 'Agent', 'spec.daemonSet.podTemplate'],
];

function manifest(apiVersion: string, kind: string, template: string): string {
  const lines = [`apiVersion: ${apiVersion}`, `kind: ${kind}`, 'metadata: {name: thing}'];
  let indent = '';
  for (const step of template === '' ? [] : template.split('.')) {
    if (step === '*') {
      // The list stands where its key does, so that the keys of its item are deeper.
      lines.push(`${indent}- name: item`);
      indent += '  ';
    } else {
      lines.push(`${indent}${step}:`);
      indent += '  ';
    }
  }
  const spec = [
    'spec:',
    '  containers:',
    '  - name: main',
    '    image: a:1',
    '    securityContext:',
    '      privileged: true',
  ];
  return `${[...lines, ...spec.map((line) => indent + line)].join('\n')}\n`;
}

describe('the places where pods live', () => {
  for (const [apiVersion, kind, template] of places) {
    for (const mode of ['open', 'scan'] as const) {
      it(`finds the pod of ${apiVersion} ${kind} at '${template}' (${mode})`, () => {
        const text = manifest(apiVersion, kind, template);
        const { workloads, under, show } = read(text, { mode });
        const workload = first(workloads);
        assert.deepEqual([workload.kind, workload.name, under(workload.nameAt)], [kind, 'thing', 'thing (3)']);
        const lines = text.split('\n').length - 1;
        assert.equal(show(first(workload.containers).privileged), `true at true (${lines})`);
        assert.equal(workloads.length, 1);
      });
    }
  }

  it('has no row that is not shown here', () => {
    const shown = new Set(places.map(([, kind, template]) => `${kind} ${template}`));
    const rows = podPlaces.flatMap(({ kinds, templates, shape }) =>
      shape === undefined ? kinds.flatMap((kind) => templates.map((t) => `${kind} ${t}`)) : [],
    );
    assert.deepEqual(
      rows.filter((row) => !shown.has(row)),
      [],
    );
  });

  for (const [kind, spec] of [
    ['Workflow', 'spec'],
    ['WorkflowTemplate', 'spec'],
    ['ClusterWorkflowTemplate', 'spec'],
    ['CronWorkflow', 'spec.workflowSpec'],
  ] as const) {
    it(`finds what the pods of an Argo ${kind} are made of`, () => {
      const [outer, end] = spec === 'spec' ? ['', ''] : ['{ workflowSpec: ', ' }'];
      const text = (more: string) => `apiVersion: argoproj.io/v1alpha1
kind: ${kind}
metadata: {name: build}
spec: ${outer}{ ${more}hostNetwork: true, volumes: [{name: host, hostPath: {path: /etc}}], templates: [
  {name: steps, steps: []},
  {name: one, securityContext: {runAsNonRoot: true}, container: {image: a:1, securityContext: {privileged: true}}},
  {name: two, script: {image: b:1, source: echo}, sidecars: [{name: dind, image: c:1}], initContainers: [{name: init, image: d:1}]},
  {name: set, containerSet: {containers: [{name: main, image: e:1}]}},
] }${end}
`;
      const { workloads, under, show } = read(text(''));
      const found = workloads.map((workload) => [
        workload.complete,
        ...workload.containers.map(({ image }) => under(image.at)),
      ]);
      assert.deepEqual(found, [
        [false],
        [true, 'a:1 (6)'],
        [true, 'd:1 (7)', 'b:1 (7)', 'c:1 (7)'],
        [true, 'e:1 (8)'],
        [false],
      ]);
      const [, one] = workloads;
      const container = first(one?.containers ?? []);
      assert.equal(show(container.privileged), 'true at true (6)');
      assert.equal(show(container.requiresNonRoot), 'true at true (6), pod-default image (6)');
      const shared = workloads.at(-1);
      assert.equal(shared?.hostNetwork.kind, 'known');
      assert.deepEqual(
        shared?.hostMounts.map(({ removable, readOnly }) => [removable, readOnly]),
        [[false, 'unknown']],
      );
      // What the workflow sets for all of them is not missing in any.
      assert.ok(read(text('securityContext: {}, ')).workloads.every(({ complete }) => !complete));
    });
  }

  it('finds the pods in the values of a map as well as in the items of a list', () => {
    const text = `apiVersion: kubeflow.org/v1
kind: TFJob
metadata: {name: train}
spec:
  tfReplicaSpecs:
    Chief:
      template: {spec: {containers: [{name: a, image: x}]}}
    Worker:
      template: {spec: {containers: [{name: b, image: x}]}}
`;
    const { containers, under } = read(text);
    assert.deepEqual(
      containers.map((container) => under(container.nameAt)),
      ['a (7)', 'b (9)'],
    );
  });

  for (const [what, text] of [
    ['the Service of the core group', manifest('v1', 'Service', 'spec.template')],
    ['a kind of another group', manifest('example.com/v1', 'Deployment', 'spec.template')],
    ['an unknown kind', manifest('example.com/v1', 'Thing', 'spec.template')],
    ['a kind without a group', manifest('v1', 'Deployment', 'spec.template')],
  ] as const) {
    it(`finds none in ${what}`, () => {
      assert.deepEqual(read(text).workloads, []);
    });
  }
});
