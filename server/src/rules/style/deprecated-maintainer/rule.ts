import { defineRule } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';

export default defineRule({
  meta: {
    id: 'deprecated-maintainer',
    summary: 'The author is named by an instruction that Docker has given up.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL4000'],
      buildkit: ['MaintainerDeprecated'],
      kics: ['dockerfile/maintainer_instruction_being_used'],
      checkov: ['CKV_DOCKER_6'],
      trivy: ['DS-0022'],
      semgrep: ['maintainer-is-deprecated'],
    },
  },
  check: {
    instruction(instruction, report) {
      const { keyword, keywordAt, onbuild } = instruction;
      if (keyword !== 'MAINTAINER' || onbuild) return;
      const { written, rest } = instruction;
      const [author] = instruction.arguments;
      // With continuation lines, comments between them would go.
      const isOneLine = rest.span.end - rest.span.start === written.rest.length;
      const value = author?.kind === 'known' && isOneLine ? inQuotes(author.value) : undefined;
      report({
        at: keywordAt,
        message: "'MAINTAINER' is deprecated: a label says the same, and can say more.",
        fix:
          value === undefined
            ? undefined
            : {
                title: 'Replace by a label',
                safety: 'safe',
                change: [
                  replaceText(keywordAt, written.keyword === 'maintainer' ? 'label' : 'LABEL'),
                  replaceText(rest, `org.opencontainers.image.authors=${value}`),
                ],
              },
      });
    },
  },
});

/** What neither quote can hold as it stands has no fix. */
function inQuotes(text: string): string | undefined {
  if (!/["\\`$]/.test(text)) return `"${text}"`;
  return text.includes("'") ? undefined : `'${text}'`;
}
