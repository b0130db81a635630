// Changes to how a service mounts something, in the form that the mount is written in.
import { type Change, replaceEnding, set } from '../change.js';
import type { Known } from '../located.js';
import type { MountOption, ServiceMount } from './mount.js';

/** Makes a mount read-only. */
export function mountedReadOnly(mount: ServiceMount): Change {
  if (mount.fields !== undefined) return set(mount.fields.boolean('read_only').slot, true);
  const words = mount.options.map(({ word }) => word);
  const others = words.filter((word) => word !== 'rw');
  return replaceEnding(mount.slot, ending(words), ending([...others, 'ro']));
}

/** Takes words out of the options of a mount in short form. */
export function withoutOptions(mount: ServiceMount, unwanted: ReadonlySet<string>): Change {
  const words = mount.options.map(({ word }) => word);
  return replaceEnding(mount.slot, ending(words), ending(words.filter((word) => !unwanted.has(word))));
}

/** A word of the options, with the way to it. */
export function locatedOption({ source, slot }: ServiceMount, { word, at }: MountOption): Known<string> {
  return { kind: 'known', value: word, at, via: source.kind === 'absent' ? [] : source.via, slot };
}

function ending(words: readonly string[]): string {
  return words.length === 0 ? '' : `:${words.join(',')}`;
}
