import { defineRule } from '../../../engine/rule.js';

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
    instruction({ keyword, commands }, report) {
      if (keyword !== 'RUN') return;
      const last = commands.at(-1);
      if (last?.name !== 'cd' || last.enclosed || last.pipedFrom !== undefined || last.connection === '||') return;
      report({
        at: last.nameAt,
        message: "'cd' is the last thing this step does: the next one is where it was before.",
      });
    },
  },
});
