// The image that a service is built to, as far as its Dockerfile tells.
import type { Place } from '../../text/span.js';
import type { Located } from '../located.js';
import type { ContainerUser } from '../user.js';

export interface BuiltImage {
  /** Where the key `build` stands. */
  readonly at: Place;
  /** The Dockerfile is a text of the Compose file. */
  readonly isInline: boolean;
  /** Whether it is what is built where nobody names a stage. */
  readonly isLastStage: boolean;
  readonly os: 'linux' | 'windows';
  /** The USER in force at the end of the stage, where it is written; absent where what `base` is decides. */
  readonly user: Located<ContainerUser>;
  /** The image that the stage, or the lowest one below it, is built FROM. */
  readonly base: Located<string>;
  /** Whether the image seems to start as root and to give that up by itself. */
  readonly givesRootUp: boolean;
}
