import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { is, knownItems } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'privileged-build',
    summary: 'The image is built by steps that may do everything on the machine that builds it.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile', 'compose'],
    standards: ['nist-800-190/4.1.2', 'nist-800-190/4.4.3'],
    peers: {},
  },
  check: {
    instruction({ keyword, flags }, report) {
      if (keyword !== 'RUN') return;
      const security = flags.find(({ name }) => name === 'security')?.value;
      if (security === undefined || !is(security, 'insecure')) return;
      report({
        at: security,
        message: 'This step runs without the sandbox: it can take the machine that builds.',
        fix: { title: 'Remove `--security`', safety: 'unsafe', change: remove(security.slot) },
      });
    },
    service({ name, fields }, report) {
      const privileged = fields.boolean('build', 'privileged');
      if (is(privileged, true)) {
        report({
          at: privileged,
          message: `${named('service', name)} is built with all rights: a step can take the machine.`,
          fix: { title: 'Remove `privileged`', safety: 'unsafe', change: remove(privileged.slot, false) },
        });
      }
      for (const item of knownItems(fields.strings('build', 'entitlements'))) {
        if (item.value !== 'security.insecure') continue;
        report({
          at: item,
          message: `${named('service', name)} builds without the sandbox: a step can take the machine.`,
          fix: { title: 'Remove the entitlement', safety: 'unsafe', change: remove(item.slot) },
        });
      }
    },
  },
});
