// Heredocs of RUN, COPY and ADD as BuildKit finds them, which is not how a shell does.
import type { MappedText } from '../../text/mapped-text.js';
import { verbatim } from '../../text/mapped-text.js';
import { isBlank } from './characters.js';
import { skipDollar } from './variables/expand.js';

export interface HeredocStart {
  readonly name: string;
  /** Whether tabs in front of its lines are dropped: `<<-`. */
  readonly chomp: boolean;
  /** Whether its name is written without quotes, so that variables in its body are resolved. */
  readonly expand: boolean;
}

/** The heredocs that a line starts, in order. None where a quote or a `${` is not closed. */
export function heredocsOf(line: MappedText): readonly HeredocStart[] {
  const found: HeredocStart[] = [];
  for (const word of wordsOf(line) ?? []) {
    const heredoc = readHeredoc(word);
    if (heredoc !== undefined) found.push(heredoc);
  }
  return found;
}

/** Reads a text that is nothing but the start of a heredoc, `<<EOF`, `<< EOF` or `3<<-"EOF"`. */
export function readHeredoc(word: string): HeredocStart | undefined {
  const match = /^\d*<<(-?)([^<]*)$/.exec(word);
  const rest = match?.[2]?.replace(/^[\t\n\f\r ]+/, '');
  if (rest === undefined || rest === '') return undefined;
  const names = wordsOf(verbatim(rest, { file: '', span: { start: 0, end: rest.length } }));
  if (names?.length !== 1) return undefined;
  const name = withoutQuotes(rest);
  return name === '' ? undefined : { name, chomp: match?.[1] === '-', expand: !/["']/.test(rest) };
}

/** The words of a line with their quotes; undefined where BuildKit cannot read it, which makes it one without heredocs. */
function wordsOf(mapped: MappedText): readonly string[] | undefined {
  const line = mapped.value;
  const words: string[] = [];
  let at = 0;
  let start = 0;
  const cut = (end: number): void => {
    if (end > start) words.push(line.slice(start, end));
    start = end + 1;
  };
  while (at < line.length) {
    const char = line[at];
    if (isBlank(line, at)) cut(at++);
    else if (char === '\\') at += 2;
    else if (char === "'" || char === '"') {
      const end = closingQuote(mapped, at);
      if (end === undefined) return undefined;
      if (char === '"' && forgets(line.slice(at, end))) start = at;
      at = end + 1;
    } else if (char === '$') {
      const end = skipDollar(mapped, at);
      if (end === undefined) return undefined;
      if (forgets(line.slice(at, end))) start = at;
      // Blanks in `${NAME:-a b}` part words.
      for (; at < end; at++) if (isBlank(line, at)) cut(at);
    } else if (char === '<' && line[at + 1] === '<') {
      at += 2;
      // The name may stand apart.
      while (/^[\t\r ]$/.test(line[at] ?? '')) at++;
    } else at++;
  }
  cut(line.length);
  return words;
}

/** Where an operator is in braces, BuildKit forgets what stands in front of it in the word, be it `<<`. */
function forgets(text: string): boolean {
  return /\$\{[^}${]*[-+?#%/:]/.test(text);
}

function closingQuote(mapped: MappedText, open: number): number | undefined {
  const line = mapped.value;
  const quote = line[open];
  for (let at = open + 1; at < line.length; at++) {
    if (line[at] === quote) return at;
    if (quote !== '"') continue;
    if (line[at] === '\\' && /["$\\]/.test(line[at + 1] ?? '')) at++;
    else if (line[at] === '$') {
      const end = skipDollar(mapped, at);
      if (end === undefined) return undefined;
      at = end - 1;
    }
  }
  return undefined;
}

function withoutQuotes(word: string): string {
  let value = '';
  let quote = '';
  for (let at = 0; at < word.length; at++) {
    const char = word[at] ?? '';
    if (char === quote) quote = '';
    else if (quote === '' && (char === "'" || char === '"')) quote = char;
    else if (char === '\\' && quote === '') value += word[++at] ?? '';
    else value += char;
  }
  return value;
}
