import { defineRule } from '../../../engine/rule.js';
import type { DockerfileComment } from '../../../model/dockerfile/dockerfile.js';
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
      for (const [instruction, lines] of byInstruction(comments)) {
        const [last] = lines.slice(-1);
        const defined = definedBy(instruction);
        if (defined === undefined || last === undefined) continue;
        const { name, nameAt } = defined;
        // Docker looks through all lines.
        if (lines.some(({ text }) => text === name || text.startsWith(`${name} `))) continue;
        report({
          at: nameAt,
          message: `${quoted(name, 19)} is described by its comment only if that begins with it: Docker leaves it out.`,
          related: [{ at: last.at, message: 'This is the comment.' }],
        });
      }
    },
  },
});

/** The comments above each instruction, but for those for tools. A line with `#` alone takes away what is above it. */
function byInstruction(comments: readonly DockerfileComment[]): ReadonlyMap<Instruction, readonly DockerfileComment[]> {
  const found = new Map<Instruction, DockerfileComment[]>();
  for (const comment of comments) {
    const { above, text } = comment;
    if (above === undefined || isForTools(text)) continue;
    const lines = found.get(above);
    if (text === '') found.delete(above);
    else if (lines === undefined) found.set(above, [comment]);
    else lines.push(comment);
  }
  return found;
}

/** What `docker build --call=outline` lists, with its description. */
function definedBy({
  keyword,
  assignments,
  stage,
}: Instruction): (Pick<Stage, 'nameAt'> & { name: string }) | undefined {
  if (keyword === 'ARG') return assignments.length === 1 ? assignments[0] : undefined;
  if (keyword !== 'FROM' || stage?.name === undefined) return undefined;
  // Docker knows stages in small letters.
  return { name: stage.name.toLowerCase(), nameAt: stage.nameAt };
}

function isForTools(text: string): boolean {
  return /^(?:plimsoll|hadolint|checkov|trivy|tfsec|kics-scan|dd-iac-scan|nosem(?:grep)?|(?:check|syntax|escape)[ \t]*=)/i.test(
    text,
  );
}
