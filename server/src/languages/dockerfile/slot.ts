// The addresses that this room gives to the fields it hands out.
import type { Slot } from '../../model/located.js';
import type { RawInstruction, Split } from './split.js';
import type { Statement } from './statement.js';

/** What of an instruction is meant; `index` counts from 0. */
export type Target =
  | { readonly part: 'instruction' }
  | { readonly part: 'argument' | 'assignment' | 'flag'; readonly index: number }
  /** Something that is not there, or that can only be changed by its place. */
  | { readonly part: 'none' };

export interface DockerfileSlot extends Slot {
  readonly language: 'dockerfile';
  /** The reading it belongs to: offsets of another one mean nothing. */
  readonly split: Split;
  readonly raw: RawInstruction;
  /** `raw.statement`, or the trigger in it. */
  readonly statement: Statement;
  readonly target: Target;
}

export function isDockerfileSlot(slot: Slot): slot is DockerfileSlot {
  return slot.language === 'dockerfile';
}
