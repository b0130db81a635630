import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { splitInstruction } from '../../../model/change.js';
import type { Instruction, VariableUse } from '../../../model/dockerfile/instruction.js';
import type { EnvironmentVariable } from '../../../model/environment.js';
import { named, quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'env-self-reference',
    summary: 'A value uses a variable that only the same ENV sets.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3044'] },
  },
  check: {
    instruction(instruction, report) {
      if (instruction.keyword !== 'ENV' || instruction.onbuild) return;
      const { variables } = instruction;
      if (variables.length === 0) return;
      const pairs = instruction.assignments;
      for (const use of variables) {
        if (use.state !== 'undeclared' || hasFallback(use)) continue;
        const user = pairs.findLast(({ nameAt }) => nameAt.span.start <= use.at.span.start);
        const own = pairs.filter(({ name }) => name === use.name);
        const [setter] = own;
        // One that is made of itself is that of the base image.
        if (user === undefined || setter === undefined || own.some((pair) => usesItself(pair, pairs, instruction)))
          continue;
        report({
          at: use.at,
          message: `${named('variable', use.name)} is set by this ENV: it counts from the next line on, not here.`,
          related: [{ at: setter.nameAt, message: 'It is set here.' }],
          fix: fixOf(user, setter, instruction),
        });
      }
    },
  },
});

/** `${A:-b}`, `${A:+b}`: whoever wrote it knows that it may be missing. */
function hasFallback({ operator }: VariableUse): boolean {
  return operator !== undefined && /[-+]$/.test(operator);
}

function usesItself(
  pair: EnvironmentVariable,
  pairs: readonly EnvironmentVariable[],
  { variables }: Pick<Instruction, 'variables'>,
): boolean {
  const next = pairs[pairs.indexOf(pair) + 1]?.nameAt.span.start ?? Number.POSITIVE_INFINITY;
  return variables.some(
    ({ name, at: { span } }) => name === pair.name && span.start >= pair.nameAt.span.start && span.end <= next,
  );
}

function fixOf(
  user: EnvironmentVariable,
  setter: EnvironmentVariable,
  { assignments, variables }: Instruction,
): ReportedFix | undefined {
  const { start } = user.nameAt.span;
  // What is set behind it would have to move.
  if (setter.nameAt.span.start >= start) return undefined;
  const inFront = new Set(assignments.flatMap(({ name, nameAt }) => (nameAt.span.start < start ? [name] : [])));
  // What has another value so far would get the new one.
  const changes = variables.some(({ name, at, state }) => {
    if (at.span.start < start || !inFront.has(name)) return false;
    return (
      state !== 'undeclared' ||
      assignments.some((pair) => pair.name === name && usesItself(pair, assignments, { variables }))
    );
  });
  if (changes) return undefined;
  return {
    title: `Set ${quoted(user.name)} in an ENV of its own`,
    safety: 'unsafe',
    change: splitInstruction(user.slot),
  };
}
