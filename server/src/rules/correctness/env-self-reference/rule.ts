import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { splitInstruction } from '../../../model/change.js';
import type { VariableUse } from '../../../model/dockerfile/instruction.js';
import type { EnvironmentVariable } from '../../../model/environment.js';
import { named, quoted } from '../../../model/quoted.js';
import { leading } from '../../../text/leading.js';

/** A use of a variable that has a value in front of this ENV, which gives it another one. */
interface SetUse {
  readonly use: VariableUse;
  readonly setter: EnvironmentVariable;
}

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
      const userOf = ({ at }: VariableUse): EnvironmentVariable | undefined =>
        pairs[leading(pairs, ({ nameAt }) => nameAt.span.start <= at.span.start) - 1];
      // One that is made of itself is that of the base image.
      const inherited = new Set(variables.filter((use) => userOf(use)?.name === use.name).map(({ name }) => name));
      const setters = new Map(pairs.toReversed().map((pair) => [pair.name, pair]));
      const set = variables.flatMap((use): readonly SetUse[] => {
        const setter = setters.get(use.name);
        return setter === undefined || (use.state === 'undeclared' && !inherited.has(use.name))
          ? []
          : [{ use, setter }];
      });
      for (const use of variables) {
        if (use.state !== 'undeclared' || hasFallback(use) || inherited.has(use.name)) continue;
        const user = userOf(use);
        const setter = setters.get(use.name);
        if (user === undefined || setter === undefined) continue;
        report({
          at: use.at,
          message: `${named('variable', use.name)} is set by this ENV: it counts from the next line on, not here.`,
          related: [{ at: setter.nameAt, message: 'It is set here.' }],
          fix: fixOf(user, setter, set),
        });
      }
    },
  },
});

/** `${A:-b}`, `${A:+b}`: whoever wrote it knows that it may be missing. */
function hasFallback({ operator }: VariableUse): boolean {
  return operator !== undefined && /[-+]$/.test(operator);
}

function fixOf(
  user: EnvironmentVariable,
  setter: EnvironmentVariable,
  set: readonly SetUse[],
): ReportedFix | undefined {
  const { start } = user.nameAt.span;
  // What is set behind it would have to move.
  if (setter.nameAt.span.start >= start) return undefined;
  // What has another value so far would get the new one.
  if (set.some(({ setter: own, use }) => own.nameAt.span.start < start && use.at.span.start >= start)) return undefined;
  return {
    title: `Set ${quoted(user.name)} in an ENV of its own`,
    safety: 'unsafe',
    change: splitInstruction(user.slot),
  };
}
