import { defineRule } from '../../../engine/rule.js';
import type { Dockerfile } from '../../../model/dockerfile/dockerfile.js';
import { isKeyword } from '../../../model/dockerfile/keywords.js';

export default defineRule({
  meta: {
    id: 'invalid-instruction-order',
    summary: 'An instruction stands in front of the first FROM, or there is no FROM.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3061'] },
  },
  check: {
    dockerfile(file, report) {
      const { instructions } = file;
      const early = instructions.find(({ keyword, stage }) => keyword !== 'ARG' || stage !== undefined);
      const at = early ?? instructions[0];
      if (at === undefined || at.keyword === 'FROM' || (early !== undefined && !isKeyword(early.keyword))) return;
      // What a template engine, or a preprocessor, puts in is not there yet.
      if (isTemplate(file)) return;
      if (file.stages.length === 0) {
        report({ at: at.keywordAt, message: 'The file has no FROM: there is no stage to build.' });
      } else if (early !== undefined) {
        const message = `This ${early.keyword} stands in front of the first FROM: only ARG may stand there.`;
        const related = file.stages.slice(0, 1).map(({ from }) => ({ at: from.keywordAt, message: 'FROM is here.' }));
        report({ at: early.keywordAt, message, related });
      }
    },
  },
});

function isTemplate({ instructions, comments }: Dockerfile): boolean {
  return (
    instructions.some(({ keyword }) => /^(?:\{\{|\{%|\{#|<%|%%|@@|INCLUDE\b)/.test(keyword)) ||
    comments.some(({ text }) => /^(?:include|define|if|ifdef|ifndef)\b[ \t]*["<(A-Z_]/.test(text))
  );
}
