import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { levelOfProcMount, standardsAt } from '../../../model/kubernetes/pod-security.js';
import { is, knownItems } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

const standards: readonly string[] = ['pss/baseline', 'pss/restricted', 'nist-800-190/4.4.3'];

export default defineRule({
  meta: {
    id: 'unmasked-proc-mount',
    summary: 'A container gets the whole of `/proc`, with the kernel files in it that are normally covered.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards,
    peers: {
      trivy: ['KSV-0027'],
      'kube-linter': ['unsafe-proc-mount'],
      polaris: ['procMount'],
      psa: ['procMount', 'procMount_restricted'],
    },
  },
  check: {
    service({ name, container, securityOptions }, report) {
      if (container === undefined || is(container.privileged, true)) return;
      // Compose itself looks for this one, and for this spelling alone.
      const option = knownItems(securityOptions).find(({ value }) => value.text === 'systempaths=unconfined');
      if (option === undefined) return;
      report({
        at: option,
        message: unmasked(name),
        fix: { title: 'Remove the option', safety: 'unsafe', change: remove(option.slot) },
      });
    },
    pod({ workload, containers }, report, { kubernetesMinor }) {
      const { ownUserNamespace } = workload;
      for (const { container, own } of containers) {
        const procMount = own.string('securityContext', 'procMount');
        if (procMount.kind !== 'known' || procMount.value === 'Default') continue;
        report({
          at: procMount,
          ...(is(ownUserNamespace, true) ? { severity: 'info' } : {}),
          standards: standardsAt(standards, levelOfProcMount(ownUserNamespace, kubernetesMinor)),
          message: unmasked(container.name),
          fix: { title: 'Mask `/proc` again', safety: 'unsafe', change: remove(procMount.slot, 'Default') },
        });
      }
    },
  },
});

function unmasked(container: string): string {
  return `${named('container', container)} does not mask its /proc: it can reach into the kernel.`;
}
