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
  const common: BuildOptions = {
    absWorkingDir: root,
    bundle: true,
    minify: true,
    logLevel: 'warning',
    define: { PLIMSOLL_VERSION: JSON.stringify(version()) },
  };
  const node: BuildOptions = { ...common, platform: 'node', format: 'cjs', target: 'node20' };
  const web: BuildOptions = { ...common, platform: 'browser', target: 'es2022' };
  const cli = join(folder, 'cli.js');
  await Promise.all([
    buildLazily(folder, node, [
      { entryPoints: ['server/src/cli/main.ts'], outfile: cli, banner: { js: '#!/usr/bin/env node' } },
      {
        entryPoints: ['server/src/lsp/node.ts'],
        outfile: join(folder, 'server.js'),
        // The extension starts the file itself, the command calls the function.
        footer: { js: 'if(require.main===module)module.exports.serve();' },
      },
    ]),
    build({
      ...node,
      entryPoints: ['client/src/extension.ts'],
      outfile: join(folder, 'extension.js'),
      external: ['vscode'],
    }),
    build({
      ...web,
      format: 'cjs',
      entryPoints: ['client/src/browser.ts'],
      outfile: join(folder, 'browser.js'),
      external: ['vscode'],
    }),
    // A worker is started from one file.
    build({
      ...web,
      format: 'iife',
      entryPoints: ['server/src/lsp/browser.ts'],
      outfile: join(folder, 'server.browser.js'),
    }),
  ]);
  chmodSync(cli, 0o755);
}
