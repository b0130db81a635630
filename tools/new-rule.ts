// `npm run new-rule <group> <id>`: the two files of a rule, and what is generated from them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { version } from './bundle.js';
import { root, runNode } from './project.js';
import { ruleGroups } from './rule-groups.js';
import { idsOf, ruleFolder } from './rule-sources.js';
import { codeTemplate, nameProblem, pageTemplate } from './rule-template.js';

const [group, id, ...rest] = process.argv.slice(2);
if (group === undefined || id === undefined || rest.length > 0) {
  console.error('Usage: npm run new-rule <group> <id>');
  process.exitCode = 2;
} else {
  await create(group, id);
}

async function create(group: string, id: string): Promise<void> {
  const groups = Object.keys(ruleGroups);
  const existing = new Map(groups.flatMap((name) => idsOf(name).map((rule): [string, string] => [rule, name])));
  const problem = nameProblem(group, id, groups, existing);
  if (problem !== undefined) {
    console.error(problem);
    process.exitCode = 2;
    return;
  }
  const folder = ruleFolder(group, id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'rule.ts'), codeTemplate(id, version()));
  writeFileSync(join(folder, 'rule.md'), pageTemplate(id));
  const generated = await runNode(['--import', 'tsx', join(root, 'tools', 'generate.ts')], { show: true });
  process.exitCode = generated.status;
  console.log(`
Now fill in ${relative(root, folder)}/rule.ts and rule.md. The page is the test: mark in its first
example what the rule finds, with carets, and run \`npm test\`. CONTRIBUTING.md shows how.`);
}
