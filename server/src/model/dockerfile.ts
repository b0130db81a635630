// A Dockerfile as a graph of build stages.
import type { Place } from '../text/span.js';
import type { EnvironmentVariable } from './environment.js';
import type { Located, Slot } from './located.js';
import type { ContainerUser } from './user.js';

export interface Stage {
  /** From 0, in the order of the file. */
  readonly index: number;
  readonly name: string | undefined;
  /** The alias, or the image of FROM where there is none: the anchor of findings about something missing. */
  readonly nameAt: Place;
  /** The earlier stage of the same file that it is built FROM. */
  readonly base: Stage | undefined;
  /** Whether it is the last stage: the one that is built when no target is named. */
  readonly final: boolean;
  /** Whether the final stage is built on it, directly or not. */
  readonly inFinalChain: boolean;
  readonly os: 'linux' | 'windows';
  /** The USER in force at its end, inherited through `base`; absent where the base image decides. */
  readonly user: Located<ContainerUser>;
  readonly instructions: readonly Instruction[];
}

export interface Instruction {
  /** Upper case. */
  readonly keyword: string;
  readonly keywordAt: Place;
  /** The whole instruction with its continuation lines and heredocs. */
  readonly at: Place;
  readonly slot: Slot;
  /** Undefined before the first FROM. */
  readonly stage: Stage | undefined;
  /** True for the trigger inside ONBUILD. */
  readonly onbuild: boolean;
  /** The words behind the keyword and its flags, variables resolved where they are known. JSON form: its strings. */
  readonly arguments: readonly Located<string>[];
  readonly form: 'shell' | 'json';
  /** The bodies of its heredocs. */
  readonly heredocs: readonly string[];
  readonly flags: readonly Flag[];
  /** The assignments of ENV (and ARG, whose value may be absent). */
  readonly assignments: readonly EnvironmentVariable[];
  /** The user of USER. */
  readonly user: Located<ContainerUser> | undefined;
}

/** `--name=value`; a `--mount` has its options in `options`. */
export interface Flag {
  /** Without the dashes, lower case. */
  readonly name: string;
  readonly at: Place;
  readonly value: Located<string>;
  readonly options: readonly FlagOption[];
}

export interface FlagOption {
  readonly name: string;
  readonly value: Located<string>;
}
