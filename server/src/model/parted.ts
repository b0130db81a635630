// What is remembered of things that are read anew at each keystroke, while nothing has changed in most of them.

/** Something that is read from a part of a file, or of several. */
export interface Parted {
  /**
   * What it was read from: the same object in every reading in which that means the same, wherever it stands. Undefined
   * where nobody can tell.
   */
  readonly part: object | undefined;
}

/**
 * What a thing comes to, read once for each part: for what is asked of everything whenever something changes. `read` must
 * give nothing that holds a place, since places move while the part stays.
 */
export function remembered<Thing extends Parted, T>(read: (thing: Thing) => T): (thing: Thing) => T {
  const known = new WeakMap<object, { readonly value: T }>();
  return (thing) => {
    const { part } = thing;
    const last = part === undefined ? undefined : known.get(part);
    if (last !== undefined) return last.value;
    const value = read(thing);
    if (part !== undefined) known.set(part, { value });
    return value;
  };
}
