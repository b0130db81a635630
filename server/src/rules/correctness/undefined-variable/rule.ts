import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import type { VariableReference } from '../../../model/compose/variable-reference.js';
import { named, quoted } from '../../../model/quoted.js';
import { undefinedUses } from './undefined-uses.js';

/** What the session of a user, or Compose itself, sets everywhere. A shell has more, but does not hand them on (`UID`). */
const setAnyway: ReadonlySet<string> = new Set([
  'APPDATA',
  'COMPOSE_PROJECT_NAME',
  'COMPUTERNAME',
  'DISPLAY',
  'HOME',
  'LANG',
  'LOCALAPPDATA',
  'LOGNAME',
  'PATH',
  'PWD',
  'SHELL',
  'SSH_AUTH_SOCK',
  'TERM',
  'TMPDIR',
  'USER',
  'USERNAME',
  'USERPROFILE',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'XDG_RUNTIME_DIR',
]);

export default defineRule({
  meta: {
    id: 'undefined-variable',
    summary: 'A variable has no default, and no file sets it.',
    severity: { dockerfile: 'info', compose: 'hint' },
    confidence: 'medium',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile', 'compose'],
    standards: [],
    peers: { buildkit: ['UndefinedVar'] },
  },
  check: {
    variableReference(reference, report) {
      const { name, at, bare, isSet, counts, mayNotBeEmpty } = reference;
      if (bare === undefined || isSet || !counts || setAnyway.has(name)) return;
      if (bare === 'later' && !mayNotBeEmpty) return;
      const consequence = mayNotBeEmpty
        ? 'if unset, Compose refuses the file.'
        : 'it is empty unless the shell sets it.';
      report({
        at,
        message: `${named('variable', name)} has no default: ${consequence}`,
        ...(mayNotBeEmpty ? { severity: 'warning' } : {}),
        fix: fixesOf(reference),
      });
    },
    dockerfile(file, report) {
      for (const { at, finding } of undefinedUses(file)) report({ at, ...finding });
    },
  },
});

function fixesOf({ name, replaceAt, bare, mayNotBeEmpty }: VariableReference): readonly ReportedFix[] {
  if (replaceAt === undefined) return [];
  const fix = (title: string, text: string): ReportedFix => ({
    title,
    safety: 'unsafe',
    change: replaceText(replaceAt, text),
  });
  const required = fix(`Require ${quoted(name)}`, `\${${name}:?set ${name}}`);
  // A demand in one place is one for all, a default is not.
  return mayNotBeEmpty || bare !== 'only'
    ? [required]
    : [required, fix(`Let ${quoted(name)} be empty`, `\${${name}:-}`)];
}
