// A whole Dockerfile: what its stages, and rules that compare instructions, have in common.
import type { Place } from '../../text/span.js';
import type { Instruction } from './instruction.js';
import type { Stage } from './stage.js';

export interface Dockerfile {
  /** In the order of the file. */
  readonly stages: readonly Stage[];
  /** All of the file, those before the first FROM among them. */
  readonly instructions: readonly Instruction[];
  readonly directives: readonly Directive[];
  /** Whole-line comments outside of heredocs, directives among them. */
  readonly comments: readonly DockerfileComment[];
}

export interface Directive {
  readonly name: 'syntax' | 'escape' | 'check';
  /** The whole comment. */
  readonly at: Place;
  readonly value: string;
  readonly valueAt: Place;
}

export interface DockerfileComment {
  /** From its `#` to the end of its line. */
  readonly at: Place;
  /** Without `#` and the blanks around it. */
  readonly text: string;
  /** The instruction that begins on the next line, or on that behind the comments below it; undefined for one between the lines of an instruction. */
  readonly above: Instruction | undefined;
}
