import { defineRule } from '../../../engine/rule.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'invalid-definition-description',
    summary: 'The comment above an argument or a stage does not begin with its name.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { buildkit: ['InvalidDefinitionDescription'] },
  },
  check: {
    dockerfile({ comments }, report) {
      const described = new Set<Instruction>();
      for (const { at, text, above } of comments) {
        if (above === undefined || described.has(above) || isForTools(text)) continue;
        described.add(above);
        const defined = definedBy(above);
        if (defined === undefined || text === '' || text.startsWith(`${defined.name} `)) continue;
        const { name, nameAt } = defined;
        report({
          at: nameAt,
          message: `${quoted(name, 19)} is described by its comment only if that begins with it: Docker leaves it out.`,
          related: [{ at, message: 'This is the comment.' }],
        });
      }
    },
  },
});

/** What `docker build --call=outline` lists, with its description. */
function definedBy({
  keyword,
  assignments,
  stage,
}: Instruction): (Pick<Stage, 'nameAt'> & { name: string }) | undefined {
  if (keyword === 'ARG') return assignments.length === 1 ? assignments[0] : undefined;
  if (keyword !== 'FROM' || stage?.name === undefined) return undefined;
  return { name: stage.name, nameAt: stage.nameAt };
}

function isForTools(text: string): boolean {
  return /^(?:plimsoll|hadolint|checkov|trivy|tfsec|kics-scan|dd-iac-scan|nosem(?:grep)?|check=|syntax=|escape=)/i.test(
    text,
  );
}
