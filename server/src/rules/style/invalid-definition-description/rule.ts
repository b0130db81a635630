import { defineRule } from '../../../engine/rule.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
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
        if (above === undefined || described.has(above)) continue;
        described.add(above);
        const name = definedName(above);
        if (name === undefined || text === '' || text.startsWith(`${name} `) || isForTools(text)) continue;
        report({
          at,
          message: `This comment describes ${quoted(name)} only if it begins with that name: Docker leaves it out.`,
        });
      }
    },
  },
});

/** What `docker build --call=outline` lists, with its description. */
function definedName({ keyword, assignments, stage }: Instruction): string | undefined {
  if (keyword === 'ARG' && assignments.length === 1) return assignments[0]?.name;
  return keyword === 'FROM' ? stage?.name : undefined;
}

function isForTools(text: string): boolean {
  return /^(?:plimsoll|hadolint|checkov|trivy|tfsec|kics-scan|dd-iac-scan|nosem(?:grep)?|check=|syntax=|escape=)/i.test(
    text,
  );
}
