// What `npm run new-rule` writes. Every sentence of `placeholders` has to go before the tests pass.

export const placeholders = {
  summary: 'Say in one sentence what is wrong.',
  page: 'Say what can happen, to whom, and what to do instead.',
} as const;

/** The text of a new `rule.ts`. */
export function codeTemplate(id: string, since: string): string {
  return `import { defineRule } from '../../../engine/rule.js';

export default defineRule({
  meta: {
    id: '${id}',
    summary: '${placeholders.summary}',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '${since}',
    formats: ['compose', 'kubernetes'],
    standards: [],
    peers: {},
  },
  // One function per subject: \`container(container, report, context) { … }\`. SubjectMap in engine/rule.ts lists them.
  check: {},
});
`;
}

/** The text of a new \`rule.md\`. */
export function pageTemplate(id: string): string {
  return `# ${id}

${placeholders.page}

\`\`\`yaml compose
services:
  web:
    image: nginx:1.27
\`\`\`

\`\`\`yaml kubernetes
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
\`\`\`
`;
}

/** Why no rule can be made under this name; undefined where one can. */
export function nameProblem(
  group: string,
  id: string,
  groups: readonly string[],
  existing: ReadonlyMap<string, string>,
): string | undefined {
  if (!groups.includes(group)) return `There is no group '${group}'. Groups: ${groups.join(', ')}.`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) {
    return `'${id}' is no rule id: small letters, digits and single hyphens, a letter first.`;
  }
  const other = existing.get(id);
  return other === undefined ? undefined : `The rule '${id}' is there already, in server/src/rules/${other}/.`;
}
