import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { is } from '../../../model/located.js';
import { ownNamespace } from '../../../model/own-namespace.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'host-network',
    summary: 'The container has the network of its host: nothing lies between the two.',
    severity: { kubernetes: 'error', compose: 'warning' },
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: [
      'pss/baseline',
      'cis-docker-1.6/5.10',
      'cis-kubernetes-1.12/5.2.5',
      'nist-800-190/4.4.2',
      'nist-800-190/4.4.3',
      'nsa-cisa/pod-security-enforcement',
    ],
    peers: {
      kics: ['kubernetes/shared_host_network_namespace', 'compose/shared_host_network_namespace'],
      checkov: ['CKV_K8S_19'],
      trivy: ['KSV-0009'],
      'kube-linter': ['host-network'],
      polaris: ['hostNetworkSet'],
      psa: ['hostNamespaces'],
      'docker-bench': ['5.10'],
      kubescape: ['C-0041', 'C-0196'],
    },
  },
  check: {
    workload(workload, report) {
      const { hostNetwork } = workload;
      if (!is(hostNetwork, true)) return;
      report({
        at: hostNetwork,
        message: `${named(workload.kind, workload.name)} is on the host network: nothing isolates its traffic.`,
        related: workload.networkSharers.map((at) => ({ at, message: 'This service is in the same network.' })),
        fix: workload.reachableWithoutHostNetwork
          ? {
              title: 'Stop sharing the host network',
              safety: 'unsafe',
              change: remove(hostNetwork.slot, ownNamespace(workload.format)),
            }
          : undefined,
      });
    },
  },
});
