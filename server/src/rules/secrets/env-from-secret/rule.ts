import { defineRule } from '../../../engine/rule.js';
import type { Fields } from '../../../model/fields.js';
import { type Located, valueOf } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'env-from-secret',
    summary: 'A Secret reaches the container as an environment variable, not as a file.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.4.1', 'nist-800-190/4.1.4', 'nsa-cisa/secrets'],
    peers: {
      kics: ['kubernetes/secrets_as_environment_variables'],
      checkov: ['CKV_K8S_35'],
      'kube-linter': ['read-secret-from-env-var'],
      kubescape: ['C-0207'],
    },
  },
  check: {
    pod({ containers }, report) {
      for (const { own } of containers) {
        for (const variable of itemsOf(own.list('env'))) {
          const secret = nameIn(variable.fields('valueFrom', 'secretKeyRef'));
          if (secret === undefined) continue;
          const name = valueOf(variable.string('name'));
          const subject = name === undefined ? 'This variable' : `Variable ${quoted(name)}`;
          report({ at: secret, message: `${subject} holds a Secret: logs and child processes may get it.` });
        }
        for (const source of itemsOf(own.list('envFrom'))) {
          const secret = nameIn(source.fields('secretRef'));
          if (secret === undefined) continue;
          const subject = secret.kind === 'known' ? `Secret ${quoted(secret.value)}` : 'This Secret';
          report({ at: secret, message: `${subject} becomes variables: logs and child processes may get them.` });
        }
      }
    },
  },
});

function itemsOf(list: Located<readonly Fields[]>): readonly Fields[] {
  return valueOf(list) ?? [];
}

/** The name of the Secret, whatever it is; undefined where nothing refers to one. */
function nameIn(reference: Located<Fields>): Located<string> | undefined {
  const name = valueOf(reference)?.string('name');
  return name?.kind === 'absent' ? undefined : name;
}
