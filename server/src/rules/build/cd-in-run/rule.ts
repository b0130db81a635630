import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';

export default defineRule({
  meta: {
    id: 'cd-in-run',
    summary: 'A step ends with a change of directory, which nothing sees.',
    severity: 'hint',
    confidence: 'medium',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL3003'],
      kics: ['dockerfile/run_command_cd_instead_of_workdir'],
      trivy: ['DS-0013'],
      semgrep: ['use-workdir'],
    },
  },
  check: {
    instruction(instruction, report) {
      const { keyword, commands } = instruction;
      if (keyword !== 'RUN') return;
      const last = commands.at(-1);
      if (last?.name !== 'cd' || last.enclosed || last.pipedFrom !== undefined || last.connection === '||') return;
      report({
        at: last.nameAt,
        message: "'cd' is the last thing this step does: the next one is where it was before.",
        fix: makeWorkdir(instruction),
      });
    },
  },
});

/** Where the step does nothing else: what follows was meant to happen there, and does not now. */
function makeWorkdir({ keywordAt, written, rest, flags, form, onbuild }: Instruction): ReportedFix | undefined {
  // WORKDIR makes the folder where it is missing.
  const folder = /^(?:mkdir (?:-p )?(?<made>\/[\w./-]+) && cd \k<made>|cd (?<path>\/[\w./-]+))$/.exec(
    written.rest,
  )?.groups;
  const path = folder?.made ?? folder?.path;
  if (path === undefined || flags.length > 0 || form === 'json' || onbuild) return undefined;
  const span = { start: keywordAt.span.start, end: rest.span.end };
  // Lines that go on may have comments between them.
  if (span.end - span.start !== `${written.keyword} ${written.rest}`.length) return undefined;
  const name = written.keyword === 'run' ? 'workdir' : 'WORKDIR';
  return {
    title: 'Make it a `WORKDIR`',
    safety: 'unsafe',
    change: replaceText({ file: rest.file, span }, `${name} ${path}`),
  };
}
