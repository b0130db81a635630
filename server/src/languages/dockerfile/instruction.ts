// One instruction of a Dockerfile as the model sees it.
import type { Flag, FlagOption, Instruction, Stage } from '../../model/dockerfile.js';
import type { EnvironmentVariable } from '../../model/environment.js';
import { type Located, mapLocated, type Slot } from '../../model/located.js';
import { type ContainerUser, containerUser } from '../../model/user.js';
import type { MappedText } from '../../text/mapped-text.js';
import type { Place, Span } from '../../text/span.js';
import { expand, isLiteral, noVariables } from './expand.js';
import type { Interpreter } from './interpreter.js';
import type { Lookup } from './scope.js';
import type { DockerfileSlot, Target } from './slot.js';
import type { RawInstruction, Split } from './split.js';
import type { Escape, RawFlag, Statement } from './statement.js';
import { argumentSpans, isOldForm } from './words.js';

export interface ReadInstruction {
  readonly raw: RawInstruction;
  /** The instruction itself, or the trigger of ONBUILD. */
  readonly statement: Statement;
  readonly instruction: Instruction;
  /** What runs the shell form at this place. */
  readonly interpreter: Interpreter;
}

/** BuildKit itself resolves variables in the arguments of these. */
const expanding: ReadonlySet<string> = new Set([
  'ADD',
  'ARG',
  'COPY',
  'ENV',
  'EXPOSE',
  'FROM',
  'LABEL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

interface InstructionParts {
  readonly raw: RawInstruction;
  readonly statement: Statement;
  readonly stage: Stage | undefined;
  readonly onbuild: boolean;
  readonly lookup: Lookup;
  readonly interpreter: Interpreter;
}

export function makeInstruction(split: Split, parts: InstructionParts): ReadInstruction {
  const { raw, statement, interpreter } = parts;
  return { raw, statement, instruction: new LazyInstruction(split, parts), interpreter };
}

/**
 * Many files are read and few of their arguments looked at: what is dear is read when it is asked for. A class, since an
 * object with getters of its own takes kilobytes, and a file has hundreds of instructions.
 */
class LazyInstruction implements Instruction {
  readonly keyword: string;
  readonly keywordAt: Place;
  readonly at: Place;
  readonly slot: Slot;
  readonly stage: Stage | undefined;
  readonly onbuild: boolean;
  readonly form: Instruction['form'];
  readonly assignments: Instruction['assignments'];
  readonly user: Instruction['user'];
  readonly #split: Split;
  readonly #parts: InstructionParts;
  #arguments: Instruction['arguments'] | undefined;
  #flags: Instruction['flags'] | undefined;

  constructor(split: Split, parts: InstructionParts) {
    const { raw, statement, stage, onbuild, lookup } = parts;
    const { line, keyword } = statement;
    const { file } = split;
    this.#split = split;
    this.#parts = parts;
    this.keyword = keyword;
    this.keywordAt = placeOf(line, statement.keywordSpan);
    this.at = { file, span: { start: onbuild ? this.keywordAt.span.start : raw.span.start, end: raw.span.end } };
    this.slot = slotOf(split, raw, statement, { part: 'instruction' });
    this.stage = stage;
    this.onbuild = onbuild;
    this.form = statement.json?.onlyStrings === true ? 'json' : 'shell';
    this.assignments = keyword === 'ENV' || keyword === 'ARG' ? readAssignments(split, parts) : none;
    this.user = keyword === 'USER' ? readUser(split, raw, statement, lookup) : undefined;
  }

  get arguments(): Instruction['arguments'] {
    this.#arguments ??= readArguments(this.#split, this.#parts);
    return this.#arguments;
  }

  get heredocs(): readonly string[] {
    const { text } = this.#split;
    return this.#parts.raw.heredocs.map(({ body }) => text.slice(body.start, body.end));
  }

  get flags(): Instruction['flags'] {
    this.#flags ??= this.#parts.statement.flags.map((flag, index) => readFlag(this.#split, this.#parts, flag, index));
    return this.#flags;
  }
}

const none: readonly [] = [];

function readArguments(split: Split, { raw, statement, lookup }: InstructionParts): readonly Located<string>[] {
  const { line, json, escape, keyword } = statement;
  const variables = expanding.has(keyword);
  const offset = statement.subcommand === undefined ? 0 : 1;
  return argumentSpans(statement).map((span, index) => {
    const item = json?.items[index - offset];
    const value =
      item === undefined
        ? expandPart(line, span, variables ? escape : '\\', variables ? lookup : noVariables)
        : variables
          ? expand(item.value, escape, lookup)?.value
          : item.value.value;
    return located(value, placeOf(line, span), slotOf(split, raw, statement, { part: 'argument', index }));
  });
}

function readFlag(split: Split, { raw, statement, lookup }: InstructionParts, flag: RawFlag, index: number): Flag {
  const { line, escape } = statement;
  const at = placeOf(line, flag.span);
  const slot = slotOf(split, raw, statement, { part: 'flag', index });
  const optionSlot = slotOf(split, raw, statement, { part: 'none' });
  const valueIn = (source: MappedText | undefined, own: Slot): Located<string> =>
    source === undefined
      ? { kind: 'absent', at, slot: own }
      : located(expand(source, escape, lookup)?.value, source.place, own);
  const options: FlagOption[] =
    flag.name === 'mount' && flag.value !== undefined
      ? mountOptions(flag.value).map(({ name, value }) => ({ name, value: valueIn(value, optionSlot) }))
      : [];
  return { name: flag.name, at, value: valueIn(flag.value, slot), options };
}

/** The comma-separated options of `--mount`; commas in double quotes belong to a value. */
export function mountOptions(
  text: MappedText,
): readonly { readonly name: string; readonly value: MappedText | undefined }[] {
  const options: { readonly name: string; readonly value: MappedText | undefined }[] = [];
  const { value } = text;
  let start = 0;
  let quoted = false;
  for (let at = 0; at <= value.length; at++) {
    if (value[at] === '"') quoted = !quoted;
    if (at < value.length && (quoted || value[at] !== ',')) continue;
    const equals = value.slice(start, at).indexOf('=');
    const nameEnd = equals < 0 ? at : start + equals;
    options.push({
      name: value.slice(start, nameEnd).toLowerCase(),
      value: equals < 0 ? undefined : text.slice(nameEnd + 1, at),
    });
    start = at + 1;
  }
  return options;
}

function readUser(split: Split, raw: RawInstruction, statement: Statement, lookup: Lookup): Located<ContainerUser> {
  const { line, rest, escape } = statement;
  const isEmpty = rest.start >= rest.end;
  const at = placeOf(line, isEmpty ? statement.keywordSpan : rest);
  const slot = slotOf(split, raw, statement, { part: 'argument', index: 0 });
  if (isEmpty) return { kind: 'unknown', at, via: [], slot };
  return mapLocated(located(expandPart(line, rest, escape, lookup), at, slot), containerUser);
}

function readAssignments(split: Split, parts: InstructionParts): readonly EnvironmentVariable[] {
  const { raw, statement, lookup } = parts;
  const { line, escape } = statement;
  const spans = argumentSpans(statement);
  const make = (index: number, nameSpan: Span, valueSpan: Span | undefined): EnvironmentVariable => {
    const slot = slotOf(split, raw, statement, { part: 'assignment', index });
    const nameAt = placeOf(line, nameSpan);
    const name = expandPart(line, nameSpan, escape, lookup) ?? textOf(line, nameSpan);
    const rest = { name, nameAt, slot, externalise: undefined };
    if (valueSpan === undefined) return { ...rest, value: { kind: 'absent', at: nameAt, slot }, literal: true };
    const literal = expandPart(line, valueSpan, escape, noVariables);
    const value = literal ?? expandPart(line, valueSpan, escape, lookup);
    return { ...rest, value: located(value, placeOf(line, valueSpan), slot), literal: literal !== undefined };
  };
  if (isOldForm(statement, spans)) {
    const [name, value] = spans;
    return name === undefined ? [] : [make(0, name, value)];
  }
  return spans.map((span, index) => {
    const equals = textOf(line, span).indexOf('=');
    if (equals < 0) return make(index, span, undefined);
    const nameEnd = span.start + equals;
    return make(index, { start: span.start, end: nameEnd }, { start: nameEnd + 1, end: span.end });
  });
}

/** The value of a part of a line; most parts need no mapped text of their own. */
function expandPart(line: MappedText, span: Span, escape: Escape, lookup: Lookup): string | undefined {
  const text = textOf(line, span);
  return isLiteral(text) ? text : expand(line.slice(span.start, span.end), escape, lookup)?.value;
}

export function placeOf(line: MappedText, span: Span): Place {
  return line.part(span.start, span.end);
}

export function textOf(line: MappedText, span: Span): string {
  return line.value.slice(span.start, span.end);
}

export function slotOf(split: Split, raw: RawInstruction, statement: Statement, target: Target): DockerfileSlot {
  return { language: 'dockerfile', file: split.file, split, raw, statement, target };
}

function located(value: string | undefined, at: Place, slot: Slot): Located<string> {
  return value === undefined ? { kind: 'unknown', at, via: [], slot } : { kind: 'known', value, at, via: [], slot };
}
