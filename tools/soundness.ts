// Applies every fix that is offered in a folder, one at a time, to texts in memory: `npm run soundness -- DIR`.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { detectKind } from '../server/src/languages/detect.js';
import { checkFixes } from '../server/test/support/soundness.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Name a folder: npm run soundness -- DIR');
  process.exit(2);
}
const root = resolve(process.env.INIT_CWD ?? '.', folder);
let files = 0;
let applied = 0;
let withheld = 0;
let faults = 0;
for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = `${entry.parentPath}/${entry.name}`;
  const text = readFileSync(path, 'utf8');
  const kind = detectKind({ name: path, text });
  if (kind === undefined) continue;
  files++;
  const result = checkFixes(path.slice(root.length + 1), kind, text);
  applied += result.applied;
  withheld += result.withheld;
  faults += result.faults.length;
  for (const fault of result.faults) console.error(fault);
}
console.log(`${files} files, ${applied} fixes applied, ${withheld} withheld, ${faults} faults`);
process.exitCode = faults > 0 || files === 0 ? 1 : 0;
