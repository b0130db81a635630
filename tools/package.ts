// `npm run package`: builds, and writes the extension (.vsix) and the npm package (.tgz) into dist-package/.
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { bundle, version } from './bundle.js';
import { root, runNode, tool } from './project.js';

const folder = join(root, 'dist-package');

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
await bundle(join(root, 'dist'));
const vsix = join(folder, `plimsoll-${version()}.vsix`);
const made = [
  // Everything is bundled; and there is no repository yet that links could lead to.
  await runNode([
    ...[tool('@vscode/vsce', 'vsce'), 'package', '--out', vsix],
    ...['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'],
    // The made-up token on the page of secret-in-env.
    ...['--allow-package-secrets', 'github'],
  ]),
  await runNode([npm(), 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder]),
];
for (const { status, output } of made) {
  if (status !== 0 || /\bwarn/i.test(output)) {
    console.error(output);
    process.exitCode = 1;
  }
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
