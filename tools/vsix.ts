// The package of the extension.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from './bundle.js';
import { root, runNode, tool } from './project.js';

export interface ExtensionPackage {
  readonly file: string;
  /** What the tool printed, where it failed or warned. */
  readonly trouble: string | undefined;
}

/** `.vscodeignore` picks from them. */
const parts = ['dist', 'media', 'schemas', 'syntaxes', 'package.json', 'package.nls.json', 'LICENSE', 'CHANGELOG.md'];

/** Writes the extension into `folder`, from the bundles in dist/. */
export async function packageExtension(folder: string): Promise<ExtensionPackage> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `plimsoll-${version()}.vsix`);
  const stage = mkdtempSync(join(tmpdir(), 'plimsoll-vsix-'));
  try {
    for (const part of [...parts, '.vscodeignore']) cpSync(join(root, part), join(stage, part), { recursive: true });
    writeFileSync(join(stage, 'README.md'), withoutFiles(readFileSync(join(root, 'README.md'), 'utf8')));
    const { status, output } = await runNode(
      [
        ...[tool('@vscode/vsce', 'vsce'), 'package', '--out', file],
        // Everything is bundled; and there is no repository yet.
        ...['--no-dependencies', '--allow-missing-repository'],
        // The made-up token on the page of secret-in-env.
        ...['--allow-package-secrets', 'github'],
      ],
      { cwd: stage },
    );
    return { file, trouble: status !== 0 || /\bwarn/i.test(output) ? output : undefined };
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** VS Code shows a README without pictures that are files, and follows no links to files. */
function withoutFiles(markdown: string): string {
  return markdown
    .replace(/^!\[[^\]\n]*\]\((?!https:)[^)\n]*\)\n\n/gm, '')
    .replace(/(?<!!)\[([^\]\n]*)\]\((?!https?:|#)[^)\n]*\)/g, '$1');
}
