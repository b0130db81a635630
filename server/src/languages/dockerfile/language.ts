// The Dockerfile room's door: reads a file into subjects and turns changes into edits.
import type { Comment, Language, ReadFile, ReadRequest, SubjectGroup } from '../../engine/language.js';
import type { Instruction } from '../../model/dockerfile/instruction.js';
import { leading } from '../../text/leading.js';
import { lineStartAt } from '../../text/line-start.js';
import { once } from '../../text/once.js';
import type { Span } from '../../text/span.js';
import { addressOf } from './address.js';
import { skipBlanks, trimEnd } from './characters.js';
import { readDockerfile } from './dockerfile.js';
import { editsFor } from './edits/edits.js';
import { readLinks } from './links.js';
import { readModel } from './model.js';
import { type PartMemory, readParts } from './parts.js';
import { findProblems, isLongStep } from './problems.js';
import { type RawInstruction, type Split, splitDockerfile } from './split.js';
import { textsHolding } from './written-texts.js';

export const dockerfileLanguage: Language = { kind: 'dockerfile', read };

function read({ file, text, previous, hidden, target, shellFindings }: ReadRequest): ReadFile {
  const last = previous === undefined ? undefined : readings.get(previous);
  const isAlike = last?.request.hidden === hidden && last?.request.target === target;
  if (isAlike && last?.request.shellFindings === shellFindings && previous?.source.id === file) {
    if (previous.text === text) return previous;
  }
  const split = splitDockerfile(file, text);
  const model = readModel(split, hidden, target, shellFindings);
  const instructions = model.instructions.map((each) => each.instruction);
  // Not the last reading itself: each would hold the one before it.
  const lastMemory = last?.memory();
  const parts = once(() => readParts(split, model, hidden, lastMemory));
  // Whether all commands of a long step were read is a problem, and they are read only once with what the last reading knew.
  if (split.instructions.some(({ span }) => isLongStep(span))) parts();
  const reading: ReadFile = {
    source: { id: file, kind: 'dockerfile', problems: findProblems(split, model.instructions) },
    text,
    subjects: {
      stage: model.stages,
      instruction: instructions,
      image: model.images,
      dockerfile: [readDockerfile(split, model)],
      texts: [{ holding: (sign) => textsHolding(sign, split, model.instructions) }],
      get command() {
        return instructions.flatMap((instruction) => instruction.commands);
      },
    },
    links: () => readLinks(split, model),
    groups: {
      get stage() {
        const ofStages = parts().stages;
        return model.stages.flatMap((stage, index) => {
          const part = ofStages[index];
          return part === undefined ? [] : [{ part, members: () => [stage] }];
        });
      },
      get instruction() {
        return groupsOf(instructions, parts().instructions, (instruction) => [instruction]);
      },
      get command() {
        return groupsOf(instructions, parts().commands, ({ commands }) => commands);
      },
    },
    comments: () => split.comments,
    scopeBelow: (comment) => scopeBelow(split, comment),
    blockAt: (offset) => instructionAt(split, offset),
    lackingAt: () => undefined,
    annotations: () => [],
    addressOf: (offset) => addressOf(split, model, offset),
    edits: (change) => editsFor(split, change),
  };
  readings.set(reading, { request: { hidden, target, shellFindings }, memory: () => parts().memory });
  return reading;
}

/** What the next reading of a file takes from this one. */
const readings = new WeakMap<
  ReadFile,
  { readonly request: Pick<ReadRequest, 'hidden' | 'target' | 'shellFindings'>; readonly memory: () => PartMemory }
>();

function groupsOf<T>(
  instructions: readonly Instruction[],
  parts: readonly (object | undefined)[],
  membersOf: (instruction: Instruction) => readonly T[],
): readonly SubjectGroup<T>[] {
  return instructions.flatMap((instruction, index) => {
    const part = parts[index];
    return part === undefined ? [] : [{ part, members: () => membersOf(instruction) }];
  });
}

/** The next instruction; for a comment between the lines of one, its next line. */
function scopeBelow(split: Split, comment: Comment): Span | undefined {
  const instruction = firstEndingBehind(split, comment.span.start);
  if (instruction === undefined || instruction.span.start > comment.span.start) return instruction?.span;
  return lineBelow(split.text, comment.span.end, instruction.headEnd);
}

/** The instruction that begins on the line of an offset. */
function instructionAt(split: Split, offset: number): Span | undefined {
  const line = lineStartAt(split.text, offset);
  const span = firstEndingBehind(split, line)?.span;
  if (span === undefined || span.start < line) return undefined;
  const newline = split.text.indexOf('\n', line);
  return newline < 0 || span.start < newline ? span : undefined;
}

function firstEndingBehind(split: Split, offset: number): RawInstruction | undefined {
  return split.instructions[leading(split.instructions, ({ span }) => span.end <= offset)];
}

function lineBelow(text: string, from: number, limit: number): Span | undefined {
  for (let newline = text.indexOf('\n', from); newline >= 0 && newline < limit; ) {
    const next = text.indexOf('\n', newline + 1);
    const lineEnd = next < 0 ? text.length : next;
    const start = skipBlanks(text, newline + 1, lineEnd);
    if (start < lineEnd && text[start] !== '#') return { start, end: trimEnd(text, start, lineEnd) };
    newline = next;
  }
  return undefined;
}
