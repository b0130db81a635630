// The instructions of a Dockerfile as the model sees them: stages, scopes, users, images.
import type { Instruction } from '../../model/dockerfile/instruction.js';
import { imageNameOf, isImageName } from '../../model/dockerfile/official-images.js';
import type { ShellFindings } from '../../model/dockerfile/shell-script.js';
import type { Stage } from '../../model/dockerfile/stage.js';
import { type ImageRole, type ImageUse, parseImageReference } from '../../model/image-reference.js';
import type { Located, Slot } from '../../model/located.js';
import type { MappedText } from '../../text/mapped-text.js';
import type { Place } from '../../text/span.js';
import { makeInstruction, placeOf, type ReadInstruction, type Situation, slotOf, textOf } from './instruction.js';
import { interpreterOf } from './script/interpreter.js';
import { shellPragmasOf } from './script/shell-pragma.js';
import type { RawInstruction, Split } from './split.js';
import { type StageIndex, sourcesOf } from './stage-references.js';
import { type DraftStage, markTarget } from './target.js';
import { expand } from './variables/expand.js';
import { declare, lookUp, makeScope, type Scope, type Variable } from './variables/scope.js';
import { argumentSpans } from './words.js';
import { workdirBehind } from './workdir.js';

export interface DockerfileModel {
  readonly stages: readonly Stage[];
  readonly instructions: readonly ReadInstruction[];
  readonly images: readonly ImageUse[];
}

/** A stage while it is read. */
interface OpenStage {
  readonly stage: DraftStage;
  readonly instructions: Instruction[];
  readonly scope: Scope;
  /** What ONBUILD has a stage do that is built on this one. */
  readonly triggers: ReadInstruction[];
  situation: Situation;
}

interface Reader {
  readonly split: Split;
  readonly globals: Scope;
  readonly open: OpenStage[];
  readonly byName: Map<string, OpenStage>;
  readonly index: StageIndex & { readonly stages: Stage[]; readonly byName: Map<string, Stage> };
  readonly shellFindings: ShellFindings | undefined;
  readonly images: (ImageUse & { readonly stageName?: string })[];
  /** The names of the images that stages are built on. */
  readonly builtOn: Set<string>;
}

/** `hidden`: the variables of which nothing is known. `target`: the stage that is built, the last one if undefined. */
export function readModel(
  split: Split,
  hidden: ReadonlySet<string> = new Set(),
  target: string | undefined = undefined,
  shellFindings: ShellFindings | undefined = undefined,
): DockerfileModel {
  const globals = makeScope(undefined, hidden);
  const index = { stages: [], byName: new Map() };
  const reader: Reader = {
    split,
    globals,
    open: [],
    byName: new Map(),
    index,
    shellFindings,
    images: [],
    builtOn: new Set(),
  };
  readSyntaxImage(reader);
  const instructions: ReadInstruction[] = [];
  const pragmas = shellPragmasOf(split.text, split.comments);
  let told = 0;
  for (const raw of split.instructions) {
    const { statement } = raw;
    for (let next = pragmas[told]; next !== undefined && next.at < raw.span.start; next = pragmas[++told]) {
      const open = reader.open.at(-1);
      if (open !== undefined)
        open.situation = { ...open.situation, interpreter: next.interpreter, toldShell: next.shell };
    }
    const order = instructions.length;
    if (statement.keyword === 'FROM') instructions.push(openStage(reader, raw, order));
    else instructions.push(readInstruction(reader, raw, order));
  }
  closeStage(reader);
  const stages = reader.open.map((open) => open.stage);
  markTarget(stages, instructions, reader.index, target);
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
  const isScratch = image?.value === 'scratch';
  const slot = slotOf(reader.split, raw, statement, { part: 'argument', index: 0 });
  const none = { kind: 'absent', at: nameAt, slot: slotOf(reader.split, raw, statement, { part: 'none' }) } as const;
  const isOutside = imageSpan !== undefined && base === undefined && !isScratch;
  const outside: Stage['image'] = isOutside ? referenceOf(image, imageAt, slot) : { kind: 'absent', at: imageAt, slot };
  const draft: Omit<DraftStage, 'from'> = {
    index: reader.open.length,
    name: name === undefined ? undefined : textOf(line, name),
    nameAt,
    base: base?.stage,
    image: outside,
    bottomImage: base?.stage.bottomImage ?? outside,
    defaultImage:
      image?.value ??
      (imageSpan === undefined
        ? undefined
        : expand(line.slice(imageSpan.start, imageSpan.end), statement.escape, lookup, 'empty')?.value),
    isFromScratch: base?.stage.isFromScratch ?? isScratch,
    final: false,
    inFinalChain: false,
    isNeeded: false,
    os,
    user: none,
    workdir: none,
    command: undefined,
    entrypoint: undefined,
    healthcheck: undefined,
    shell: undefined,
    instructions,
  };
  // A stage and its FROM know each other.
  const stage = draft as DraftStage;
  const situation: Situation = {
    interpreter: base?.situation.interpreter ?? (os === 'windows' ? 'cmd' : 'shell'),
    runsAs: base === undefined || base.situation.runsAs.kind === 'absent' ? none : base.situation.runsAs,
    workdir: base === undefined || base.situation.workdir.kind === 'absent' ? none : base.situation.workdir,
    shell: base?.situation.shell,
  };
  const { index, globals: scope, shellFindings } = reader;
  const from = makeInstruction(reader.split, {
    raw,
    statement,
    stage,
    onbuild: false,
    scope,
    order,
    situation,
    index,
    shellFindings,
  });
  stage.from = from.instruction;
  instructions.push(from.instruction);
  const open: OpenStage = {
    stage,
    instructions,
    scope: makeScope(base?.scope, reader.globals.hidden),
    triggers: [],
    situation,
  };
  for (const trigger of base?.triggers ?? []) {
    declareVariables(reader, open, trigger.instruction, order);
    open.situation = situationBehind(open, trigger);
  }
  reader.open.push(open);
  index.stages.push(stage);
  const imageName = imageNameOf(stage);
  if (imageName !== undefined) reader.builtOn.add(imageName);
  if (stage.name !== undefined) {
    reader.byName.set(stage.name.toLowerCase(), open);
    index.byName.set(stage.name.toLowerCase(), stage);
  }
  if (isOutside) reader.images.push({ format: 'dockerfile', role: 'base', reference: stage.image });
  return from;
}

function osOf(reader: Reader, image: string | undefined, platform: string | undefined): Stage['os'] {
  if (platform !== undefined) return /^windows(?:\/|$)/i.test(platform) ? 'windows' : 'linux';
  if (reader.split.escape === '`') return 'windows';
  const isWindows =
    /(?:^|[/:-])(?:nanoserver|servercore|windowsservercore)|^mcr\.microsoft\.com\/windows|\/dotnet\/framework\//i;
  return image !== undefined && isWindows.test(image) ? 'windows' : 'linux';
}

/** What is in force at the end of the last stage, now that all of it has been read. */
function closeStage(reader: Reader): void {
  const open = reader.open.at(-1);
  if (open === undefined) return;
  const { stage, situation } = open;
  stage.user = situation.runsAs;
  stage.workdir = situation.workdir;
  stage.shell = situation.shell;
  const last = (keyword: string): Instruction | undefined =>
    open.instructions.findLast((each) => each.keyword === keyword && !each.onbuild);
  const [entrypoint, command] = [last('ENTRYPOINT'), last('CMD')];
  stage.entrypoint = entrypoint ?? stage.base?.entrypoint;
  // An entrypoint of its own takes the command of the stage below away.
  stage.command = command ?? (entrypoint === undefined ? stage.base?.command : undefined);
  stage.healthcheck = last('HEALTHCHECK') ?? stage.base?.healthcheck;
}

/** Whether `--from` means a stage of this file. */
function namesStage(reader: Reader, name: string): boolean {
  return /^\d+$/.test(name) || name.toLowerCase() === 'scratch' || reader.byName.has(name.toLowerCase());
}

function readInstruction(reader: Reader, raw: RawInstruction, order: number): ReadInstruction {
  const { split, globals, index, shellFindings } = reader;
  const open = reader.open.at(-1);
  const statement = raw.statement.trigger ?? raw.statement;
  const onbuild = raw.statement.trigger !== undefined;
  const situation = open?.situation ?? outsideOf(split, raw);
  const scope = open?.scope ?? globals;
  const stage = open?.stage;
  const parts = { raw, statement, stage, onbuild, scope, order, situation, index, shellFindings };
  const read = makeInstruction(split, parts);
  open?.instructions.push(read.instruction);
  if (!onbuild) {
    declareVariables(reader, open, read.instruction, order);
    if (open !== undefined) open.situation = situationBehind(open, read);
  } else open?.triggers.push(read);
  collectImages(reader, read);
  return read;
}

/** In front of the first FROM. */
function outsideOf(split: Split, raw: RawInstruction): Situation {
  const at = placeOf(raw.statement.line, raw.statement.keywordSpan);
  const none = { kind: 'absent', at, slot: slotOf(split, raw, raw.statement, { part: 'none' }) } as const;
  return { interpreter: 'shell', runsAs: none, workdir: none, shell: undefined };
}

function situationBehind({ situation, stage }: OpenStage, { instruction, statement }: ReadInstruction): Situation {
  switch (statement.keyword) {
    case 'USER':
      return instruction.user === undefined ? situation : { ...situation, runsAs: instruction.user };
    case 'WORKDIR':
      return { ...situation, workdir: workdirBehind(instruction, situation.workdir, stage) };
    case 'SHELL':
      return { ...situation, interpreter: interpreterOf(statement), toldShell: undefined, shell: instruction };
    default:
      return situation;
  }
}

function declareVariables(reader: Reader, open: OpenStage | undefined, instruction: Instruction, order: number): void {
  const { keyword } = instruction;
  if (keyword !== 'ENV' && keyword !== 'ARG') return;
  const scope = open?.scope ?? reader.globals;
  for (const { name, nameAt, value } of instruction.assignments) {
    if (keyword === 'ENV') declare(scope.env, name, order, variableOf(value, nameAt));
    else if (value.kind !== 'absent') declare(scope.args, name, order, variableOf(value, nameAt));
    else {
      const unset: Variable = { kind: 'unset', at: nameAt };
      const global: Variable = open === undefined ? unset : lookUp(reader.globals, order)(name);
      // A second `ARG NAME` takes nothing away from the first one.
      if (global.kind === 'set' || !scope.args.has(name)) {
        declare(scope.args, name, order, global.kind === 'undeclared' ? unset : global);
      }
    }
  }
}

function variableOf(value: Located<string>, at: Place): Variable {
  return value.kind === 'known' ? { kind: 'set', value: value.value, at } : { kind: 'unknown', at };
}

function collectImages(reader: Reader, { raw, statement, instruction }: ReadInstruction): void {
  for (const { by, value, index } of sourcesOf(statement)) {
    const role: ImageRole = by === 'copy' ? 'copy-source' : 'mount-source';
    // Neither of the two takes variables. What a trigger means by a bare word is known only where it is pulled.
    const isKnown = /[/:@.]/.test(value.value)
      ? !value.value.includes('$')
      : !instruction.onbuild && isImageName(value.value, reader.builtOn);
    const slot = slotOf(reader.split, raw, statement, by === 'copy' ? { part: 'flag', index } : { part: 'none' });
    const reference = referenceOf(isKnown ? value : undefined, value.place, slot);
    reader.images.push({ format: 'dockerfile', role, reference, stageName: value.value });
  }
}
