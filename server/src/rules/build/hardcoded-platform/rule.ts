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
      const parts = partsOf(platform.value.toLowerCase());
      if (parts.some((part) => part !== '' && name.includes(part))) return;
      report({
        at: platform,
        message: `Platform ${quoted(platform.value, 27)} is fixed: elsewhere the image is emulated, or does not start.`,
        fix: { title: 'Remove `--platform`', safety: 'unsafe', change: remove(platform.slot) },
      });
    },
  },
});

/** Other names that the builder takes for these. */
const otherNames: Readonly<Record<string, string>> = {
  aarch64: 'arm64',
  armel: 'arm',
  armhf: 'arm',
  i386: '386',
  macos: 'darwin',
  'x86-64': 'amd64',
  x86_64: 'amd64',
};

/** The system and the processor, by all their names. */
function partsOf(platform: string): readonly string[] {
  return platform
    .split('/')
    .slice(0, 2)
    .flatMap((part) => [part, ...(Object.hasOwn(otherNames, part) ? [otherNames[part] ?? ''] : [])]);
}
