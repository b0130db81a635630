// The instructions of a Dockerfile as the model sees them: stages, scopes, users, images.
import type { Instruction, Stage } from '../../model/dockerfile.js';
import { type ImageRole, type ImageUse, parseImageReference } from '../../model/image-reference.js';
import type { Located, Slot } from '../../model/located.js';
import type { MappedText } from '../../text/mapped-text.js';
import type { Place } from '../../text/span.js';
import { expand } from './expand.js';
import { makeInstruction, mountOptions, placeOf, type ReadInstruction, slotOf, textOf } from './instruction.js';
import { type Interpreter, interpreterOf } from './interpreter.js';
import { declare, lookUp, makeScope, type Scope, type Variable } from './scope.js';
import type { RawInstruction, Split } from './split.js';
import { argumentSpans } from './words.js';

export interface DockerfileModel {
  readonly stages: readonly Stage[];
  readonly instructions: readonly ReadInstruction[];
  readonly images: readonly ImageUse[];
}

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

/** `hidden`: the variables of which nothing is known. */
export function readModel(split: Split, hidden: ReadonlySet<string> = new Set()): DockerfileModel {
  const globals = makeScope(undefined, hidden);
  const reader: Reader = { split, globals, open: [], byName: new Map(), images: [] };
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
  const slot = slotOf(reader.split, first, first.statement, { part: 'none' });
  reader.images.push({
    format: 'dockerfile',
    role: 'syntax',
    reference: referenceOf(directive.value, directive.value.place, slot),
  });
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
      slot: slotOf(reader.split, raw, statement, { part: 'none' }),
    },
    instructions,
  };
  const interpreter = base?.interpreter ?? (os === 'windows' ? 'other' : 'shell');
  const from = makeInstruction(reader.split, { raw, statement, stage, onbuild: false, lookup, interpreter });
  instructions.push(from.instruction);
  const scope = makeScope(base?.scope, reader.globals.hidden);
  const open: OpenStage = { stage, instructions, scope, from, interpreter };
  reader.open.push(open);
  if (stage.name !== undefined) reader.byName.set(stage.name.toLowerCase(), open);
  if (imageSpan !== undefined && base === undefined && image?.value !== 'scratch') {
    const slot = slotOf(reader.split, raw, statement, { part: 'argument', index: 0 });
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
  const read = makeInstruction(reader.split, { raw, statement, stage, onbuild, lookup, interpreter });
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
    const slot = slotOf(
      reader.split,
      raw,
      statement,
      role === 'copy-source' ? { part: 'flag', index } : { part: 'none' },
    );
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
