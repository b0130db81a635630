// Which of two values of a service comes from the file or the service that is laid over the other.
import type { Hop, Located } from '../located.js';

/** Whether `value` is laid over `other`: it overrides, or the other one is inherited by `extends`. */
export function isAbove(value: Located<unknown>, other: Located<unknown>): boolean {
  const count = (located: Located<unknown>, kind: Hop['kind']) =>
    located.kind === 'absent' ? 0 : located.via.filter((hop) => hop.kind === kind).length;
  const overrides = count(value, 'override') - count(other, 'override');
  const inherits = count(other, 'extends') - count(value, 'extends');
  if (overrides !== 0) return overrides > 0;
  if (inherits !== 0) return inherits > 0;
  // Of two files that both override, the later one.
  return value.at.file !== other.at.file && count(value, 'override') > 0;
}
