import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { is } from '../../../model/located.js';
import { ownNamespace } from '../../../model/own-namespace.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'host-pid',
    summary: 'The container sees the processes of its host, and can send them signals.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: [
      'pss/baseline',
      'cis-docker-1.6/5.16',
      'cis-kubernetes-1.12/5.2.3',
      'nist-800-190/4.4.3',
      'nsa-cisa/pod-security-enforcement',
    ],
    peers: {
      kics: ['kubernetes/shared_host_pid_namespace', 'compose/host_namespace_is_shared'],
      checkov: ['CKV_K8S_17'],
      trivy: ['KSV-0010'],
      'kube-linter': ['host-pid'],
      polaris: ['hostPIDSet'],
      psa: ['hostNamespaces'],
      'docker-bench': ['5.16'],
      kubescape: ['C-0038', 'C-0194', 'C-0275'],
    },
  },
  check: {
    workload(workload, report) {
      const { hostPid } = workload;
      if (!is(hostPid, true)) return;
      report({
        at: hostPid,
        message: `${named(workload.kind, workload.name)} sees all processes of the host: it can spy on them.`,
        fix: {
          title: 'Stop sharing host processes',
          safety: 'unsafe',
          change: remove(hostPid.slot, ownNamespace(workload.format)),
        },
      });
    },
  },
});
