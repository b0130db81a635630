import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'hardcoded-platform',
    summary: 'A stage is built for one platform, whatever is asked for.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL3029'],
      buildkit: ['FromPlatformFlagConstDisallowed'],
      kics: ['dockerfile/using_platform_with_from'],
      semgrep: ['avoid-platform-with-from'],
    },
  },
  check: {
    instruction({ keyword, flags, stage, variables }, report) {
      if (keyword !== 'FROM') return;
      const platform = flags.find(({ name }) => name === 'platform')?.value;
      if (platform?.kind !== 'known' || platform.value === '' || platform.value.includes('$')) return;
      const { span } = platform.at;
      if (variables.some(({ at }) => at.span.start >= span.start && at.span.end <= span.end)) return;
      const name = stage?.name?.toLowerCase() ?? '';
      const parts = platform.value.toLowerCase().split('/').slice(0, 2);
      if (parts.some((part) => part !== '' && name.includes(part))) return;
      report({
        at: platform,
        message: `Platform ${quoted(platform.value, 27)} is fixed: elsewhere the image is emulated, or does not start.`,
        fix: { title: 'Remove `--platform`', safety: 'unsafe', change: remove(platform.slot) },
      });
    },
  },
});
