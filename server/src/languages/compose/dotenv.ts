// The `.env` file that Compose reads variables from.
import { verbatim } from '../../text/mapped-text.js';
import { interpolate, type Variables } from './interpolation.js';

const assignment = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:][ \t]*/;

/**
 * The variables of a `.env` text; later ones win. A value that holds a variable from elsewhere is there, but not known.
 */
export function parseDotenv(text: string): Variables {
  const variables = new Map<string, string | undefined>();
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; ) {
    const lineEnd = endOfLine(text, at);
    const match = assignment.exec(text.slice(at, lineEnd));
    const name = match?.[1];
    if (match === null || name === undefined) {
      at = lineEnd + 1;
      continue;
    }
    const start = at + match[0].length;
    const quote = text[start];
    const isQuoted = (quote === '"' || quote === "'") && start < lineEnd;
    const close = isQuoted ? closingQuote(text, start) : undefined;
    if (close === undefined) {
      const line = text.slice(start, lineEnd).replace(/\r$/, '');
      variables.set(name, isQuoted ? undefined : expand(withoutComment(line), variables));
      // Compose refuses a file with an open quote; nothing behind it is known.
      if (isQuoted) return variables;
      at = lineEnd + 1;
      continue;
    }
    const inner = text.slice(start + 1, close);
    variables.set(name, quote === "'" ? inner : expand(inner, variables, true));
    at = endOfLine(text, close) + 1;
  }
  return variables;
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
}

function closingQuote(text: string, open: number): number | undefined {
  const quote = text[open];
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\' && quote === '"') i++;
    else if (text[i] === quote) return i;
  }
  return undefined;
}

function withoutComment(line: string): string {
  if (line.startsWith('#')) return '';
  const comment = line.search(/[ \t]#/);
  return (comment < 0 ? line : line.slice(0, comment)).trim();
}

function expand(value: string, variables: Variables, escapes = false): string | undefined {
  // A backslash keeps a dollar sign from being one; too rare to be right about.
  if (value.includes('\\$')) return undefined;
  const source = verbatim(value, { file: '', span: { start: 0, end: value.length } });
  const { parts, invalid } = interpolate(source, variables);
  if (invalid.length > 0 || parts.some((part) => !part.known)) return undefined;
  const text = parts.map((part) => part.text.value).join('');
  return escapes ? text.replace(/\\([nrt"\\])/g, (_, letter: string) => escaped[letter] ?? letter) : text;
}

const escaped: { readonly [letter: string]: string } = { n: '\n', r: '\r', t: '\t' };
