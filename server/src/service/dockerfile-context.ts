// What an image, a user, a variable or a stage of a Dockerfile comes to, and where that is decided.
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
  | { readonly kind: 'image'; readonly image: ImageReference | undefined; readonly variables: readonly VariableUse[] }
  | { readonly kind: 'user'; readonly user: ContainerUser | undefined; readonly variables: readonly VariableUse[] }
  | { readonly kind: 'variable'; readonly variable: VariableUse }
);

/** What is in force at the end of a stage. */
export interface StageValue {
  readonly field: string;
  /** Undefined where it cannot be told. */
  readonly value: ShownValue | undefined;
  readonly at: Place;
  /** The stage that sets it, where that is one further down. */
  readonly of: Stage | undefined;
}

/** What can be said of what stands at an offset; undefined where nothing can, and in files of other formats. */
export function dockerfileContextAt(linted: Linted, offset: number): DockerfileContext | undefined {
  const [dockerfile] = linted.file.subjects.dockerfile ?? [];
  const instruction = dockerfile?.instructions.find(({ at }) => holds(at, offset));
  if (instruction === undefined) return undefined;
  return (
    variableAt(instruction, offset) ??
    stageAt(instruction, offset, dockerfile?.stages.every(({ final }) => !final) === true) ??
    imageAt(linted, instruction, offset) ??
    userAt(instruction, offset)
  );
}

/** Where a stage or a variable that is named at an offset is written first; undefined for anything else. */
export function definitionAt(linted: Linted, offset: number): Place | undefined {
  const [dockerfile] = linted.file.subjects.dockerfile ?? [];
  const instruction = dockerfile?.instructions.find(({ at }) => holds(at, offset));
  if (instruction === undefined) return undefined;
  const variable = instruction.variables.find(({ nameAt }) => holds(nameAt, offset));
  return variable?.setAt ?? referenceAt(instruction, offset)?.stage?.nameAt;
}

function variableAt({ variables }: Instruction, offset: number): DockerfileContext | undefined {
  // The innermost one: a default may use variables, too.
  const variable = variables.findLast(({ nameAt }) => holds(nameAt, offset));
  return variable && { kind: 'variable', at: variable.at.span, variable };
}

function referenceAt({ stageReferences }: Instruction, offset: number): StageReference | undefined {
  return stageReferences.find(({ at }) => holds(at, offset));
}

function stageAt(instruction: Instruction, offset: number, isCutOff: boolean): DockerfileContext | undefined {
  const reference = referenceAt(instruction, offset);
  if (reference?.stage !== undefined) return describe(reference.stage, reference.at.span, isCutOff);
  const { keyword, keywordAt, stage } = instruction;
  if (keyword !== 'FROM' || stage === undefined) return undefined;
  const at = [keywordAt, ...(stage.name === undefined ? [] : [stage.nameAt])].find((place) => holds(place, offset));
  return at && describe(stage, at.span, isCutOff);
}

function imageAt(linted: Linted, { variables }: Instruction, offset: number): DockerfileContext | undefined {
  const use = linted.file.subjects.image?.find(({ reference }) => holds(reference.at, offset));
  if (use === undefined) return undefined;
  const { reference } = use;
  const { span } = reference.at;
  const image = reference.kind === 'known' ? reference.value : undefined;
  return { kind: 'image', at: span, image, variables: variables.filter(({ at }) => isInside(at.span, span)) };
}

function userAt({ user, variables }: Instruction, offset: number): DockerfileContext | undefined {
  if (user === undefined || !holds(user.at, offset)) return undefined;
  return { kind: 'user', at: user.at.span, user: user.kind === 'known' ? user.value : undefined, variables };
}

function describe(stage: Stage, at: Span, isCutOff: boolean): DockerfileContext {
  const values: StageValue[] = [];
  const notSet: string[] = [];
  const add = (field: string, found: Omit<StageValue, 'field' | 'of'> | undefined): void => {
    if (found === undefined) notSet.push(field);
    else values.push({ field, ...found, of: ownerOf(stage, found.at) });
  };
  const bottom = chainOf(stage).at(-1) ?? stage;
  const from = bottom.from.arguments[0];
  add('FROM', from && { value: shown(from), at: from.at });
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
    add(field, instruction && { value: written(instruction), at: instruction.keywordAt });
  }
  const ports = chainOf(stage).flatMap(({ instructions }) =>
    instructions.flatMap((each) => (each.keyword === 'EXPOSE' && !each.onbuild ? each.arguments : [])),
  );
  const [first] = ports;
  const numbers = ports.map((port) => (port.kind === 'known' ? port.value : '?')).join(' ');
  add('EXPOSE', first && { value: literal(numbers), at: first.at });
  return { kind: 'stage', at, stage, isCutOff, values, notSet };
}

function located<T>(field: Located<T>, textOf: (value: T) => string): Omit<StageValue, 'field' | 'of'> | undefined {
  if (field.kind === 'absent') return undefined;
  return { value: field.kind === 'known' ? literal(textOf(field.value)) : undefined, at: field.at };
}

function shown(field: Located<string>): ShownValue | undefined {
  return field.kind === 'known' ? literal(field.value) : undefined;
}

/** The command as it would be typed. */
function written({ arguments: words, form }: Instruction): ShownValue | undefined {
  const texts = words.map((word) => (word.kind === 'known' ? word.value : undefined));
  if (texts.some((text) => text === undefined)) return undefined;
  return literal(form === 'json' ? JSON.stringify(texts) : texts.join(' '));
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
