// Reads Dockerfile texts for the tests of this folder and writes down what was found, with the text under each place.
import type { ReadFile } from '../../../src/engine/language.js';
import { dockerfileLanguage } from '../../../src/languages/dockerfile/language.js';
import type { Change } from '../../../src/model/change.js';
import type { Instruction } from '../../../src/model/dockerfile/instruction.js';
import type { Stage } from '../../../src/model/dockerfile/stage.js';
import type { ImageUse } from '../../../src/model/image-reference.js';
import type { Located } from '../../../src/model/located.js';
import type { ShellCommand } from '../../../src/model/shell-command.js';
import { applyEdits } from '../../../src/text/edit.js';
import type { Place } from '../../../src/text/span.js';

export interface Reading {
  readonly file: ReadFile;
  readonly stages: readonly Stage[];
  readonly instructions: readonly Instruction[];
  readonly images: readonly ImageUse[];
  readonly commands: readonly ShellCommand[];
  under(place: Place): string;
  /** `value@text under it`, or the kind in place of the value. */
  show(field: Located<unknown>): string;
  /** The text after a change; undefined where it cannot be made. */
  change(change: Change): string | undefined;
}

export function read(text: string, previous?: ReadFile, target?: string): Reading {
  const file = dockerfileLanguage.read({
    file: 'Dockerfile',
    text,
    mode: 'open',
    kubernetesMinor: 33,
    previous,
    target,
  });
  const under = ({ span }: Place): string => text.slice(span.start, span.end);
  return {
    file,
    stages: file.subjects.stage ?? [],
    instructions: file.subjects.instruction ?? [],
    images: file.subjects.image ?? [],
    commands: file.subjects.command ?? [],
    under,
    show: (field) => `${field.kind === 'known' ? textOf(field.value) : field.kind}@${under(field.at)}`,
    change: (change) => {
      const edits = file.edits(change);
      return edits && applyEdits(text, edits);
    },
  };
}

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'text' in value ? String(value.text) : String(value);
}

/** The instruction with this keyword that stands first. */
export function first(reading: Reading, keyword: string): Instruction {
  const found = reading.instructions.find((instruction) => instruction.keyword === keyword);
  if (found === undefined) throw new Error(`There is no ${keyword}.`);
  return found;
}

export function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
