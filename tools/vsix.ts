// The package of the extension.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { version } from './bundle.js';
import { runNode, tool } from './project.js';

export interface ExtensionPackage {
  readonly file: string;
  /** What the tool printed, where it failed or warned. */
  readonly trouble: string | undefined;
}

/** Writes the extension into `folder`, from the bundles in dist/. */
export async function packageExtension(folder: string): Promise<ExtensionPackage> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `plimsoll-${version()}.vsix`);
  const { status, output } = await runNode([
    ...[tool('@vscode/vsce', 'vsce'), 'package', '--out', file],
    // Everything is bundled; and there is no repository yet that links could lead to.
    ...['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'],
    // The made-up token on the page of secret-in-env.
    ...['--allow-package-secrets', 'github'],
  ]);
  return { file, trouble: status !== 0 || /\bwarn/i.test(output) ? output : undefined };
}
