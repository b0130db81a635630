import { defineRule } from '../../../engine/rule.js';
import type { Fields } from '../../../model/fields.js';
import { isService } from '../../../model/kubernetes/service.js';
import { is, type Located } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'ssh-port-exposed',
    summary: 'The container or Service offers SSH.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-docker-1.6/5.7', 'nist-800-190/4.1.2', 'nist-800-190/4.4.2', 'nist-800-190/4.4.3'],
    peers: {
      kics: ['dockerfile/exposing_port_22'],
      checkov: ['CKV_DOCKER_1'],
      trivy: ['DS-0004'],
      'kube-linter': ['ssh-port'],
      'docker-bench': ['5.7'],
      kubescape: ['C-0042'],
    },
  },
  check: {
    pod({ containers }, report) {
      for (const { container, own } of containers) {
        const ports = own.list('ports');
        for (const entry of ports.kind === 'known' ? ports.value : []) {
          const port = entry.number('containerPort');
          if (isSsh(entry, port)) {
            report({
              at: port,
              message: `${named('container', container.name)} offers SSH: that is one more way in, with its own keys.`,
            });
          }
        }
      }
    },
    manifest(manifest, report) {
      if (!isService(manifest)) return;
      const ports = manifest.list('spec', 'ports');
      for (const entry of ports.kind === 'known' ? ports.value : []) {
        const port = [entry.number('port'), entry.number('targetPort')].find((one) => isSsh(entry, one));
        if (port !== undefined) {
          report({
            at: port,
            message: `${named('Service', manifest.name)} leads to SSH: whoever reaches it can try to log in.`,
          });
        }
      }
    },
  },
});

/** Without a protocol it is TCP. */
function isSsh(entry: Fields, port: Located<number>): boolean {
  const protocol = entry.string('protocol');
  return is(port, 22) && (protocol.kind === 'absent' || is(protocol, 'TCP'));
}
