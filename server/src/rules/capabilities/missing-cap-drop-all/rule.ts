import { defineRule } from '../../../engine/rule.js';
import { append, set } from '../../../model/change.js';
import { is, knownItems } from '../../../model/located.js';
import { restrictedSince, standardsAt } from '../../../model/pod-security.js';
import { named, quoted } from '../../../model/quoted.js';

const standards = [
  'pss/restricted',
  'cis-docker-1.6/5.4',
  'cis-kubernetes-1.12/5.2.9',
  'nist-800-190/4.4.3',
  'nsa-cisa/pod-security-enforcement',
];

export default defineRule({
  meta: {
    id: 'missing-cap-drop-all',
    summary: 'The container keeps the default kernel capabilities because it does not drop ALL.',
    severity: 'info',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards,
    peers: {
      kics: ['kubernetes/no_drop_capabilities_for_containers', 'compose/container_capabilities_unrestricted'],
      checkov: ['CKV_K8S_37'],
      trivy: ['KSV-0003', 'KSV-0004'],
      polaris: ['insecureCapabilities', 'linuxHardening'],
      psa: ['capabilities_restricted'],
      'docker-bench': ['5.4'],
      kubescape: ['C-0055', 'C-0201'],
    },
  },
  check: {
    container(container, report, { kubernetesMinor }) {
      const { droppedCapabilities: dropped } = container;
      if (!container.complete || container.os === 'windows' || is(container.privileged, true)) return;
      if (dropped.kind === 'unknown') return;
      const judged = standardsAt(standards, kubernetesMinor >= restrictedSince.capabilities ? 'restricted' : undefined);
      const all = knownItems(dropped).filter((item) => item.value.name === 'ALL');
      const [misspelt] = all;
      if (misspelt !== undefined) {
        if (container.format !== 'kubernetes' || all.some((item) => item.value.text === 'ALL')) return;
        report({
          at: misspelt,
          standards: judged,
          severity: 'hint',
          message: `Capability ${quoted(misspelt.value.text)} is not spelled 'ALL': Pod Security admission refuses it.`,
          fix: { title: 'Write `ALL`', safety: 'unsafe', change: set(misspelt.slot, 'ALL') },
        });
        return;
      }
      // One that cannot be told may be ALL.
      if (dropped.kind === 'known' && dropped.value.some((item) => item.kind === 'unknown')) return;
      report({
        at: dropped,
        standards: judged,
        message: `${named('container', container.name)} keeps default capabilities: attackers can use them.`,
        fix: { title: 'Drop all capabilities', safety: 'unsafe', change: append(dropped.slot, 'ALL') },
      });
    },
  },
});
