import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';

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
    instruction({ keyword, flags, variables }, report) {
      if (keyword !== 'FROM') return;
      const platform = flags.find(({ name }) => name === 'platform')?.value;
      if (platform === undefined || platform.kind === 'absent') return;
      const { span } = platform.at;
      const isTarget = variables.some(
        ({ name, at, operator }) =>
          name === 'TARGETPLATFORM' &&
          operator === undefined &&
          at.span.start === span.start &&
          at.span.end === span.end,
      );
      if (!isTarget) return;
      report({
        at: platform,
        message: "'TARGETPLATFORM' is what FROM takes anyway: the flag says nothing.",
        fix: { title: 'Remove `--platform`', safety: 'safe', change: remove(platform.slot) },
      });
    },
  },
});
