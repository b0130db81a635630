// The Dockerfile room's door: reads a file into subjects and turns changes into edits.
import type { Comment, Language, ReadFile, ReadRequest } from '../../engine/language.js';
import { leading } from '../../text/leading.js';
import { lineStartAt } from '../../text/line-start.js';
import type { Span } from '../../text/span.js';
import { addressOf } from './address.js';
import { skipBlanks, trimEnd } from './characters.js';
import { readCommands } from './commands.js';
import { editsFor } from './edits.js';
import { readModel } from './model.js';
import { findProblems } from './problems.js';
import { type RawInstruction, type Split, splitDockerfile } from './split.js';

export const dockerfileLanguage: Language = { kind: 'dockerfile', read };

function read({ file, text, previous, hidden }: ReadRequest): ReadFile {
  if (hidden === undefined && previous?.text === text && previous.source.id === file) return previous;
  const split = splitDockerfile(file, text);
  const model = readModel(split, hidden);
  return {
    source: { id: file, kind: 'dockerfile', problems: findProblems(split) },
    text,
    subjects: {
      stage: model.stages,
      instruction: model.instructions.map((each) => each.instruction),
      image: model.images,
      // Looked at once, by the rules. Kept, they would be the larger part of what a file leaves in memory.
      get command() {
        return readCommands(split, model);
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
