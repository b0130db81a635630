import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { is } from '../../../model/located.js';
import { ownNamespace } from '../../../model/own-namespace.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'host-ipc',
    summary: 'The processes of the host and of the container share memory and message queues.',
    severity: { kubernetes: 'error', compose: 'warning' },
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: [
      'pss/baseline',
      'cis-docker-1.6/5.17',
      'cis-kubernetes-1.12/5.2.4',
      'nist-800-190/4.4.3',
      'nsa-cisa/pod-security-enforcement',
    ],
    peers: {
      kics: ['kubernetes/shared_host_ipc_namespace', 'compose/shared_host_ipc_namespace'],
      checkov: ['CKV_K8S_18'],
      trivy: ['KSV-0008'],
      'kube-linter': ['host-ipc'],
      polaris: ['hostIPCSet'],
      psa: ['hostNamespaces'],
      'docker-bench': ['5.17'],
      kubescape: ['C-0038', 'C-0195', 'C-0276'],
    },
  },
  check: {
    workload(workload, report) {
      const { hostIpc } = workload;
      if (!is(hostIpc, true)) return;
      report({
        at: hostIpc,
        message: `${named(workload.kind, workload.name)} shares the host's IPC: it can read its shared memory.`,
        fix: {
          title: 'Stop sharing host IPC',
          safety: 'unsafe',
          change: remove(hostIpc.slot, ownNamespace(workload.format)),
        },
      });
    },
  },
});
