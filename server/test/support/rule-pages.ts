// Finds the pages of a rule: its folder has its id.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const rulesFolder = fileURLToPath(new URL('../../src/rules/', import.meta.url));

const folders: ReadonlyMap<string, string> = new Map(
  readdirSync(rulesFolder, { withFileTypes: true })
    .filter((group) => group.isDirectory())
    .flatMap((group) =>
      readdirSync(`${rulesFolder}${group.name}`).map((id): [string, string] => [
        id,
        `${rulesFolder}${group.name}/${id}/`,
      ]),
    ),
);

/** The page that people read. */
export function pageOf(id: string): string {
  return `${folders.get(id) ?? `${rulesFolder}?/${id}/`}rule.md`;
}

/** All pages of a rule: `rule.md`, and `cases.md` where there is one. */
export function pagesOf(id: string): readonly string[] {
  const cases = pageOf(id).replace(/rule\.md$/, 'cases.md');
  return existsSync(cases) ? [pageOf(id), cases] : [pageOf(id)];
}
