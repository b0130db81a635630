import { defineRule, type Severity } from '../../../engine/rule.js';
import type { Assignment } from '../../../model/compose/fields.js';
import { findCredential, namesCredential } from '../../../model/credential.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import { quoted } from '../../../model/quoted.js';
import { isWithoutValue, swapForMount } from './swap-for-mount.js';

/** In a file with more of them, no fix is looked for any more. */
const mostFixes = 20;

export default defineRule({
  meta: {
    id: 'secret-in-build-arg',
    summary: 'A password, key or token is handed to the build as an argument, which the image keeps.',
    severity: 'warning',
    confidence: 'medium',
    profile: 'recommended',
    since: '0.1.0',
    marksSecrets: true,
    formats: ['dockerfile', 'compose'],
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
    dockerfile(dockerfile, report) {
      let fixes = 0;
      for (const instruction of dockerfile.instructions) {
        if (instruction.keyword !== 'ARG') continue;
        const isShipped = instruction.stage?.inFinalChain === true;
        for (const argument of instruction.assignments) {
          const severity = severityOf(isWithoutValue(argument.value) ? valueless(argument) : argument);
          if (severity === undefined) continue;
          const { name, nameAt, value } = argument;
          const change = fixes++ < mostFixes ? swapForMount(dockerfile, instruction, argument) : undefined;
          report({
            at: value.kind === 'known' && value.value !== '' ? value : nameAt,
            message: `Build argument ${quoted(name)} is a secret: ${consequenceOf(instruction)}.`,
            severity: isShipped ? severity : lowered[severity],
            fix: change && { title: `Mount ${quoted(name)} as a secret`, safety: 'unsafe', change },
          });
        }
      }
    },
  },
});

type Argument = Pick<Assignment, 'name' | 'value' | 'literal'>;

/** An empty default is there to be replaced by whoever builds the image. */
function valueless({ name, value: { at, slot } }: Argument): Argument {
  return { name, value: { kind: 'absent', at, slot }, literal: true };
}

/** Where the image is not built on the stage, only the records and the cache of the build show the argument. */
const lowered = { error: 'warning', warning: 'info', info: 'info', hint: 'hint' } as const;

function consequenceOf({ stage }: Instruction): string {
  return stage?.inFinalChain === true ? 'whoever pulls the image can read it' : 'the cache of the build shows it';
}

/** A value that is written down is out already; one from outside gets out with the image. */
function severityOf({ name, value, literal }: Argument): Severity | undefined {
  if (value.kind !== 'absent' && literal) {
    const credential = value.kind === 'known' ? findCredential(name, value.value) : undefined;
    return credential && (credential.isDefault ? 'warning' : 'error');
  }
  return namesCredential(name) ? 'warning' : undefined;
}
