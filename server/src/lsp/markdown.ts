// Text from files inside Markdown: it is shown as it stands, and never becomes a link, an image, HTML or a line of its own.
import { oneLine } from '../text/one-line.js';

/** Longer text is cut: a hover is small. In UTF-16 units. */
const longest = 300;

/** What begins or ends something in Markdown inside a line, also in the dialects that make links of bare addresses. */
const meaningful = /[\\`*_[\]<>&~|$@]|:(?=\/)|(?<=\bwww)\./gi;

/** The text in one line, without what reorders it or has no shape; not yet fit for Markdown. */
export function plainText(text: string): string {
  const line = oneLine(
    text
      .slice(0, 4 * longest)
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
  // The first half of a surrogate pair must not stay alone.
  return line.length <= longest ? line : `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** The same for Markdown, to stand behind other words of its line. */
export function escaped(text: string): string {
  return plainText(text).replace(meaningful, '\\$&');
}

/** The same as code. No backslash counts in there, so what could end it is written otherwise. */
export function code(text: string): string {
  return `\`${plainText(text).replaceAll('`', "'")}\``;
}

/** Longer addresses make no links: many of them would fill a hover. */
const longestAddress = 400;

/** Words that are fit for Markdown, as a link to a line of a file where that is possible. `line` is counted from 0. */
export function lineLink(words: string, uri: string, line: number): string {
  if (uri.length > longestAddress || /[()<>\s|]/.test(uri)) return words;
  return `[${words}](${uri}#L${line + 1})`;
}
