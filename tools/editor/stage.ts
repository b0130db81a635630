// The extension as an extension host is to load it.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../bundle.js';
import { root } from '../project.js';
import type { Kind } from './workbench.js';

interface Manifest {
  readonly main?: string;
  readonly browser?: string;
  readonly extensionKind?: readonly string[];
}

/** The kinds of hosts that the manifest of the extension has an entry for. */
export function kindsOf(extension: string): readonly Kind[] {
  const { main, browser } = manifestOf(extension);
  return [...(main === undefined ? [] : (['node'] as const)), ...(browser === undefined ? [] : (['web'] as const))];
}

/**
 * Writes what a host loads into `stage`: links to all of the extension, a manifest with the entry for this kind alone, since
 * a host that has the choice takes `main`; and for the project itself, where `extension` is left out, new bundles.
 */
export async function stageExtension(extension: string | undefined, kind: Kind, stage: string): Promise<void> {
  const from = extension ?? root;
  mkdirSync(stage, { recursive: true });
  const own = ['package.json', 'node_modules', 'out', ...(extension === undefined ? ['dist'] : [])];
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || own.includes(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(stage, entry.name)];
    // Windows lets everybody link folders, but not files.
    if (entry.isDirectory()) symlinkSync(source, target, 'junction');
    else copyFileSync(source, target);
  }
  // Where a remote is preferred, one with nothing but `browser` would be loaded there, and do nothing.
  const { main, browser, extensionKind, ...manifest } = manifestOf(from);
  writeFileSync(
    join(stage, 'package.json'),
    JSON.stringify({ ...manifest, ...(kind === 'node' ? { main, extensionKind } : { browser }) }),
  );
  if (extension === undefined) await bundle(join(stage, 'dist'));
}

/** An extension that does nothing, for tests of one that is installed: VS Code runs tests only beside one from its sources. */
export function stageNothing(stage: string): void {
  mkdirSync(stage, { recursive: true });
  const manifest = {
    ...{ name: 'nothing', publisher: 'nobody', version: '0.0.0', engines: { vscode: '*' } },
    capabilities: { untrustedWorkspaces: { supported: true } },
  };
  writeFileSync(join(stage, 'package.json'), JSON.stringify(manifest));
}

function manifestOf(extension: string): Manifest {
  return JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
}
