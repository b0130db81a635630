// The variables of a Dockerfile that nothing sets where they are used, as far as that can be told without the base image.
import type { ReportedFinding, ReportedFix } from '../../../engine/rule.js';
import { insertInstruction, replaceText } from '../../../model/change.js';
import { comparedNames } from '../../../model/dockerfile/compared-names.js';
import type { Dockerfile } from '../../../model/dockerfile/dockerfile.js';
import type { Instruction, VariableUse } from '../../../model/dockerfile/instruction.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import { named, quoted } from '../../../model/quoted.js';
import { closest, isLongEnough } from '../../../text/closest.js';
import type { Place } from '../../../text/span.js';
import { isInheritedAnyway } from './inherited-variable.js';
import { PlatformArguments, platformUsesIn } from './platform-uses.js';

interface UndefinedUse {
  readonly at: Place;
  readonly finding: Omit<ReportedFinding, 'at'>;
}

export function* undefinedUses({ instructions }: Dockerfile): Iterable<UndefinedUse> {
  const globals = new Map<string, Place>();
  const names = comparedNames((instruction: Instruction) => instruction.variableNames());
  const platform = new PlatformArguments();
  for (const instruction of instructions) {
    const { keyword, stage, onbuild } = instruction;
    if (stage === undefined && keyword === 'ARG') {
      for (const { name, nameAt } of instruction.assignments) globals.set(name, nameAt);
    }
    // FROM sees other variables, and a trigger those of another file.
    if (stage === undefined || keyword === 'FROM' || onbuild) continue;
    if (keyword === 'ARG' || keyword === 'ENV') platform.declare(instruction, stage);
    for (const [name, at] of instruction.interpreter === 'shell' && keyword === 'RUN'
      ? platformUsesIn(instruction)
      : []) {
      if (platform.isMissing(name, stage)) yield { at, finding: undeclaredPlatform(name, instruction) };
    }
    for (const use of instruction.variables) {
      if (use.state === 'builtin' && !hasDefault(use) && platform.isMissing(use.name, stage)) {
        yield { at: use.at, finding: undeclaredPlatform(use.name, instruction) };
      }
      if (!isOpen(use) || isInheritedAnyway(use.name, stage) || isSetHere(use, instruction)) continue;
      const finding = judge(use, instruction, stage, { globals, names });
      if (finding !== undefined) yield { at: use.at, finding };
    }
  }
}

interface Known {
  /** Those in front of the first FROM, with their places. */
  readonly globals: ReadonlyMap<string, Place>;
  /** What a name may have been meant to be. */
  names(instruction: Instruction): readonly string[];
}

/** Nobody sets it, and nothing stands in for it. */
function isOpen(use: VariableUse): boolean {
  return use.state === 'undeclared' && !hasDefault(use);
}

function hasDefault({ operator }: VariableUse): boolean {
  return operator !== undefined && /[-+]$/.test(operator);
}

function undeclaredPlatform(name: string, instruction: Instruction): UndefinedUse['finding'] {
  return {
    message: `${named('variable', name)} is known to FROM only: in this stage it is empty without an ARG.`,
    fix: declaration(name, instruction),
  };
}

function declaration(name: string, { slot }: Instruction): ReportedFix {
  return {
    title: `Declare ${quoted(name)} in this stage`,
    safety: 'unsafe',
    change: insertInstruction(slot, 'before', `ARG ${name}`),
  };
}

/** `ENV A=$A:more` adds to what the base image has, and `ENV A=1 B=$A` comes too early. */
function isSetHere({ name }: VariableUse, { keyword, assignments }: Instruction): boolean {
  return keyword === 'ENV' && assignments.some((pair) => pair.name === name);
}

function judge(
  { name, nameAt }: VariableUse,
  instruction: Instruction,
  stage: Stage,
  { globals, names }: Known,
): UndefinedUse['finding'] | undefined {
  const subject = named('variable', name);
  const global = globals.get(name);
  if (global !== undefined) {
    return {
      message: `${subject} is declared for FROM only: in this stage it is empty without an ARG.`,
      related: [{ at: global, message: 'It is declared here.' }],
      fix: declaration(name, instruction),
    };
  }
  const meant = isLongEnough(name) ? closest(name, names(instruction)) : undefined;
  const fix: ReportedFix | undefined =
    meant === undefined || isCounted(name, meant)
      ? undefined
      : { title: `Replace by ${quoted(meant)}`, safety: 'unsafe', change: replaceText(nameAt, meant) };
  if (stage.isFromScratch) {
    return { message: `${subject} is set by nothing: on an empty base image it is empty.`, fix };
  }
  return fix === undefined
    ? undefined
    : { message: `${subject} is not set in this file: did you mean ${quoted(meant ?? '', 20)}?`, fix };
}

/** Whether only digits tell two names apart: `DISK1` and `DISK2` are no slip. */
function isCounted(name: string, other: string): boolean {
  return name.replace(/\d+/g, '') === other.replace(/\d+/g, '');
}
