// Reads the rules as their folders hold them; the generated list is not needed for it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule, RuleMeta } from '../server/src/engine/rule.js';
import { root } from './project.js';
import { ruleGroups } from './rule-groups.js';

export interface RuleSource {
  readonly group: string;
  readonly meta: RuleMeta;
  /** The text of `rule.md`. */
  readonly page: string;
  /** The text of `rule.ts`. */
  readonly code: string;
}

const rulesFolder = join(root, 'server', 'src', 'rules');

/** The folder of a rule. */
export function ruleFolder(group: string, id: string): string {
  return join(rulesFolder, group, id);
}

/** The ids that a group holds. */
export function idsOf(group: string): readonly string[] {
  return foldersIn(join(rulesFolder, group));
}

/**
 * All rules, in the order of groups and ids.
 * @throws Error that names every rule which cannot be read, and why.
 */
export async function readRules(): Promise<readonly RuleSource[]> {
  const rules: RuleSource[] = [];
  const problems: string[] = [];
  for (const group of foldersIn(rulesFolder)) {
    if (!Object.hasOwn(ruleGroups, group)) problems.push(`rules/${group}: add the group to tools/rule-groups.ts`);
    for (const id of idsOf(group)) {
      try {
        rules.push(await readRule(group, id));
      } catch (error) {
        problems.push(`rules/${group}/${id}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  const seen = new Map<string, string>();
  for (const { group, meta } of rules) {
    const other = seen.get(meta.id);
    if (other !== undefined) problems.push(`rules/${group}/${meta.id}: rules/${other}/ has a rule of the same id`);
    seen.set(meta.id, group);
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return rules;
}

async function readRule(group: string, id: string): Promise<RuleSource> {
  const folder = ruleFolder(group, id);
  const codeFile = join(folder, 'rule.ts');
  const pageFile = join(folder, 'rule.md');
  for (const [file, name] of [
    [codeFile, 'rule.ts'],
    [pageFile, 'rule.md'],
  ] as const) {
    if (!existsSync(file)) throw new Error(`${name} is missing`);
  }
  const module: { readonly default?: Rule } = await import(pathToFileURL(codeFile).href);
  const meta = module.default?.meta;
  if (meta === undefined) throw new Error('rule.ts has no rule as its default export');
  if (meta.id !== id) throw new Error(`the id in rule.ts is '${meta.id}', the folder is '${id}'`);
  return { group, meta, page: readFileSync(pageFile, 'utf8'), code: readFileSync(codeFile, 'utf8') };
}

function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
