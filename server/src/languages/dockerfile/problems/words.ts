// What BuildKit refuses about quotes and variables in the words that it resolves itself.
import type { MappedText } from '../../../text/mapped-text.js';
import { verbatim } from '../../../text/mapped-text.js';
import type { Span } from '../../../text/span.js';
import { readHeredoc } from '../heredoc.js';
import { mountOptions } from '../mount-options.js';
import type { RawInstruction, Split } from '../split.js';
import type { Statement } from '../statement.js';
import { findTrouble } from '../variables/expand.js';
import { isOldForm } from '../words.js';
import type { Report } from './report.js';

/** What of an instruction BuildKit resolves. RUN, CMD and the like are for a shell. */
const resolving: ReadonlySet<string> = new Set(
  'ADD ARG COPY ENV EXPOSE FROM LABEL STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
);
const resolvedFlags: ReadonlySet<string> = new Set(['checksum', 'chmod', 'chown', 'platform']);
/** Their arguments end at blanks, also in quotes. */
const cutAtBlanks: ReadonlySet<string> = new Set(['ADD', 'COPY', 'VOLUME']);

/** Reports the first one: BuildKit does not go on behind it. */
export function checkWords(statement: Statement, spans: readonly Span[], report: Report): void {
  const { keyword, escape, line, json } = statement;
  if (keyword === 'RUN' ? statement.flags.length === 0 : !resolving.has(keyword)) return;
  if (!/["'$]/.test(line.value)) return;
  for (const word of keyword === 'RUN' ? mountValues(statement) : wordsOf(statement, spans)) {
    const trouble = findTrouble(word, escape);
    if (trouble === undefined) continue;
    const { start, end } = trouble.span;
    const isCut = json === undefined && cutAtBlanks.has(keyword) && /^["']/.test(word.value.slice(start));
    const goesOn = isCut && line.value.split(word.value[start] ?? '').length > 2;
    report(
      word.part(start, end),
      goesOn ? `${keyword} ends a word at each blank: use the JSON form here.` : trouble.message,
    );
    return;
  }
}

function wordsOf(statement: Statement, spans: readonly Span[]): readonly MappedText[] {
  return [...flagValues(statement), ...partsOf(statement, spans)];
}

function mountValues({ flags }: Statement): readonly MappedText[] {
  return flags.flatMap(({ name, value }) =>
    name === 'mount' && value !== undefined && !value.value.includes('"')
      ? mountOptions(value).flatMap((option) => option.value ?? [])
      : [],
  );
}

function flagValues({ flags }: Statement): readonly MappedText[] {
  return flags.flatMap(({ name, value }) => (value !== undefined && resolvedFlags.has(name) ? [value] : []));
}

function partsOf(statement: Statement, spans: readonly Span[]): readonly MappedText[] {
  const { keyword, line, json } = statement;
  if (json !== undefined) return json.items.map(({ value }) => value);
  const isPairs = keyword === 'ENV' || keyword === 'LABEL' || keyword === 'ARG';
  return spans.flatMap(({ start, end }) => {
    const word = line.slice(start, end);
    if ((keyword === 'ADD' || keyword === 'COPY') && readHeredoc(word.value) !== undefined) return [];
    const equals = isPairs && !isOldForm(statement, spans) ? word.value.indexOf('=') : -1;
    // The name of an ARG is taken as it is written.
    if (equals < 0) return keyword === 'ARG' ? [] : [word];
    const value = word.slice(equals + 1, word.value.length);
    return keyword === 'ARG' ? [value] : [word.slice(0, equals), value];
  });
}

/** The body of a heredoc of COPY and ADD has variables too, unless its name is in quotes. */
export function checkBodies({ file, text }: Split, { statement, heredocs }: RawInstruction, report: Report): void {
  const { keyword } = statement.trigger ?? statement;
  if (keyword !== 'COPY' && keyword !== 'ADD') return;
  for (const { body, expand } of heredocs) {
    const content = expand ? text.slice(body.start, body.end) : '';
    if (!content.includes('${')) continue;
    const word = verbatim(content, { file, span: body });
    const trouble = findTrouble(word, '\\', false);
    if (trouble === undefined) continue;
    report(word.part(trouble.span.start, trouble.span.end), trouble.message);
    return;
  }
}
