// Reads what stands in comments of other tools: lists of ids, and the reason behind them.

export interface IdList {
  readonly ids: readonly string[];
  /** What stands behind the last id. */
  readonly rest: string;
}

/**
 * The ids at the start of a text, with commas between them. `allowed` is what an id is made of; `blanks` says whether some
 * may stand around the commas.
 */
export function readIds(text: string, allowed: RegExp, blanks: boolean): IdList {
  const ids: string[] = [];
  let end = 0;
  for (let at = 0; ; ) {
    const start = at;
    while (at < text.length && allowed.test(text.charAt(at))) at++;
    if (at === start) break;
    ids.push(text.slice(start, at));
    end = at;
    if (blanks) at = skipBlanks(text, at);
    if (text[at] !== ',') break;
    at = blanks ? skipBlanks(text, at + 1) : at + 1;
  }
  return { ids, rest: text.slice(end) };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** A reason without the signs that set it off. */
export function reasonIn(rest: string): string {
  return rest.replace(/^[\s#:;,/–—-]+/, '').trim();
}

export function wordsOf(text: string): readonly string[] {
  return text.split(/[ \t\r]+/).filter((word) => word !== '');
}
