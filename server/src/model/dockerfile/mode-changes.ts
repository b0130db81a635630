// The modes that an instruction gives to files: in the commands of RUN, and in the flag of COPY and ADD.
import { type ModeChange, modeChangesOf, parseFileMode } from '../file-mode.js';
import { valueOf } from '../located.js';
import type { Instruction } from './instruction.js';

/** All of them, in the order of the text. */
export function modeChangesIn(instruction: Instruction): readonly ModeChange[] {
  switch (instruction.keyword) {
    case 'RUN':
      return instruction.commands.flatMap(modeChangesOf);
    case 'ADD':
    case 'COPY':
      return ofFlags(instruction);
    default:
      return [];
  }
}

function ofFlags({ flags, arguments: words }: Instruction): readonly ModeChange[] {
  return flags.flatMap(({ name, value }) => {
    if (name !== 'chmod' || value.kind !== 'known') return [];
    const mode = parseFileMode(value.value);
    if (mode === undefined) return [];
    const target = words.at(-1);
    const paths = target === undefined ? [] : [valueOf(target)];
    return [{ mode, text: value.value, at: value.at, makesDirectory: false, paths }];
  });
}
