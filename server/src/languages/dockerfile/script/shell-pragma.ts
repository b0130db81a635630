// `# hadolint shell=powershell`: the shell of a base image, which nothing else in the file tells.
import type { Comment } from '../../../engine/language.js';
import type { Interpreter } from '../../../model/dockerfile/instruction.js';
import { interpreterNamed } from './interpreter.js';

/** From here on, up to the next FROM or SHELL, this interpreter runs shell code. */
export interface ShellPragma {
  readonly at: number;
  readonly interpreter: Interpreter;
  /** As it is written. */
  readonly shell: string;
}

const pragma = /^#[ \t]*hadolint[ \t]+shell[ \t]*=[ \t]*([^\s#]+)/;

/** In the order of the text. A file that does not name hadolint costs one search. */
export function shellPragmasOf(text: string, comments: readonly Comment[]): readonly ShellPragma[] {
  if (!text.includes('hadolint')) return [];
  return comments.flatMap(({ span }): readonly ShellPragma[] => {
    const [, shell] = pragma.exec(text.slice(span.start, Math.min(span.end, span.start + 200))) ?? [];
    return shell === undefined ? [] : [{ at: span.start, interpreter: interpreterNamed(shell), shell }];
  });
}
