// The effective security context of a container or pod, as a table in a hover.
import { quoted } from '../model/quoted.js';
import type { ContextValue, SecurityContext } from '../service/security-context.js';
import { LineIndex } from '../text/line-index.js';
import { describeTable } from './hover-table.js';

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
  return describeTable(
    {
      title: 'Security context',
      verdict: verdict(context),
      columns: ['From', 'Level'],
      rows: shown.map((row) => ({ field: row.field, value: row.value, cells: [fromOf(row), levelOf(row)] })),
      notSet: context.values.filter((value) => !shown.includes(value)).map(({ field }) => field),
    },
    isMarkdown,
  );
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
