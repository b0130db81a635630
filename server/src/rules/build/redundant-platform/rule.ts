import { defineRule, type Report } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import type { EnvironmentVariable } from '../../../model/environment.js';

export default defineRule({
  meta: {
    id: 'redundant-platform',
    summary: 'A stage asks for the platform that it has anyway.',
    severity: 'hint',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3065'], buildkit: ['RedundantTargetPlatform'] },
  },
  check: {
    dockerfile({ stages, instructions }, report) {
      const [first] = stages;
      const globals = first === undefined ? [] : instructions.slice(0, instructions.indexOf(first.from));
      // With a value of its own it is another platform.
      if (globals.some(({ assignments }) => assignments.some(isSet))) return;
      for (const { from } of stages) judge(from, report);
    },
  },
});

function isSet({ name, value }: EnvironmentVariable): boolean {
  return name === 'TARGETPLATFORM' && value.kind !== 'absent';
}

function judge({ flags, variables }: Instruction, report: Report): void {
  const platform = flags.find(({ name }) => name === 'platform')?.value;
  if (platform === undefined || platform.kind === 'absent') return;
  const { span } = platform.at;
  const isTarget = variables.some(
    ({ name, at, operator }) =>
      name === 'TARGETPLATFORM' && operator === undefined && at.span.start === span.start && at.span.end === span.end,
  );
  if (!isTarget) return;
  report({
    at: platform,
    message: "'TARGETPLATFORM' is what FROM takes anyway: the flag says nothing.",
    fix: { title: 'Remove `--platform`', safety: 'safe', change: remove(platform.slot) },
  });
}
