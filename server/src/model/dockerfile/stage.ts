// A build stage of a Dockerfile, with what is in force at its end.
import type { Place } from '../../text/span.js';
import type { ImageReference } from '../image-reference.js';
import type { Located } from '../located.js';
import type { ContainerUser } from '../user.js';
import type { Instruction } from './instruction.js';

export interface Stage {
  /** From 0, in the order of the file. */
  readonly index: number;
  readonly name: string | undefined;
  /** The alias, or the image of FROM where there is none: the anchor of findings about something missing. */
  readonly nameAt: Place;
  /** Its FROM. */
  readonly from: Instruction;
  /** The earlier stage of the same file that it is built FROM. */
  readonly base: Stage | undefined;
  /** The image from outside that it is built FROM; absent where it is built on a stage or on `scratch`. */
  readonly image: Located<ImageReference>;
  /** That of the stage that it is built on at last, which may be itself. */
  readonly bottomImage: Located<ImageReference>;
  /**
   * What its FROM names where nobody passes a build argument, an ARG without a default counting as empty; undefined where
   * that cannot be told.
   */
  readonly defaultImage: string | undefined;
  /** Whether it, or the stage that it is built on at last, is built FROM `scratch`. */
  readonly isFromScratch: boolean;
  /** Whether it is the stage that is built: the configured target, else the last one. */
  readonly final: boolean;
  /** Whether the final stage is built on it, directly or not: what it leaves is in the image. */
  readonly inFinalChain: boolean;
  /** Whether the final stage needs it: built on it, or copying or mounting from it, directly or not. */
  readonly isNeeded: boolean;
  readonly os: 'linux' | 'windows';
  /** The USER in force at its end, inherited through `base`; absent where the base image decides. */
  readonly user: Located<ContainerUser>;
  /** The WORKDIR in force at its end, absolute where that is known; absent where the base image decides. */
  readonly workdir: Located<string>;
  /** The last one, inherited through `base`; ONBUILD triggers do not count. */
  readonly command: Instruction | undefined;
  readonly entrypoint: Instruction | undefined;
  readonly healthcheck: Instruction | undefined;
  readonly shell: Instruction | undefined;
  /** All that stand in it, FROM first, ONBUILD with its trigger. */
  readonly instructions: readonly Instruction[];
}

/** A stage and those that it is built on, itself first. */
export function chainOf(stage: Stage): readonly Stage[] {
  const chain: Stage[] = [];
  for (let at: Stage | undefined = stage; at !== undefined; at = at.base) chain.push(at);
  return chain;
}

/** Tells whether something holds for a stage, or for one that it is built on; each is asked once. */
export function anyOfChain(holds: (stage: Stage) => boolean): (stage: Stage) => boolean {
  const known = new WeakMap<Stage, boolean>();
  return (stage) => {
    const unknown: Stage[] = [];
    let at: Stage | undefined = stage;
    for (; at !== undefined && !known.has(at); at = at.base) unknown.push(at);
    let isTrue = at !== undefined && known.get(at) === true;
    for (const each of unknown.reverse()) {
      isTrue ||= holds(each);
      known.set(each, isTrue);
    }
    return isTrue;
  };
}
