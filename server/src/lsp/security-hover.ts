// The effective security context of a container or pod, as a table in a hover.

import type { PodSecurityLevel } from '../model/pod-security-labels.js';
import { named } from '../model/quoted.js';
import type { ContextValue, SecurityContext } from '../service/security-context.js';
import { LineIndex } from '../text/line-index.js';
import { code, escaped, plainText } from './markdown.js';

/** What a level is called in a sentence. */
const met: { readonly [level in PodSecurityLevel]: string } = {
  privileged: 'It meets no level of the Pod Security Standards but `privileged`.',
  baseline: 'It meets the level `baseline` of the Pod Security Standards.',
  restricted: 'It meets the level `restricted` of the Pod Security Standards.',
};

const untold = 'cannot be told';

/** `text` is that of the file, whose lines are told. */
export function describeContext(
  { kind, name, values, level }: SecurityContext,
  text: string,
  isMarkdown: boolean,
): string {
  const lines = new LineIndex(text);
  const fromOf = ({ from, at }: ContextValue) =>
    at === undefined ? from : `${from}, line ${lines.positionAt(at.span.start).line + 1}`;
  const subject = named(kind, name);
  if (!isMarkdown) {
    const rows = values.map(
      (row) => `${row.field}: ${plainText(row.value ?? untold)} (${fromOf(row)}; ${row.level ?? '?'})`,
    );
    return [`Security context of ${plainText(subject)}`, ...rows, met[level].replaceAll('`', '')].join('\n');
  }
  const rows = values.map((row) => `| \`${row.field}\` | ${cellOf(row)} | ${fromOf(row)} | ${row.level ?? '?'} |`);
  return [
    `**Security context** of ${escaped(subject)}`,
    ['| Field | In force | From | Meets |', '| --- | --- | --- | --- |', ...rows].join('\n'),
    met[level],
  ].join('\n\n');
}

/** What is written is code; a default is told in our words. A bar would end the cell, even in code. */
function cellOf({ at, value = untold, level }: ContextValue): string {
  return at === undefined || level === undefined ? value : code(value).replaceAll('|', '\\|');
}
