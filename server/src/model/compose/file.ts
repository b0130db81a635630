import type { Written } from '../written.js';

/** One Compose file as it is written, before anything is merged. */
export interface ComposeFile {
  /** Those behind the first one are merged onto it, like override files. */
  readonly documents: readonly Written[];
}
