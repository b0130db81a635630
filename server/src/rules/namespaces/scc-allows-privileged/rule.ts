import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

/** OpenShift 3 had the kind in the core group at first. */
const groups: ReadonlySet<string> = new Set(['security.openshift.io', '']);

export default defineRule({
  meta: {
    id: 'scc-allows-privileged',
    summary: 'A SecurityContextConstraints of OpenShift lets pods run privileged containers.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.4.3'],
    peers: { 'kube-linter': ['scc-deny-privileged-container'] },
  },
  check: {
    manifest(manifest, report) {
      if (manifest.kind !== 'SecurityContextConstraints' || !groups.has(manifest.group)) return;
      const allowed = manifest.boolean('allowPrivilegedContainer');
      if (!is(allowed, true)) return;
      report({
        at: allowed,
        message: `${named(manifest.kind, manifest.name)} allows privileged containers: users own nodes.`,
        fix: { title: 'Forbid privileged containers', safety: 'unsafe', change: set(allowed.slot, false) },
      });
    },
  },
});
