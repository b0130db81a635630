// A Compose project as it will run: all of its files, merged.
import type { FileId, Place } from '../../text/span.js';
import type { Located } from '../located.js';
import type { EffectiveMap } from './effective.js';
import type { ComposeFields } from './fields.js';
import type { ComposeService } from './service.js';

export interface ComposeProject {
  /** The files that are merged, in order: the base, then what overrides it. */
  readonly main: readonly FileId[];
  /** All files that it was read from, those that others extend or include among them. */
  readonly files: readonly FileId[];
  readonly services: readonly ComposeService[];
  readonly networks: readonly ComposeResource[];
  readonly volumes: readonly ComposeResource[];
  readonly secrets: readonly ComposeResource[];
  readonly configs: readonly ComposeResource[];
  readonly models: readonly ComposeResource[];
  /** All of its top-level keys. */
  readonly fields: ComposeFields;
  /**
   * False where a part of it is not known (a file that is fetched from elsewhere or cannot be read, a file that is merged
   * onto another one): what is not there may be there after all.
   */
  readonly whole: boolean;
  /** What `extends` and `include` name in vain. */
  readonly broken: readonly BrokenReference[];
  /** All that services extend, and where they say so. */
  readonly extensions: readonly Extension[];
  /** The paths that `include` names. */
  readonly inclusions: readonly Located<string>[];
  /** The tags `!reset` and `!override` that have nothing to act on; none where not all of the project is known. */
  readonly idleTags: readonly IdleTag[];
  /** What `!reset` takes away. */
  readonly removed: readonly RemovedValue[];
  /** Where one of its files is no YAML, so that more may be written than was read. */
  readonly misread: () => readonly Place[];
  /** All of it in long form; undefined where nothing is in it. Made when somebody asks. */
  readonly effective: () => EffectiveMap | undefined;
}

export interface Extension {
  /** The service that is extended. */
  readonly service: Located<string>;
  /** Undefined for one of the same file. */
  readonly file: Located<string> | undefined;
}

export interface IdleTag {
  readonly tag: '!reset' | '!override';
  /** The tag itself. */
  readonly at: Place;
  /** Whether it is the tag of an item of a list. */
  readonly inList: boolean;
}

export interface RemovedValue {
  /** From the root of the project to the key: `services`, `web`, `ports`. */
  readonly path: readonly string[];
  /** What is taken away. */
  readonly at: Place;
  /** The value that has the tag. */
  readonly by: Place;
}

export interface BrokenReference {
  readonly kind: 'extends' | 'include';
  /** `cycle`: it leads back to where it comes from. */
  readonly reason: 'missing-file' | 'missing-service' | 'cycle';
  /** The service that is extended. */
  readonly service: string | undefined;
  /** The path or the name, as it is written. */
  readonly at: Located<string>;
}

/** What stands at the top level beside the services and is used by name. */
export interface ComposeResource {
  readonly name: string;
  /** Its key. */
  readonly nameAt: Place;
  /** Without any where its value is null. */
  readonly fields: ComposeFields;
  /** Whether it is made outside of the project; undefined where that cannot be told. */
  readonly external: boolean | undefined;
}
