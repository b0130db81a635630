import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'privileged',
    summary: 'The container may do whatever its host may do.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: [
      'pss/baseline',
      'cis-docker-1.6/5.5',
      'cis-kubernetes-1.12/5.2.2',
      'nist-800-190/4.4.3',
      'nsa-cisa/pod-security-enforcement',
    ],
    peers: {
      kics: ['kubernetes/container_is_privileged', 'compose/privileged_containers_enabled'],
      checkov: ['CKV_K8S_16'],
      trivy: ['KSV-0017'],
      'kube-linter': ['privileged-container'],
      'kube-score': ['container-security-context-privileged'],
      polaris: ['runAsPrivileged'],
      psa: ['privileged'],
      'docker-bench': ['5.5'],
      semgrep: ['privileged-service'],
      kubescape: ['C-0057', 'C-0193'],
    },
  },
  check: {
    container(container, report) {
      if (!is(container.privileged, true)) return;
      report({
        at: container.privileged,
        message: `${named('container', container.name)} is privileged: whoever breaks out of it owns the host.`,
        fix: { title: 'Remove `privileged`', safety: 'unsafe', change: remove(container.privileged.slot, false) },
      });
    },
  },
});
