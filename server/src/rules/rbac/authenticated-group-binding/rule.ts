import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { bindingOf, grantsClusterRole } from '../../../model/kubernetes/rbac.js';
import { named, quoted } from '../../../model/quoted.js';

const everybody: ReadonlyMap<string, string> = new Map([
  ['system:authenticated', 'all users get its rights'],
  ['system:serviceaccounts', 'all pods get its rights'],
]);

/** What Kubernetes gives to all of them itself. */
const meantForAll: ReadonlySet<string> = new Set([
  'system:basic-user',
  'system:discovery',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
]);

export default defineRule({
  meta: {
    id: 'authenticated-group-binding',
    summary: 'A binding gives rights to everybody that has logged in, or to every pod.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.2'],
    peers: { trivy: ['KSV-01011'], kubescape: ['C-0265'] },
  },
  check: {
    manifest(manifest, report) {
      const binding = bindingOf(manifest);
      if (binding === undefined) return;
      for (const { kind, name, slot } of binding.subjects) {
        const who = kind === 'Group' ? everybody.get(name.value) : undefined;
        if (who === undefined || grantsClusterRole(binding, meantForAll)) continue;
        report({
          at: name,
          message: `${named(binding.kind, binding.name)} has ${quoted(name.value)}: ${who}.`,
          fix: { title: 'Remove this subject', safety: 'unsafe', change: remove(slot) },
        });
      }
    },
  },
});
