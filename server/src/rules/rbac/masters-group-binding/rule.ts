import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { bindingOf } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'masters-group-binding',
    summary: 'A binding names the group that access control does not apply to.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.7', 'nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: { trivy: ['KSV-0123'], kubescape: ['C-0246'] },
  },
  check: {
    manifest(manifest, report) {
      const binding = bindingOf(manifest);
      if (binding === undefined) return;
      for (const { kind, name, slot } of binding.subjects) {
        if (kind !== 'Group' || name.value !== 'system:masters') continue;
        report({
          at: name,
          message: `${named(binding.kind, binding.name)} has 'system:masters': nothing can limit that group.`,
          fix: { title: 'Remove this subject', safety: 'unsafe', change: remove(slot) },
        });
      }
    },
  },
});
