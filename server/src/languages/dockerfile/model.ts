// The instructions of a Dockerfile as the model sees them: stages, scopes, users, images.
import type { Flag, FlagOption, Instruction, Stage } from '../../model/dockerfile.js';
import type { EnvironmentVariable } from '../../model/environment.js';
import { type ImageRole, type ImageUse, parseImageReference } from '../../model/image-reference.js';
import { type Located, mapLocated, type Slot } from '../../model/located.js';
import { type ContainerUser, containerUser } from '../../model/user.js';
import type { MappedText } from '../../text/mapped-text.js';
import type { Place, Span } from '../../text/span.js';
import { expand, isLiteral, noVariables } from './expand.js';
import { type Interpreter, interpreterOf } from './interpreter.js';
import { declare, type Lookup, lookUp, makeScope, type Scope, type Variable } from './scope.js';
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

export interface DockerfileModel {
  readonly stages: readonly Stage[];
  readonly instructions: readonly ReadInstruction[];
  readonly images: readonly ImageUse[];
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

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** A stage while it is read. */
interface OpenStage {
  readonly stage: Draft<Stage>;
  readonly instructions: Instruction[];
  readonly scope: Scope;
  readonly from: ReadInstruction;
  interpreter: Interpreter;
}

interface Reader {
  readonly split: Split;
  readonly globals: Scope;
  readonly open: OpenStage[];
  readonly byName: Map<string, OpenStage>;
  readonly images: (ImageUse & { readonly stageName?: string })[];
}

export function readModel(split: Split): DockerfileModel {
  const reader: Reader = { split, globals: makeScope(undefined), open: [], byName: new Map(), images: [] };
  readSyntaxImage(reader);
  const instructions: ReadInstruction[] = [];
  for (const raw of split.instructions) {
    const { statement } = raw;
    const order = instructions.length;
    if (statement.keyword === 'FROM') instructions.push(openStage(reader, raw, order));
    else instructions.push(readInstruction(reader, raw, order));
  }
  const stages = reader.open.map((open) => open.stage);
  closeStage(reader);
  markFinal(stages);
  const images = reader.images
    .filter((use) => use.stageName === undefined || !namesStage(reader, use.stageName))
    .map(({ format, role, reference }) => ({ format, role, reference }));
  return { stages, instructions, images };
}

function readSyntaxImage(reader: Reader): void {
  const directive = reader.split.directives.find((each) => each.name === 'syntax');
  const first = reader.split.instructions[0];
  if (directive === undefined || first === undefined) return;
  const slot = slotOf(reader, first, first.statement, { part: 'none' });
  reader.images.push({
    format: 'dockerfile',
    role: 'syntax',
    reference: referenceOf(directive.value, directive.value.place, slot),
  });
}

function slotOf(reader: Reader, raw: RawInstruction, statement: Statement, target: Target): DockerfileSlot {
  return { language: 'dockerfile', file: reader.split.file, split: reader.split, raw, statement, target };
}

function located(value: string | undefined, at: Place, slot: Slot): Located<string> {
  return value === undefined ? { kind: 'unknown', at, via: [], slot } : { kind: 'known', value, at, via: [], slot };
}

/** Names of images have few characters; anything else is the mark of a template. */
function referenceOf(value: MappedText | undefined, at: Place, slot: Slot): ImageUse['reference'] {
  const reference = value === undefined || !/^[\w.\-/:@+]+$/.test(value.value) ? undefined : parseImageReference(value);
  return reference === undefined
    ? { kind: 'unknown', at, via: [], slot }
    : { kind: 'known', value: reference, at, via: [], slot };
}

function openStage(reader: Reader, raw: RawInstruction, order: number): ReadInstruction {
  closeStage(reader);
  const { statement } = raw;
  const { line } = statement;
  const spans = argumentSpans(statement);
  const [imageSpan, as, nameSpan] = spans;
  const name = as !== undefined && /^as$/i.test(textOf(line, as)) && nameSpan !== undefined ? nameSpan : undefined;
  const imageAt = placeOf(line, imageSpan ?? statement.keywordSpan);
  const nameAt = name === undefined ? imageAt : placeOf(line, name);
  const lookup = lookUp(reader.globals, order);
  const image =
    imageSpan === undefined ? undefined : expand(line.slice(imageSpan.start, imageSpan.end), statement.escape, lookup);
  const base = image === undefined ? undefined : reader.byName.get(image.value.toLowerCase());
  const platform = statement.flags.find((flag) => flag.name === 'platform')?.value;
  const os =
    base?.stage.os ?? osOf(reader, image?.value, platform && expand(platform, statement.escape, lookup)?.value);
  const instructions: Instruction[] = [];
  const stage: Draft<Stage> = {
    index: reader.open.length,
    name: name === undefined ? undefined : textOf(line, name),
    nameAt,
    base: base?.stage,
    final: false,
    inFinalChain: false,
    os,
    user: {
      kind: 'absent',
      at: nameAt,
      slot: slotOf(reader, raw, statement, { part: 'none' }),
    },
    instructions,
  };
  const interpreter = base?.interpreter ?? (os === 'windows' ? 'other' : 'shell');
  const from = makeInstruction(reader, { raw, statement, stage, onbuild: false, lookup, interpreter });
  instructions.push(from.instruction);
  const scope = makeScope(base?.scope);
  const open: OpenStage = { stage, instructions, scope, from, interpreter };
  reader.open.push(open);
  if (stage.name !== undefined) reader.byName.set(stage.name.toLowerCase(), open);
  if (imageSpan !== undefined && base === undefined && image?.value !== 'scratch') {
    const slot = slotOf(reader, raw, statement, { part: 'argument', index: 0 });
    reader.images.push({ format: 'dockerfile', role: 'base', reference: referenceOf(image, imageAt, slot) });
  }
  return from;
}

function osOf(reader: Reader, image: string | undefined, platform: string | undefined): Stage['os'] {
  if (platform !== undefined) return /^windows(?:\/|$)/i.test(platform) ? 'windows' : 'linux';
  if (reader.split.escape === '`') return 'windows';
  const isWindows =
    /(?:^|[/:-])(?:nanoserver|servercore|windowsservercore)|^mcr\.microsoft\.com\/windows|\/dotnet\/framework\//i;
  return image !== undefined && isWindows.test(image) ? 'windows' : 'linux';
}

/** The user in force at the end of the last stage, now that all of it has been read. */
function closeStage(reader: Reader): void {
  const open = reader.open.at(-1);
  if (open === undefined) return;
  const own = open.instructions.findLast((each) => each.user !== undefined && !each.onbuild)?.user;
  if (own !== undefined) open.stage.user = own;
  else if (open.stage.base !== undefined && open.stage.base.user.kind !== 'absent') {
    open.stage.user = open.stage.base.user;
  }
}

function markFinal(stages: readonly Draft<Stage>[]): void {
  const last = stages.at(-1);
  if (last === undefined) return;
  last.final = true;
  let next: Stage | undefined = last;
  while (next !== undefined) {
    const stage: Draft<Stage> | undefined = stages[next.index];
    if (stage !== undefined) stage.inFinalChain = true;
    next = next.base;
  }
}

/** Whether `--from` means a stage of this file. */
function namesStage(reader: Reader, name: string): boolean {
  return /^\d+$/.test(name) || name.toLowerCase() === 'scratch' || reader.byName.has(name.toLowerCase());
}

function readInstruction(reader: Reader, raw: RawInstruction, order: number): ReadInstruction {
  const open = reader.open.at(-1);
  const statement = raw.statement.trigger ?? raw.statement;
  const onbuild = raw.statement.trigger !== undefined;
  const lookup = lookUp(open?.scope ?? reader.globals, order);
  const stage = open?.stage;
  const interpreter = open?.interpreter ?? 'shell';
  const read = makeInstruction(reader, { raw, statement, stage, onbuild, lookup, interpreter });
  open?.instructions.push(read.instruction);
  if (!onbuild) {
    declareVariables(reader, open, read.instruction, order);
    if (statement.keyword === 'SHELL' && open !== undefined) open.interpreter = interpreterOf(statement);
  }
  collectImages(reader, read);
  return read;
}

function declareVariables(reader: Reader, open: OpenStage | undefined, instruction: Instruction, order: number): void {
  const scope = open?.scope ?? reader.globals;
  for (const { name, value } of instruction.assignments) {
    if (instruction.keyword === 'ENV') declare(scope.env, name, order, variableOf(value));
    else if (value.kind !== 'absent') declare(scope.args, name, order, variableOf(value));
    else {
      const global: Variable = open === undefined ? { kind: 'unset' } : lookUp(reader.globals, order)(name);
      // A second `ARG NAME` takes nothing away from the first one.
      if (global.kind === 'set' || !scope.args.has(name)) {
        declare(scope.args, name, order, global.kind === 'undeclared' ? { kind: 'unset' } : global);
      }
    }
  }
}

function variableOf(value: Located<string>): Variable {
  return value.kind === 'known' ? { kind: 'set', value: value.value } : { kind: 'unknown' };
}

function collectImages(reader: Reader, { raw, statement, instruction }: ReadInstruction): void {
  const { keyword, flags } = statement;
  if (flags.length === 0 || (keyword !== 'COPY' && keyword !== 'RUN')) return;
  const use = (role: ImageRole, value: MappedText, index: number): void => {
    // Neither of the two takes variables, and what a trigger means by a bare name is known only where it is pulled.
    const isKnown = !value.value.includes('$') && (!instruction.onbuild || /[/:@]/.test(value.value));
    const slot = slotOf(reader, raw, statement, role === 'copy-source' ? { part: 'flag', index } : { part: 'none' });
    const reference = referenceOf(isKnown ? value : undefined, value.place, slot);
    reader.images.push({ format: 'dockerfile', role, reference, stageName: value.value });
  };
  flags.forEach((flag, index) => {
    if (flag.value === undefined || flag.value.value === '') return;
    if (keyword === 'COPY' && flag.name === 'from') use('copy-source', flag.value, index);
    if (keyword !== 'RUN' || flag.name !== 'mount') return;
    const from = mountOptions(flag.value).find((option) => option.name === 'from')?.value;
    if (from !== undefined && from.value !== '') use('mount-source', from, index);
  });
}

interface InstructionParts {
  readonly raw: RawInstruction;
  readonly statement: Statement;
  readonly stage: Stage | undefined;
  readonly onbuild: boolean;
  readonly lookup: Lookup;
  readonly interpreter: Interpreter;
}

function makeInstruction(reader: Reader, parts: InstructionParts): ReadInstruction {
  const { raw, statement, stage, onbuild, lookup, interpreter } = parts;
  const { line, keyword } = statement;
  const { file } = reader.split;
  const keywordAt = placeOf(line, statement.keywordSpan);
  const args = once(() => readArguments(reader, parts));
  const flags = once(() => statement.flags.map((flag, index) => readFlag(reader, parts, flag, index)));
  const instruction: Instruction = {
    keyword,
    keywordAt,
    at: { file, span: { start: onbuild ? keywordAt.span.start : raw.span.start, end: raw.span.end } },
    slot: slotOf(reader, raw, statement, { part: 'instruction' }),
    stage,
    onbuild,
    get arguments() {
      return args();
    },
    form: statement.json?.onlyStrings === true ? 'json' : 'shell',
    get heredocs() {
      return raw.heredocs.map(({ body }) => reader.split.text.slice(body.start, body.end));
    },
    get flags() {
      return flags();
    },
    assignments: keyword === 'ENV' || keyword === 'ARG' ? readAssignments(reader, parts) : [],
    user: keyword === 'USER' ? readUser(reader, raw, statement, lookup) : undefined,
  };
  return { raw, statement, instruction, interpreter };
}

/** Many files are read and few of their arguments looked at. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function readArguments(reader: Reader, { raw, statement, lookup }: InstructionParts): readonly Located<string>[] {
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
    return located(value, placeOf(line, span), slotOf(reader, raw, statement, { part: 'argument', index }));
  });
}

function readFlag(reader: Reader, { raw, statement, lookup }: InstructionParts, flag: RawFlag, index: number): Flag {
  const { line, escape } = statement;
  const at = placeOf(line, flag.span);
  const slot = slotOf(reader, raw, statement, { part: 'flag', index });
  const optionSlot = slotOf(reader, raw, statement, { part: 'none' });
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
function mountOptions(text: MappedText): readonly { readonly name: string; readonly value: MappedText | undefined }[] {
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

function readUser(reader: Reader, raw: RawInstruction, statement: Statement, lookup: Lookup): Located<ContainerUser> {
  const { line, rest, escape } = statement;
  const isEmpty = rest.start >= rest.end;
  const at = placeOf(line, isEmpty ? statement.keywordSpan : rest);
  const slot = slotOf(reader, raw, statement, { part: 'argument', index: 0 });
  if (isEmpty) return { kind: 'unknown', at, via: [], slot };
  return mapLocated(located(expandPart(line, rest, escape, lookup), at, slot), containerUser);
}

function readAssignments(reader: Reader, parts: InstructionParts): readonly EnvironmentVariable[] {
  const { raw, statement, lookup } = parts;
  const { line, escape } = statement;
  const spans = argumentSpans(statement);
  const make = (index: number, nameSpan: Span, valueSpan: Span | undefined): EnvironmentVariable => {
    const slot = slotOf(reader, raw, statement, { part: 'assignment', index });
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

function placeOf(line: MappedText, span: Span): Place {
  return line.part(span.start, span.end);
}

function textOf(line: MappedText, span: Span): string {
  return line.value.slice(span.start, span.end);
}
