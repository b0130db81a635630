// The effective security context of a container or pod, as a table in a hover.
import { quoted } from '../model/quoted.js';
import type { ContextValue, SecurityContext } from '../service/security-context.js';
import { LineIndex } from '../text/line-index.js';
import { code, escaped, plainText } from './markdown.js';

const untold = 'cannot be told';

/** `text` is that of the file, whose lines are told. What nobody set and no level minds is only named: a hover is small. */
export function describeContext(context: SecurityContext, text: string, isMarkdown: boolean): string {
  const lines = new LineIndex(text);
  const fromOf = ({ from, at }: ContextValue) => {
    if (at === undefined) return 'not set';
    const line = `line${isMarkdown ? '&nbsp;' : ' '}${lines.positionAt(at.span.start).line + 1}`;
    return from === 'pod' && context.kind === 'container' ? `pod, ${line}` : line;
  };
  const shown = context.values.filter(
    ({ at, level }) => at !== undefined || level === 'baseline' || level === 'privileged',
  );
  const others = context.values.filter((value) => !shown.includes(value)).map(({ field }) => field);
  if (!isMarkdown) {
    const rows = shown.map((row) => `${row.field}: ${textOf(row)} (${fromOf(row)}; ${levelOf(row)})`);
    const rest = others.length === 0 ? [] : [`Not set: ${others.join(', ')}.`];
    return [plainText(verdict(context)), ...rows, ...rest].join('\n');
  }
  const rows = shown.map((row) => `| \`${row.field}\` | ${cellOf(row)} | ${fromOf(row)} | ${levelOf(row)} |`);
  return [
    `**Security context:** ${escaped(verdict(context))}`,
    ...(rows.length === 0 ? [] : [['| Field | In force | From | Level |', '|:--|:--|:--|:--|', ...rows].join('\n')]),
    ...(others.length === 0 ? [] : [`Not set: ${others.map((field) => `\`${field}\``).join(', ')}.`]),
  ].join('\n\n');
}

/** Without Markdown. */
function verdict({ kind, name, level, isUncertain, weaker }: SecurityContext): string {
  const subject = name === '' ? `this ${kind}` : `${kind} ${quoted(name)}`;
  if (level === undefined) return `${subject} as far as this patch sets it.`;
  const [first, ...others] = weaker;
  const because =
    first === undefined
      ? ''
      : `, because of ${others.length === 0 ? `container ${quoted(first)}` : `${weaker.length} of its containers`}`;
  const limits = isUncertain ? ' as far as can be told' : '';
  return `${subject} meets the level '${level}' of Pod Security${limits}${because}.`;
}

/** A level that nobody asks the field for is none. */
function levelOf({ level, value }: ContextValue): string {
  return level ?? (value === undefined ? 'unknown' : '–');
}

function textOf({ value }: ContextValue): string {
  if (value === undefined) return untold;
  return 'words' in value ? value.words : plainText(value.literal);
}

/** Values of the API are code. A bar would end the cell, even in code. */
function cellOf(row: ContextValue): string {
  const { value } = row;
  return value !== undefined && 'literal' in value ? code(value.literal).replaceAll('|', '\\|') : textOf(row);
}
