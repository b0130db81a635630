// Makes a secret of the build out of a build argument that one RUN uses.
import { type Change, emptyPlace, remove, replaceText } from '../../../model/change.js';
import type { Dockerfile } from '../../../model/dockerfile/dockerfile.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import { chainOf } from '../../../model/dockerfile/stage.js';
import type { EnvironmentVariable } from '../../../model/environment.js';
import { is } from '../../../model/located.js';

/** Longer stages are nobody's, and take too long. */
const mostInstructions = 500;

/** Frontends that know `env=` of a secret mount: 1.10 and later. */
const frontend = /^docker(?:\.io\/docker)?\/dockerfile:(?:1|1\.[1-9]\d(?:\.\d+)?|latest|labs|1-labs)$/;

/**
 * Takes the argument away and mounts a secret, as a variable of the same name, into the one step that uses it. Undefined
 * where something else uses it, or where it has a value of its own.
 */
export function swapForMount(
  { directives, stages, instructions }: Dockerfile,
  declaring: Instruction,
  { name, value, slot }: EnvironmentVariable,
): readonly Change[] | undefined {
  const { stage, onbuild } = declaring;
  if (stage === undefined || onbuild || stage.os === 'windows' || stage.instructions.length > mostInstructions)
    return undefined;
  if (!isWithoutValue(value)) return undefined;
  const syntax = directives.find((each) => each.name === 'syntax');
  if (syntax !== undefined && !frontend.test(syntax.value)) return undefined;
  // A global one of the same name may bring a value.
  const globals = instructions.slice(0, stages[0] === undefined ? 0 : instructions.indexOf(stages[0].from));
  if (globals.some((each) => each.mentions(name))) return undefined;
  if (declaring.variables.some((use) => use.name === name)) return undefined;
  const users = stage.instructions.filter((each) => each !== declaring && each.mentions(name));
  const [step] = users;
  if (step === undefined || users.length > 1 || !canMount(step, name)) return undefined;
  if (step.keywordAt.span.start < declaring.keywordAt.span.start) return undefined;
  // Stages that are built on this one have its arguments.
  const built = stages.filter((each) => each !== stage && chainOf(each).includes(stage));
  if (built.some((each) => each.instructions.some((one) => one.mentions(name)))) return undefined;
  const later = stage.instructions.slice(stage.instructions.indexOf(step) + 1);
  if (writesDown(step, name) && later.some(({ keyword }) => keyword === 'RUN')) return undefined;
  const mount = ` --mount=type=secret,id=${name.toLowerCase()},env=${name}`;
  return [remove(slot), replaceText(emptyPlace(step.keywordAt, step.keywordAt.span.end), mount)];
}

/** Whether nobody gives it a value but who builds the image. */
export function isWithoutValue(value: EnvironmentVariable['value']): boolean {
  return value.kind === 'absent' || is(value, '');
}

function canMount({ keyword, onbuild, form, interpreter, flags }: Instruction, name: string): boolean {
  if (keyword !== 'RUN' || onbuild || form !== 'shell' || interpreter !== 'shell') return false;
  return !flags.some(({ options }) => options.some(({ value }) => is(value, name) || is(value, name.toLowerCase())));
}

/** Whether a step writes down the name of a variable, so that another one may put in the value: `\${NPM_TOKEN}`. */
function writesDown({ commands }: Instruction, name: string): boolean {
  return commands.some(({ words }) =>
    words.some(({ raw }) =>
      [`$${name}`, `\${${name}`].some((use) => {
        const before = raw.slice(0, Math.max(raw.indexOf(use), 0));
        return before.endsWith('\\') || before.split("'").length % 2 === 0;
      }),
    ),
  );
}
