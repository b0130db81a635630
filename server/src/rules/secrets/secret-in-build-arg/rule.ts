import { defineRule, type Severity } from '../../../engine/rule.js';
import type { Assignment } from '../../../model/compose/fields.js';
import { findCredential, namesCredential } from '../../../model/credential.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'secret-in-build-arg',
    summary: 'A password, key or token is handed to the build as an argument, which the image keeps.',
    severity: 'warning',
    confidence: 'medium',
    profile: 'recommended',
    since: '0.1.0',
    marksSecrets: true,
    formats: ['compose'],
    standards: ['cis-docker-1.6/4.10', 'nist-800-190/4.1.4'],
    peers: {
      hadolint: ['DL3064'],
      buildkit: ['SecretsUsedInArgOrEnv'],
      kics: ['compose/common/passwords_and_secrets', 'dockerfile/common/passwords_and_secrets'],
      trivy: ['DS-0031'],
      'docker-bench': ['4.10'],
      semgrep: ['secret-in-build-arg'],
    },
  },
  check: {
    service({ fields }, report) {
      const args = fields.assignments('build', 'args');
      for (const argument of args.kind === 'known' ? args.value : []) {
        const severity = severityOf(argument);
        if (severity === undefined) continue;
        const { name, nameAt, value } = argument;
        report({
          at: value.kind === 'absent' ? nameAt : value,
          message: `Build argument ${quoted(name)} is a secret: whoever pulls the image can read it.`,
          severity,
        });
      }
    },
  },
});

/** A value that is written down is out already; one from outside gets out with the image. */
function severityOf({ name, value, literal }: Assignment): Severity | undefined {
  if (value.kind !== 'absent' && literal) {
    const credential = value.kind === 'known' ? findCredential(name, value.value) : undefined;
    return credential && (credential.isDefault ? 'warning' : 'error');
  }
  return namesCredential(name) ? 'warning' : undefined;
}
