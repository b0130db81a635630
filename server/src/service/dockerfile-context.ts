// What an image, a user, a variable or a stage of a Dockerfile comes to, and where that is decided.
import type { ReadFile } from '../engine/language.js';
import type { Dockerfile } from '../model/dockerfile/dockerfile.js';
import type { Instruction, StageReference, VariableUse } from '../model/dockerfile/instruction.js';
import { chainOf, type Stage } from '../model/dockerfile/stage.js';
import type { ImageReference } from '../model/image-reference.js';
import type { Located } from '../model/located.js';
import { type ContainerUser, isRoot } from '../model/user.js';
import type { Place, Span } from '../text/span.js';
import type { Linted } from './lint-text.js';
import { literal, type ShownValue } from './shown-value.js';

export type DockerfileContext = { readonly at: Span } & (
  | {
      readonly kind: 'stage';
      readonly stage: Stage;
      /** Whether no stage is known to be what is built: an instruction that is not ended takes the rest of the file. */
      readonly isCutOff: boolean;
      readonly values: readonly StageValue[];
      readonly notSet: readonly string[];
    }
  | { readonly kind: 'image'; readonly image: ImageReference | undefined; readonly variables: readonly ToldVariable[] }
  | { readonly kind: 'user'; readonly user: ContainerUser | undefined; readonly variables: readonly ToldVariable[] }
  | { readonly kind: 'variable'; readonly variable: ToldVariable }
);

/** A variable with what decides about it. */
export interface ToldVariable {
  readonly use: VariableUse;
  /**
   * What sets it: ARG or ENV; the builder, `undeclared-builder` where a stage would have to declare it first; the base
   * image, if anything; or nothing. `argOfFrom`: an ARG in front of the first FROM, which the stage does not declare.
   * `argBelow`: an ARG of a stage that this one is built on. `trigger`: the build in which ONBUILD runs.
   */
  readonly setBy:
    | 'arg'
    | 'env'
    | 'builder'
    | 'undeclared-builder'
    | 'base'
    | 'nothing'
    | 'argOfFrom'
    | 'argBelow'
    | 'trigger';
  /** Where that is said; undefined where nothing says it, or what is pointed at does. */
  readonly line: StageLine | undefined;
}

/** What is in force at the end of a stage. */
export interface StageValue {
  readonly field: string;
  /** Undefined where it cannot be told. */
  readonly value: ShownValue | undefined;
  /** The lines that say so. */
  readonly from: readonly StageLine[];
}

export interface StageLine {
  readonly at: Place;
  /** The stage that it is in, where that is another one. */
  readonly of: Stage | undefined;
}

/** A Dockerfile, or one inside of another file, and where something stands in it. */
export interface DockerfileSpot {
  readonly file: ReadFile;
  readonly offset: number;
  /** From the Dockerfile to the file that it stands in. */
  spanOf(span: Span): Span;
}

/** The Dockerfile that an offset of a file is in. */
export function dockerfileAt({ file, inside = [] }: Linted, offset: number): DockerfileSpot | undefined {
  if (file.source.kind === 'dockerfile') return { file, offset, spanOf: (span) => span };
  for (const { text, read } of inside) {
    const own = text.offsetOf(offset);
    if (own !== undefined) return { file: read, offset: own, spanOf: ({ start, end }) => text.part(start, end).span };
  }
  return undefined;
}

/** What can be said of what stands there; undefined where nothing can. */
export function dockerfileContextAt({ file, offset }: DockerfileSpot): DockerfileContext | undefined {
  const found = instructionAt(file, offset);
  if (found === undefined) return undefined;
  const { instruction } = found;
  return (
    variableAt(found, offset, ({ nameAt }) => nameAt) ??
    stageAt(instruction, offset, isCutOff(file)) ??
    imageAt(file, found, offset) ??
    userAt(found, offset) ??
    variableAt(found, offset, ({ at }) => at)
  );
}

/** Where a stage or a variable that is named there is written first; undefined for anything else. */
export function definitionAt({ file, offset }: DockerfileSpot): Place | undefined {
  const found = instructionAt(file, offset);
  if (found === undefined) return undefined;
  const use = useAt(found.instruction, offset, fromDollar);
  if (use !== undefined) return told(found, use).line?.at ?? use.setAt;
  return namedStageAt(found.instruction, offset)?.nameAt;
}

/** Where a stage or a variable is written first, and all places that mean it. */
export interface References {
  readonly declaration: Place;
  /** Without the declaration, in the order of the file. */
  readonly uses: readonly Place[];
}

/** Those of what is named there; undefined for anything else, and for a variable that the file does not set. */
export function referencesAt({ file, offset }: DockerfileSpot): References | undefined {
  const found = instructionAt(file, offset);
  if (found === undefined) return undefined;
  const { instructions } = found.dockerfile;
  const use = useAt(found.instruction, offset, fromDollar);
  if (use === undefined) {
    const stage = namedStageAt(found.instruction, offset);
    const references = instructions.flatMap(({ stageReferences }) => stageReferences);
    return (
      stage && {
        declaration: stage.nameAt,
        uses: references.filter((each) => each.stage === stage).map(({ at }) => at),
      }
    );
  }
  const { setAt } = use;
  const isSame = (each: VariableUse) => each.name === use.name && each.setAt?.span.start === setAt?.span.start;
  const isDeclaration = (each: VariableUse) => each.nameAt.span.start === setAt?.span.start;
  const uses = instructions.flatMap(allUsesIn).filter((each) => isSame(each) && !isDeclaration(each));
  const places = uses.map(({ nameAt }) => nameAt).toSorted((one, other) => one.span.start - other.span.start);
  return setAt && { declaration: setAt, uses: places };
}

/** With its dollar sign. */
function fromDollar({ at, nameAt }: VariableUse): Place {
  return { ...nameAt, span: { start: at.span.start, end: nameAt.span.end } };
}

/** The stage that is named at an offset, by its own FROM or elsewhere. */
function namedStageAt(instruction: Instruction, offset: number): Stage | undefined {
  const { keyword, stage } = instruction;
  const isOwn = keyword === 'FROM' && stage?.name !== undefined && holds(stage.nameAt, offset);
  return isOwn ? stage : referenceAt(instruction, offset)?.stage;
}

interface FoundInstruction {
  readonly dockerfile: Dockerfile;
  readonly instruction: Instruction;
}

function instructionAt({ subjects }: ReadFile, offset: number): FoundInstruction | undefined {
  const [dockerfile] = subjects.dockerfile ?? [];
  const instruction = dockerfile?.instructions.find(({ at }) => holds(at, offset));
  return dockerfile && instruction && { dockerfile, instruction };
}

function variableAt(
  found: FoundInstruction,
  offset: number,
  partOf: (use: VariableUse) => Place,
): DockerfileContext | undefined {
  const use = useAt(found.instruction, offset, partOf);
  if (use === undefined) return undefined;
  const isDeclaration = use.setAt?.span.start === use.at.span.start;
  if (isDeclaration && isPlain(found.instruction, use)) return undefined;
  return { kind: 'variable', at: use.at.span, variable: told(found, use) };
}

function useAt(instruction: Instruction, offset: number, partOf: (use: VariableUse) => Place): VariableUse | undefined {
  // The innermost one: a default may use variables, too.
  return allUsesIn(instruction).findLast((each) => holds(partOf(each), offset));
}

function allUsesIn(instruction: Instruction): readonly VariableUse[] {
  return [...usesIn(instruction), ...instruction.textVariables, ...instruction.declared];
}

/** Without those in `--from`, where the builder takes none. */
function usesIn({ variables, flags }: Instruction): readonly VariableUse[] {
  const from = flags.find(({ name }) => name === 'from');
  return from === undefined ? variables : variables.filter(({ at }) => !isInside(at.span, from.at.span));
}

/** Whether the declaration of a variable says all there is to say. */
function isPlain({ keyword, assignments }: Instruction, { nameAt, state }: VariableUse): boolean {
  const own = assignments.find((pair) => pair.nameAt.span.start === nameAt.span.start);
  if (own === undefined || own.value.kind === 'absent') return keyword !== 'ARG';
  return own.literal || state !== 'set';
}

/** Of those that are written alike the first. */
function toldOnce(found: FoundInstruction, uses: readonly VariableUse[]): readonly ToldVariable[] {
  const first = new Map<string, VariableUse>();
  for (const use of uses) {
    const key = `${use.name}${use.operator ?? ''}${use.operand?.text ?? ''}`;
    if (!first.has(key)) first.set(key, use);
  }
  return [...first.values()].map((use) => told(found, use));
}

function told({ dockerfile, instruction }: FoundInstruction, use: VariableUse): ToldVariable {
  const { name, setAt, state } = use;
  // FROM sees what stands in front of all stages.
  const stage = instruction.keyword === 'FROM' ? undefined : instruction.stage;
  const setter = setAt && dockerfile.instructions.find((each) => isInside(setAt.span, each.at.span));
  const lineOf = (at: Place, of: Stage | undefined): StageLine | undefined =>
    at.span.start === use.at.span.start ? undefined : { at, of: of === stage ? undefined : of };
  const line = setAt && lineOf(setAt, setter?.stage);
  if (setter?.keyword === 'ENV') return { use, setBy: 'env', line };
  if (instruction.onbuild) return { use, setBy: 'trigger', line: undefined };
  const hasDefault = setter?.assignments.some((pair) => pair.name === name && pair.value.kind !== 'absent') === true;
  if (state === 'builtin' && !hasDefault) {
    return { use, setBy: stage !== undefined && setAt === undefined ? 'undeclared-builder' : 'builder', line };
  }
  const below = state === 'unknown' && stage !== undefined ? argBelow(stage, name) : undefined;
  if (below !== undefined) return { use, setBy: 'argBelow', line: below };
  if (state !== 'undeclared') return { use, setBy: 'arg', line };
  const ofFrom =
    stage &&
    argNamed(
      name,
      dockerfile.instructions.filter((each) => each.stage === undefined),
    );
  if (ofFrom !== undefined) return { use, setBy: 'argOfFrom', line: { at: ofFrom, of: undefined } };
  return { use, setBy: stage === undefined || stage.isFromScratch ? 'nothing' : 'base', line: undefined };
}

/** Undefined where the stage itself declares it. */
function argBelow(stage: Stage, name: string): StageLine | undefined {
  for (const of of chainOf(stage)) {
    const at = argNamed(
      name,
      of.instructions.filter(({ onbuild }) => !onbuild),
    );
    if (at !== undefined) return of === stage ? undefined : { at, of };
  }
  return undefined;
}

/** The last ARG of that name. */
function argNamed(name: string, instructions: readonly Instruction[]): Place | undefined {
  const args = instructions.filter(({ keyword }) => keyword === 'ARG');
  return args.flatMap(({ assignments }) => assignments).findLast((pair) => pair.name === name)?.nameAt;
}

function referenceAt({ stageReferences }: Instruction, offset: number): StageReference | undefined {
  return stageReferences.find(({ at }) => holds(at, offset));
}

function isCutOff({ subjects }: ReadFile): boolean {
  return subjects.dockerfile?.[0]?.stages.every(({ final }) => !final) === true;
}

function stageAt(instruction: Instruction, offset: number, isCutOff: boolean): DockerfileContext | undefined {
  const reference = referenceAt(instruction, offset);
  if (reference?.stage !== undefined) return describe(reference.stage, reference.at.span, isCutOff);
  const { keyword, keywordAt, stage } = instruction;
  if (keyword !== 'FROM' || stage === undefined) return undefined;
  const at = [keywordAt, ...(stage.name === undefined ? [] : [stage.nameAt])].find((place) => holds(place, offset));
  return at && describe(stage, at.span, isCutOff);
}

function imageAt({ subjects }: ReadFile, found: FoundInstruction, offset: number): DockerfileContext | undefined {
  const use = subjects.image?.find(({ reference }) => holds(reference.at, offset));
  if (use === undefined) return undefined;
  const { reference } = use;
  const { span } = reference.at;
  const uses = usesIn(found.instruction).filter(({ at }) => isInside(at.span, span));
  if (isUnreadable(reference, uses)) return undefined;
  const image = reference.kind === 'known' ? reference.value : undefined;
  return { kind: 'image', at: span, image, variables: toldOnce(found, uses) };
}

function userAt(found: FoundInstruction, offset: number): DockerfileContext | undefined {
  const { user } = found.instruction;
  if (user === undefined || !holds(user.at, offset)) return undefined;
  const uses = usesIn(found.instruction);
  if (isUnreadable(user, uses)) return undefined;
  const value = user.kind === 'known' ? user.value : undefined;
  return { kind: 'user', at: user.at.span, user: value, variables: toldOnce(found, uses) };
}

/** Whether something is half-typed, a template or refused: there is no variable that decides. */
function isUnreadable({ kind }: Located<unknown>, uses: readonly VariableUse[]): boolean {
  return kind !== 'known' && uses.every(({ result }) => result !== undefined);
}

function describe(stage: Stage, at: Span, isCutOff: boolean): DockerfileContext {
  const values: StageValue[] = [];
  const notSet: string[] = [];
  const add = (field: string, found: ValueAt | undefined): void => {
    if (found === undefined) notSet.push(field);
    else values.push({ field, value: found.value, from: found.at.map((at) => ({ at, of: ownerOf(stage, at) })) });
  };
  const bottom = chainOf(stage).at(-1) ?? stage;
  const from = bottom.from.arguments[0];
  add('FROM', from && { value: shown(from), at: [from.at] });
  add(
    'USER',
    located(stage.user, ({ text, uid, name }) => (isRoot({ text, uid, name }) ? `${text} (root)` : text)),
  );
  add(
    'WORKDIR',
    located(stage.workdir, (path) => path),
  );
  for (const [field, instruction] of [
    ['SHELL', stage.shell],
    ['ENTRYPOINT', stage.entrypoint],
    ['CMD', stage.command],
    ['HEALTHCHECK', stage.healthcheck],
  ] as const) {
    add(field, instruction && { value: written(instruction), at: [instruction.keywordAt] });
  }
  add('EXPOSE', exposed(stage));
  return { kind: 'stage', at, stage, isCutOff, values, notSet };
}

interface ValueAt {
  readonly value: ShownValue | undefined;
  readonly at: readonly Place[];
}

/** What cannot be told stands there as it is written. */
function exposed(stage: Stage): ValueAt | undefined {
  const exposing = chainOf(stage)
    .toReversed()
    .flatMap(({ instructions }) => instructions.filter(({ keyword, onbuild }) => keyword === 'EXPOSE' && !onbuild));
  const ports = exposing.flatMap(({ arguments: words, writtenArguments }) =>
    words.map((port, index) => (port.kind === 'known' ? port.value : (writtenArguments[index] ?? ''))),
  );
  if (ports.length === 0) return undefined;
  return { value: literal([...new Set(ports)].join(' ')), at: exposing.map(({ keywordAt }) => keywordAt) };
}

function located<T>(field: Located<T>, textOf: (value: T) => string): ValueAt | undefined {
  if (field.kind === 'absent') return undefined;
  return { value: field.kind === 'known' ? literal(textOf(field.value)) : undefined, at: [field.at] };
}

function shown(field: Located<string>): ShownValue | undefined {
  return field.kind === 'known' ? literal(field.value) : undefined;
}

/** The command as it is written: its variables are those of the container. */
function written({ keyword, writtenArguments, written: { rest } }: Instruction): ShownValue {
  const [first = ''] = writtenArguments;
  return literal(keyword === 'HEALTHCHECK' ? `${first} ${rest}` : rest);
}

/** The stage that a place is in, if it is not the stage itself. */
function ownerOf(stage: Stage, { span }: Place): Stage | undefined {
  const owner = chainOf(stage).find(({ instructions }) => instructions.some(({ at }) => isInside(span, at.span)));
  return owner === stage ? undefined : owner;
}

function holds({ span }: Place, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

function isInside(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
