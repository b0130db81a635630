import type { Place } from '../../text/span.js';
import type { Written } from '../written.js';

/** One Compose file as it is written, before anything is merged. */
export interface ComposeFile {
  /** Those behind the first one are merged onto it, like override files. */
  readonly documents: readonly ComposeDocument[];
  /** Whether it is the one that a project begins with, all of whose files are known: nothing stands below it. */
  readonly isBase: boolean;
  /** The keys that YAML takes for something else than texts. */
  readonly otherKeys: readonly OtherKey[];
}

export interface ComposeDocument {
  readonly written: Written;
  /** What a section at the top, or a service, is read from, see `Parted`; undefined for all services together, too. */
  readonly partOf: (section: string, service?: string) => object | undefined;
}

export interface OtherKey {
  /** As it is written. */
  readonly key: string;
  readonly type: 'number' | 'boolean' | 'null';
  readonly at: Place;
}
