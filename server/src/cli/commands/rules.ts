import { type RuleMeta, severityOf } from '../../engine/rule.js';
import { allRules } from '../../rules/all.js';
import { choice, readArguments } from '../args.js';
import { rulesFlags } from '../rules-flags.js';
import type { Command } from '../run.js';
import { UsageError } from '../usage-error.js';

export const rulesCommand: Command = (words, { stdout }) => {
  const args = readArguments('rules', rulesFlags, words);
  const [extra] = args.positionals;
  if (extra !== undefined) {
    throw new UsageError(`'plimsoll rules' takes no '${extra}'. For one rule: plimsoll explain ID`);
  }
  const metas = allRules.map((rule) => rule.meta).sort((a, b) => (a.id < b.id ? -1 : 1));
  stdout.write(choice(args, 'format', ['text', 'json']) === 'json' ? json(metas) : table(metas));
  return Promise.resolve(0);
};

function json(metas: readonly RuleMeta[]): string {
  const rules = metas.map((meta) => ({
    id: meta.id,
    summary: meta.summary,
    severity: Object.fromEntries(meta.formats.map((format) => [format, severityOf(meta, format)])),
    confidence: meta.confidence,
    profile: meta.profile,
    since: meta.since,
    formats: meta.formats,
    standards: meta.standards,
    peers: meta.peers,
    options: meta.options ?? {},
  }));
  return `${JSON.stringify({ schema: 1, rules }, undefined, 2)}\n`;
}

function table(metas: readonly RuleMeta[]): string {
  const rows = [
    ['RULE', 'SEVERITY', 'PROFILE', 'FORMATS', 'WHAT IT FINDS'],
    ...metas.map((meta) => [meta.id, severities(meta), meta.profile, meta.formats.join(' '), meta.summary]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n\nMore about one: plimsoll explain ID\n`;
}

/** The severity, or all that it has in different formats. */
function severities(meta: RuleMeta): string {
  return [...new Set(meta.formats.map((format) => severityOf(meta, format)))].join('/');
}
