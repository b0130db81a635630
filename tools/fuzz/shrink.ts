// Makes a text that breaks a promise as small as possible: parts are left out as long as the promise stays broken.

/** Gives up after so many tries: the text is small enough for a person by then. */
const mostTries = 3000;

/** `breaks` tells whether a text still breaks the promise. */
export function shrink(text: string, breaks: (text: string) => boolean): string {
  const budget = { left: mostTries };
  let smallest = text;
  for (let before = ''; before !== smallest && budget.left > 0; ) {
    before = smallest;
    smallest = without(smallest, /[^\n]*\n|[^\n]+$/g, breaks, budget);
    if (smallest.length < 2000) smallest = without(smallest, /./gs, breaks, budget);
  }
  return smallest;
}

/** Leaves out halves of the parts, then quarters, and so on down to single ones. */
function without(text: string, parts: RegExp, breaks: (text: string) => boolean, budget: { left: number }): string {
  let kept: readonly string[] = text.match(parts) ?? [];
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length && budget.left > 0; ) {
      const rest = kept.toSpliced(at, size);
      budget.left--;
      if (breaks(rest.join(''))) kept = rest;
      else at += size;
    }
  }
  return kept.join('');
}
