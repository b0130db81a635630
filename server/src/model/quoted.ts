// How a message speaks of things that the user named, so that it stays one short line.
const longestName = 30;
const longestSubject = 45;

/** The name in quotes; what makes it longer than 30 characters, or another number, is cut off. */
export function quoted(name: string, longest: number = longestName): string {
  return `'${cut(name, longest)}'`;
}

/**
 * A thing as the subject of a sentence: `Service 'web'`, `This Pod` where it has no name. At most 45 characters, so a
 * message has 55 left.
 */
export function named(kind: string, name: string): string {
  const what = cut(kind, longestName);
  if (name === '') return `This ${what}`;
  const rest = longestSubject - what.length - " ''".length;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} '${cut(name, Math.min(rest, longestName))}'`;
}

function cut(text: string, longest: number): string {
  // The first half of a surrogate pair must not stay alone.
  const short = text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
  return short.replace(/[\s\p{Cc}]/gu, ' ');
}
