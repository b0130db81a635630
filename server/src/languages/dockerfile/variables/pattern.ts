// The patterns of `${NAME#pattern}`, `${NAME%pattern}` and `${NAME/pattern/text}`: `*`, `?` and `\`, no brackets.

/** What takes more steps to match is not known: a pattern is tried with each key that is pressed. */
const maxSteps = 100_000;

interface Token {
  readonly kind: 'any' | 'one' | 'sign';
  readonly sign?: string;
}

/** The value without what the pattern matches at one end, the least of it unless the pattern starts with its sign again. */
export function trimPattern(value: string, end: 'start' | 'end', pattern: string): string | undefined {
  const longest = pattern.startsWith(end === 'start' ? '#' : '%');
  const tokens = readPattern(longest ? pattern.slice(1) : pattern);
  const signs = [...value];
  // A line feed is nothing that `*` and `?` match.
  if (tokens === undefined || value.includes('\n') || signs.length * tokens.length > maxSteps) return undefined;
  if (end === 'start') return signs.slice(endOfMatch(signs, 0, tokens, longest) ?? 0).join('');
  const length = endOfMatch(signs.toReversed(), 0, tokens.toReversed(), longest) ?? 0;
  return signs.slice(0, signs.length - length).join('');
}

/** The value with the text in place of the first match, or of all. */
export function replacePattern(value: string, pattern: string, text: string, all: boolean): string | undefined {
  const tokens = readPattern(pattern);
  const signs = [...value];
  if (tokens === undefined || value.includes('\n') || signs.length ** 2 * tokens.length > maxSteps) return undefined;
  // A dollar sign in the text would name a group, and nothing is everywhere.
  if (all && (text.includes('$') || tokens.every(({ kind }) => kind === 'any'))) return undefined;
  let result = '';
  let at = 0;
  while (at <= signs.length) {
    const end = endOfMatch(signs, at, tokens, true);
    if (end === undefined) result += signs[at++] ?? '';
    else {
      result += text;
      at = end;
      if (!all) break;
    }
  }
  return result + signs.slice(at).join('');
}

/** Where a match from `start` ends. */
function endOfMatch(
  signs: readonly string[],
  start: number,
  tokens: readonly Token[],
  longest: boolean,
): number | undefined {
  let ends: readonly number[] = [start];
  for (const token of tokens) {
    const [least] = ends;
    if (least === undefined) return undefined;
    if (token.kind === 'any') ends = Array.from({ length: signs.length - least + 1 }, (_, i) => least + i);
    else {
      const fits = (at: number) => at < signs.length && (token.kind === 'one' || signs[at] === token.sign);
      ends = ends.filter(fits).map((at) => at + 1);
    }
  }
  return longest ? ends.at(-1) : ends[0];
}

/** Whether a pattern escapes only what can be escaped. */
export function isPattern(pattern: string): boolean {
  return /^(?:[^\\]|\\[}/*?\\])*$/u.test(pattern);
}

/** Undefined for a pattern that is refused. */
function readPattern(pattern: string): readonly Token[] | undefined {
  if (!isPattern(pattern)) return undefined;
  const tokens: Token[] = [];
  const signs = [...pattern];
  for (let at = 0; at < signs.length; at++) {
    const sign = signs[at] ?? '';
    if (sign === '*') tokens.push({ kind: 'any' });
    else if (sign === '?') tokens.push({ kind: 'one' });
    else tokens.push({ kind: 'sign', sign: sign === '\\' ? (signs[++at] ?? '') : sign });
  }
  return tokens;
}
