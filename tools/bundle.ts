// What goes into dist/.
import { chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { buildLazily } from './lazy-modules.js';
import { root } from './project.js';

/** The version of the package, as its manifest has it. */
export function version(): string {
  const manifest: { readonly version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return manifest.version;
}

/**
 * Writes the bundles into `folder`, which is emptied first. CommonJS, because the extension host of the browser takes no
 * ESM and `yaml` does not bundle to ESM for Node. `import()` stays lazy: such a module runs when it is first asked for.
 */
export async function bundle(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const node: BuildOptions = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    logLevel: 'warning',
    define: { PLIMSOLL_VERSION: JSON.stringify(version()) },
  };
  const cli = join(folder, 'cli.js');
  await Promise.all([
    buildLazily(folder, {
      ...node,
      entryPoints: ['server/src/cli/main.ts'],
      outfile: cli,
      banner: { js: '#!/usr/bin/env node' },
    }),
    build({
      ...node,
      entryPoints: ['client/src/extension.ts'],
      outfile: join(folder, 'extension.js'),
      external: ['vscode'],
    }),
  ]);
  chmodSync(cli, 0o755);
}
