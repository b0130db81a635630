import { defineRule } from '../../../engine/rule.js';
import { type ApiResource, grantsOf, roleOf } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

const events: readonly ApiResource[] = [
  { group: '', name: 'events' },
  { group: 'events.k8s.io', name: 'events' },
];

export default defineRule({
  meta: {
    id: 'log-delete-permission',
    summary: 'A role may delete events, and so cover tracks.',
    severity: 'hint',
    confidence: 'medium',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nsa-cisa/audit-logging'],
    peers: { trivy: ['KSV-0042'], kubescape: ['C-0007', 'C-0031'] },
  },
  check: {
    manifest(manifest, report) {
      for (const { role, token, names } of grantsOf(roleOf(manifest), ['delete', 'deletecollection'], events)) {
        if (names.restrict) continue;
        report({ at: token, message: `${named(role.kind, role.name)} may delete events: traces can go with them.` });
      }
    },
  },
});
