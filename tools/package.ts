// `npm run package`: builds, and writes the extension (.vsix) and the npm package (.tgz) into dist-package/.
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { bundle } from './bundle.js';
import { root, runNode } from './project.js';
import { packageExtension } from './vsix.js';

const folder = join(root, 'dist-package');

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
await bundle(join(root, 'dist'));
const extension = await packageExtension(folder);
const { status, output } = await runNode([npm(), 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder]);
const troubles = [extension.trouble, status !== 0 || /\bwarn/i.test(output) ? output : undefined];
for (const trouble of troubles) {
  if (trouble === undefined) continue;
  console.error(trouble);
  process.exitCode = 1;
}
for (const name of readdirSync(folder)) {
  const file = join(folder, name);
  console.log(`${relative(root, file)}  ${Math.round(statSync(file).size / 1024)} KB`);
}

/** The npm that runs this script. */
function npm(): string {
  const path = process.env.npm_execpath;
  if (path === undefined) throw new Error('Start it with `npm run package`.');
  return path;
}
