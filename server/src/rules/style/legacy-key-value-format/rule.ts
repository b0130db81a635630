import { defineRule } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'legacy-key-value-format',
    summary: 'A variable or label is set without an equals sign.',
    severity: 'hint',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { buildkit: ['LegacyKeyValueFormat'] },
  },
  check: {
    instruction({ keyword, oldForm, assignments: [pair], written, rest }, report) {
      if ((keyword !== 'ENV' && keyword !== 'LABEL') || !oldForm || pair === undefined) return;
      if (pair.value.kind === 'absent') return;
      const value = valueAsWritten(written.rest);
      const { span } = rest;
      // Where continuation lines or comments stand in between, their lines would go.
      const isOneLine = span.end - span.start === written.rest.length;
      const place = { file: rest.file, span: { start: pair.nameAt.span.end, end: span.end } };
      report({
        at: pair.nameAt,
        message: `${quoted(pair.name)} is set without '=': Docker is about to give this form up.`,
        fix:
          value === undefined || !isOneLine
            ? undefined
            : { title: "Set it with '='", safety: 'safe', change: replaceText(place, `=${value}`) },
      });
    },
  },
});

/** What stands behind the name, so that it means the same behind an equals sign; undefined where that is not certain. */
function valueAsWritten(rest: string): string | undefined {
  const blank = rest.search(/[ \t\v\f\r]/);
  const value = blank < 0 ? '' : rest.slice(blank).replace(/^[ \t\v\f\r]+/, '');
  if (value === '' || /["'\\`]/.test(value)) return undefined;
  return /\s/.test(value) ? `"${value}"` : value;
}
