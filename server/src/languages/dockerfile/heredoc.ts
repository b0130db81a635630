// Heredocs of RUN, COPY and ADD as BuildKit finds them, which is not how a shell does.
import { isBlank, skipBlanks } from './characters.js';

export interface HeredocStart {
  readonly name: string;
  /** Whether tabs in front of its lines are dropped: `<<-`. */
  readonly chomp: boolean;
}

/** The heredocs that a line starts, in order. None where a quote is not closed. */
export function heredocsOf(line: string): readonly HeredocStart[] {
  const found: HeredocStart[] = [];
  for (const word of wordsOf(line) ?? []) {
    const heredoc = readHeredoc(word);
    if (heredoc !== undefined) found.push(heredoc);
  }
  return found;
}

/** Reads a text that is nothing but the start of a heredoc, `<<EOF` or `3<<-"EOF"`. */
export function readHeredoc(word: string): HeredocStart | undefined {
  const match = /^\d*<<(-?)([^<]+)$/.exec(word);
  const rest = match?.[2];
  if (rest === undefined) return undefined;
  const names = wordsOf(rest);
  return names?.length === 1 ? { name: withoutQuotes(rest), chomp: match?.[1] === '-' } : undefined;
}

/** The words of a line with their quotes; undefined where a quote is not closed. */
function wordsOf(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let at = skipBlanks(line, 0, line.length);
  let start = at;
  while (at < line.length) {
    const char = line[at];
    if (isBlank(line, at)) {
      words.push(line.slice(start, at));
      at = skipBlanks(line, at, line.length);
      start = at;
    } else if (char === '\\') {
      at += 2;
    } else if (char === "'" || char === '"') {
      const end = closingQuote(line, at);
      if (end === undefined) return undefined;
      at = end + 1;
    } else {
      at++;
    }
  }
  if (start < line.length) words.push(line.slice(start));
  return words;
}

function closingQuote(line: string, open: number): number | undefined {
  const quote = line[open];
  for (let at = open + 1; at < line.length; at++) {
    if (line[at] === quote) return at;
    if (line[at] === '\\' && quote === '"') at++;
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
