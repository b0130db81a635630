// The tables of docs/moving-from-hadolint.md: which rules here judge what hadolint and BuildKit judge.

import { severityOf } from '../server/src/engine/rule.js';
import { hadolintRules } from '../server/src/languages/config/hadolint-rules.js';
import type { RuleSource } from './rule-sources.js';

/** The names of BuildKit's checks, as of August 2026. */
const buildkitChecks: readonly string[] = [
  'ConsistentInstructionCasing',
  'CopyIgnoredFile',
  'DuplicateStageName',
  'ExposeInvalidFormat',
  'ExposeProtoCasing',
  'FromAsCasing',
  'FromPlatformFlagConstDisallowed',
  'InvalidBaseImagePlatform',
  'InvalidDefaultArgInFrom',
  'InvalidDefinitionDescription',
  'JSONArgsRecommended',
  'LegacyKeyValueFormat',
  'MaintainerDeprecated',
  'MultipleInstructionsDisallowed',
  'NoEmptyContinuation',
  'RedundantTargetPlatform',
  'ReservedStageName',
  'SecretsUsedInArgOrEnv',
  'StageNameCasing',
  'UndefinedArgInFrom',
  'UndefinedVar',
  'WorkdirRelativePath',
];

/** The tables by the names of their tools. */
export function movingTables(rules: readonly RuleSource[]): ReadonlyMap<string, string> {
  return new Map([
    ['hadolint', table('hadolint', 'hadolint', hadolintRules, rules)],
    ['buildkit', table('buildkit', 'BuildKit', buildkitChecks, rules)],
  ]);
}

function table(tool: string, title: string, checks: readonly string[], rules: readonly RuleSource[]): string {
  const rows = checks.flatMap((check) => {
    const own = rules.filter(({ meta }) => meta.formats.includes('dockerfile') && meta.peers[tool]?.includes(check));
    if (own.length === 0) return [`| ${check} | – | | |`];
    return own.map(({ meta }) => {
      const link = `[${meta.id}](rules/${meta.id}.md)`;
      return `| ${check} | ${link} | ${severityOf(meta, 'dockerfile')} | ${meta.profile} |`;
    });
  });
  return `| ${title} | Here | Severity | Profile |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}
