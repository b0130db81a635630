import { defineRule, type Report, type Severity } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { type Credential, findCredential } from '../../../model/credential.js';
import type { EnvironmentVariable } from '../../../model/environment.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'secret-in-env',
    summary: 'A secret stands as plain text in an environment variable.',
    severity: { dockerfile: 'warning', compose: 'error', kubernetes: 'error' },
    confidence: 'medium',
    profile: 'recommended',
    since: '0.1.0',
    marksSecrets: true,
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: ['cis-docker-1.6/4.10', 'nist-800-190/4.1.4', 'nsa-cisa/secrets'],
    peers: {
      buildkit: ['SecretsUsedInArgOrEnv'],
      'docker-bench': ['4.10'],
      dockle: ['CIS-DI-0010'],
      hadolint: ['DL3064'],
      kics: [
        'kubernetes/common/passwords_and_secrets',
        'compose/common/passwords_and_secrets',
        'dockerfile/common/passwords_and_secrets',
      ],
      'kube-linter': ['env-var-secret'],
      kubescape: ['C-0012', 'C-0259'],
      polaris: ['sensitiveContainerEnvVar'],
      trivy: ['DS-0031'],
    },
  },
  check: {
    container({ environment }, report) {
      const severity = ({ sign }: Credential): Severity => (sign === 'value' ? 'error' : 'warning');
      for (const variable of environment) judge(variable, report, severity, 'whoever reads the file has it.');
    },
    instruction({ keyword, assignments, stage }, report) {
      if (keyword !== 'ENV') return;
      // Only what the last stage is built on is shipped.
      const isShipped = stage?.inFinalChain === true;
      const severity = ({ isDefault }: Credential): Severity => (isShipped && !isDefault ? 'error' : 'warning');
      for (const variable of assignments) judge(variable, report, severity, 'whoever pulls the image has it.', true);
    },
  },
});

function judge(
  { name, value, literal, externalise }: EnvironmentVariable,
  report: Report,
  severity: (credential: Credential) => Severity,
  consequence: string,
  mayGo = false,
): void {
  const credential = value.kind === 'known' && literal ? findCredential(name, value.value) : undefined;
  if (credential === undefined) return;
  const title =
    externalise?.kind === 'interpolation'
      ? `Take ${quoted(name)} from outside the file`
      : `Take ${quoted(name)} from a Secret`;
  report({
    at: value,
    message: `Variable ${quoted(name)} holds ${credential.what}: ${consequence}`,
    severity: severity(credential),
    fix: externalise
      ? { title, safety: 'unsafe', change: externalise.change }
      : mayGo
        ? { title: `Remove ${quoted(name)}`, safety: 'unsafe', change: remove(value.slot) }
        : undefined,
  });
}
