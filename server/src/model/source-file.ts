// A file as a whole: what is wrong with its text, before any rule about its contents.
import type { FileId, Place } from '../text/span.js';
import type { Fix } from './change.js';
import type { FileKind } from './format.js';

/** Something that kept the reader from understanding a part of the file. */
export interface Problem {
  /**
   * `syntax`: its consumer would refuse it. `limit`: a stated limit kept us from checking it. `config`: see
   * invalid-config. `duplicate-key`, `multiple-merge-keys` and `invalid-interpolation`: see the rules.
   */
  readonly kind: 'syntax' | 'limit' | 'config' | 'duplicate-key' | 'multiple-merge-keys' | 'invalid-interpolation';
  readonly at: Place;
  /** One sentence with its full stop, at most 100 characters. */
  readonly message: string;
  readonly fix?: Fix;
  /** The file is a template: which of its lines are there together nobody knows, and no fix is safe. */
  readonly isTemplate?: true;
}

export interface SourceFile {
  readonly id: FileId;
  readonly kind: FileKind;
  readonly problems: readonly Problem[];
}

/** The last day of an ignore comment, as it is written. */
export interface LastDay {
  readonly text: string;
  /** `2026-12-31`; undefined where the text is no such day, and the comment has no effect. */
  readonly day: string | undefined;
  readonly at: Place;
}

/** One rule id of an ignore comment, judged after all rules have run. */
export interface Suppression {
  readonly file: FileId;
  readonly id: string;
  readonly idAt: Place;
  /** `ended`: its comment silences nothing, see {@link Suppression.until}. */
  readonly state: 'used' | 'unused' | 'unknown-rule' | 'not-checked' | 'ended';
  /** The whole comment. */
  readonly commentAt: Place;
  /** Empty where none is given. */
  readonly reason: string;
  readonly until: LastDay | undefined;
  /** The rule that was probably meant, for an unknown one. */
  readonly suggestion: string | undefined;
  /** Takes the id, or the whole comment where it is the only one, away; undefined where something else depends on it. */
  readonly removal: Fix | undefined;
}
