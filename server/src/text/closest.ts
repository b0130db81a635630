/**
 * The candidate that was probably meant by a misspelt word: the nearest by Damerau–Levenshtein distance, at most a third
 * of the word's length away; of two that are equally near the one with the same first letter, which people seldom miss.
 * Undefined where none is near, where nothing tells which of two it is, or where the word itself is a candidate.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const small = word.toLowerCase();
  let nearest: string[] = [];
  let least = limit;
  for (const candidate of candidates) {
    if (candidate === word) return undefined;
    if (Math.abs(candidate.length - word.length) > least) continue;
    const distance = editDistance(small, candidate.toLowerCase());
    if (distance > least) continue;
    nearest = distance < least ? [candidate] : [...nearest, candidate];
    least = distance;
  }
  if (nearest.length <= 1) return nearest[0];
  const alike = nearest.filter((candidate) => candidate[0]?.toLowerCase() === small[0]);
  return alike.length === 1 ? alike[0] : undefined;
}

/**
 * {@link closest} for many words of one file: once so many candidates, of all words together, were compared, it finds
 * nothing more.
 */
export function closestWithin(most: number): (word: string, candidates: () => readonly string[]) => string | undefined {
  let left = most;
  return (word, candidates) => {
    if (left <= 0) return undefined;
    const found = candidates();
    left -= found.length;
    return closest(word, found);
  };
}

/** Whether a word is so long that one letter more or less is a slip, and no other name: not `A`, `API` and `tmp`. */
export function isLongEnough(word: string): boolean {
  return word.length > 3;
}

function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
