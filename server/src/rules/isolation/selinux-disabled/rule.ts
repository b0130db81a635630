import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { labelsDisabled } from '../../../model/compose/security-option.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'selinux-disabled',
    summary: 'SELinux does not keep the container apart from the host and from other containers.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['cis-docker-1.6/5.3', 'nist-800-190/4.4.3'],
    peers: { 'docker-bench': ['5.3'], semgrep: ['selinux-separation-disabled'] },
  },
  check: {
    service({ name, container, securityOptions }, report) {
      const options = labelsDisabled(securityOptions);
      const [option] = options;
      // A privileged container has no label anyway.
      if (option === undefined || container === undefined || is(container.privileged, true)) return;
      report({
        at: option,
        message: `${named('container', name)} switches SELinux off: a break-out meets one wall less.`,
        fix: { title: 'Remove the option', safety: 'unsafe', change: options.map(({ slot }) => remove(slot)) },
      });
    },
  },
});
