import { defineRule } from '../../../engine/rule.js';
import { quoted } from '../../../model/quoted.js';

const message = 'A comment silences another tool: this project wants such things elsewhere.';

/** The comments of other tools, behind their `#`. */
const silences =
  /^(?:hadolint\s+(?:global\s+|stage\s+)?ignore\s*=|(?:checkov|bridgecrew|cortex):skip=|(?:trivy|tfsec):ignore:|(?:kics|dd-iac)-scan\s+(?:ignore|disable)|nosem(?:grep)?\b|check=\s*skip=|dclint-disable)/i;
const ofOthers = /hadolint|:skip=|:ignore:|-scan|nosem|dclint/gi;

export default defineRule({
  meta: {
    id: 'inline-suppression',
    summary: 'A finding is silenced by a comment, which the project does not want.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: [],
    peers: { hadolint: ['DL1001'] },
    options: {
      forbidden: {
        default: false,
        description: 'Whether comments that silence findings are not wanted, those for other tools neither.',
      },
    },
  },
  check: {
    suppression({ id, commentAt }, report, { options }) {
      if (!options.forbidden) return;
      report({
        at: commentAt,
        message: `${quoted(id)} is silenced by a comment: this project wants such things elsewhere.`,
      });
    },
    dockerfile({ comments }, report, { options }) {
      if (!options.forbidden) return;
      for (const { at, text } of comments) if (silences.test(text)) report({ at, message });
    },
    texts(texts, report, { options }) {
      if (!options.forbidden) return;
      for (const { kind, text } of texts.holding(ofOthers)) {
        if (kind === 'comment' && silences.test(text.value.replace(/^#+\s*/, ''))) report({ at: text.place, message });
      }
    },
  },
});
