// What a service mounts, in the short form of `volumes` and in the long one.
import type { MappedText } from '../../text/mapped-text.js';
import type { Place } from '../../text/span.js';
import type { Located, Slot } from '../located.js';
import type { ComposeFields } from './fields.js';

export interface ServiceMount {
  /** The whole entry: the scalar of the short form, or the map of the long one. */
  readonly at: Place;
  readonly slot: Slot;
  readonly form: 'short' | 'long';
  /** `unknown` where a variable decides, or the type is none that we know. A volume without a name is `anonymous`. */
  readonly type: 'bind' | 'volume' | 'anonymous' | 'tmpfs' | 'npipe' | 'cluster' | 'image' | 'unknown';
  /**
   * A host path, cleaned as in {@link HostMount.source}, or the name of a volume or image. Absent for `anonymous` and
   * `tmpfs`.
   */
  readonly source: Located<string>;
  /** Where it is written, with its parts. */
  readonly sourceText: MappedText | undefined;
  /** The path in the container as it is written. */
  readonly target: Located<string>;
  readonly readOnly: boolean | 'unknown';
  /** The words behind the second colon of the short form: `ro`, `Z`, `rshared`. */
  readonly options: readonly MountOption[];
  /** The map of the long form. */
  readonly fields: ComposeFields | undefined;
  /** The entry of a file that is overridden, which this one replaces because it has the same target. */
  readonly replaces: ServiceMount | undefined;
}

export interface MountOption {
  readonly word: string;
  readonly at: Place;
}
