/** Tells equal names apart, in the order in which they come: the second `a` is `a (2)`. */
export function numbering(): (name: string) => string {
  const counts = new Map<string, number>();
  const used = new Set<string>();
  return (name) => {
    let count = counts.get(name) ?? 0;
    let numbered: string;
    do {
      count++;
      numbered = count === 1 ? name : `${name} (${count})`;
    } while (used.has(numbered));
    counts.set(name, count);
    used.add(numbered);
    return numbered;
  };
}
