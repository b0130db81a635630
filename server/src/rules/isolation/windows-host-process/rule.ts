import { defineRule } from '../../../engine/rule.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'windows-host-process',
    summary: 'A Windows container is an ordinary process of its node, without any isolation.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['pss/baseline', 'cis-kubernetes-1.12/5.2.10', 'nist-800-190/4.4.3'],
    peers: { trivy: ['KSV-0103'], polaris: ['hostProcess'], psa: ['windowsHostProcess'], kubescape: ['C-0202'] },
  },
  check: {
    pod({ spec, workload, containers }, report) {
      const { hostNetwork, kind, name } = workload;
      const related = is(hostNetwork, true)
        ? [{ at: hostNetwork.at, message: 'The network of the node, which host processes cannot do without.' }]
        : [];
      const owners = [
        { subject: named(kind, name), fields: spec },
        ...containers.map(({ container, own }) => ({ subject: named('container', container.name), fields: own })),
      ];
      for (const { subject, fields } of owners) {
        const hostProcess = fields.boolean('securityContext', 'windowsOptions', 'hostProcess');
        if (!is(hostProcess, true)) continue;
        report({ at: hostProcess, message: `${subject} is a host process: nothing holds it off the node.`, related });
      }
    },
  },
});
