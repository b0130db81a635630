// The patterns of `${NAME#pattern}`, `${NAME%pattern}` and `${NAME/pattern/text}`: `*`, `?` and `\`, no brackets.

/** What is longer, or has more stars, is not known: to try a pattern must not take long. */
const maxLength = 2000;
const maxStars = 2;

/** The value without what the pattern matches at one end, the least of it unless the pattern starts with its sign again. */
export function trimPattern(value: string, end: 'start' | 'end', pattern: string): string | undefined {
  const longest = pattern.startsWith(end === 'start' ? '#' : '%');
  const read = readPattern(longest ? pattern.slice(1) : pattern, longest);
  if (read === undefined || value.length > maxLength) return undefined;
  if (end === 'start') {
    const match = new RegExp(`^${read.join('')}`, 'u').exec(value);
    return match === null ? value : value.slice(match[0].length);
  }
  // The shortest match at the end is found from there.
  const match = new RegExp(`^${read.toReversed().join('')}`, 'u').exec(reverse(value));
  return match === null ? value : value.slice(0, value.length - match[0].length);
}

/** The value with the text in place of the first match, or of all. */
export function replacePattern(value: string, pattern: string, text: string, all: boolean): string | undefined {
  const read = readPattern(pattern, true);
  // A dollar sign in the text would name a group.
  if (read === undefined || value.length > maxLength || (all && text.includes('$'))) return undefined;
  return value.replace(new RegExp(read.join(''), all ? 'gu' : 'u'), () => text);
}

/** Whether a pattern escapes only what can be escaped. */
export function isPattern(pattern: string): boolean {
  return /^(?:[^\\]|\\[}/*?\\])*$/u.test(pattern);
}

/** One part of a regular expression for each sign; undefined for a pattern that is refused, or too much. */
function readPattern(pattern: string, longest: boolean): readonly string[] | undefined {
  const parts: string[] = [];
  const signs = [...pattern];
  let stars = 0;
  for (let at = 0; at < signs.length; at++) {
    const sign = signs[at] ?? '';
    const next = signs[at + 1] ?? '';
    if (sign === '*') {
      parts.push(longest ? '[^\\n]*' : '[^\\n]*?');
      if (++stars > maxStars) return undefined;
    } else if (sign === '?') parts.push('[^\\n]');
    else if (sign !== '\\') parts.push(literal(sign));
    else if (next === '}' || next === '/') {
      // Only the end of the substitution had to be kept from being one.
    } else if (/^[*?\\]$/.test(next)) {
      parts.push(literal(next));
      at++;
    } else return undefined;
  }
  return parts;
}

function literal(sign: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(sign) ? `\\${sign}` : sign;
}

function reverse(text: string): string {
  return [...text].toReversed().join('');
}
