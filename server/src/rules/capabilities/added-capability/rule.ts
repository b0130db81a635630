import { defineRule } from '../../../engine/rule.js';
import { remove, set } from '../../../model/change.js';
import {
  restrictedCapability,
  restrictedSince,
  standardsAt,
  systemOf,
} from '../../../model/kubernetes/pod-security.js';
import { is, knownItems } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

const standards = ['pss/restricted', 'cis-kubernetes-1.10/5.2.9', 'nist-800-190/4.4.3'];

export default defineRule({
  meta: {
    id: 'added-capability',
    summary: 'The container gets a kernel capability besides NET_BIND_SERVICE.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards,
    peers: {
      kics: ['kubernetes/containers_with_added_capabilities'],
      checkov: ['CKV_K8S_25'],
      trivy: ['KSV-0022', 'KSV-0106'],
      psa: ['capabilities_restricted'],
      kubescape: ['C-0200'],
    },
  },
  check: {
    pod(pod, report, { kubernetesMinor }) {
      for (const { container } of pod.containers) {
        const added = knownItems(container.addedCapabilities).filter(
          ({ value }) => value.text !== restrictedCapability,
        );
        if (added.length === 0 || is(container.privileged, true)) continue;
        const system = systemOf(pod, kubernetesMinor);
        if (system === 'windows') return;
        const refused = kubernetesMinor >= restrictedSince.capabilities && system !== 'unknown';
        for (const item of added) {
          const { name, text } = item.value;
          const isMisspelt = name === restrictedCapability;
          report({
            at: item,
            standards: standardsAt(standards, refused ? 'restricted' : undefined),
            message: isMisspelt
              ? `Capability ${quoted(text)} is not spelled '${name}': Pod Security restricted refuses it.`
              : `Capability ${quoted(text)} is added: whoever takes over the container has it too.`,
            fix: isMisspelt
              ? { title: `Write \`${name}\``, safety: 'unsafe', change: set(item.slot, name) }
              : { title: `Remove ${quoted(text)}`, safety: 'unsafe', change: remove(item.slot) },
          });
        }
      }
    },
  },
});
