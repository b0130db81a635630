// `npm start -- --editor [PATH]`: VS Code with the extension and a folder, for trying things out.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { bundle } from '../bundle.js';
import { root } from '../project.js';
import { installDesktop, whyNoDesktop } from './desktop.js';
import { addressOf, startHost } from './host.js';
import { installVSCode, whyNoPrivateVSCode } from './install.js';
import { stageExtension } from './stage.js';

/** `path` is absolute; a file stands for its folder. Returns an exit code. */
export async function openEditor(path: string): Promise<number> {
  if (!existsSync(path)) {
    console.error(`There is no ${path}.`);
    return 2;
  }
  const folder = statSync(path).isDirectory() ? path : dirname(path);
  try {
    if (codeOnPath()) return await openDesktop('code', folder, []);
    if (whyNoPrivateVSCode() === undefined) return await openInBrowser(folder);
    const reason = whyNoDesktop();
    if (reason !== undefined) {
      console.error(`There is no 'code' on the PATH, and VS Code cannot be started without: ${reason}.`);
      return 1;
    }
    return await openOwnDesktop(folder);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

function codeOnPath(): boolean {
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  return (process.env.PATH ?? '').split(delimiter).some((entry) => entry !== '' && existsSync(join(entry, name)));
}

/** A VS Code that has its own windows. */
async function openDesktop(executable: string, folder: string, args: readonly string[]): Promise<number> {
  await bundle(join(root, 'dist'));
  // Without a separator at its end, which would hide a quote from the shell of Windows.
  const extension = resolve(root);
  console.log(`Opening ${folder} in VS Code, with Plimsoll from ${extension}`);
  // On Windows `code` is a batch file, which only a shell starts.
  const shell = process.platform === 'win32';
  const quote = (text: string): string => (shell ? `"${text}"` : text);
  const child = spawn(quote(executable), [`--extensionDevelopmentPath=${extension}`, ...args, folder].map(quote), {
    stdio: 'inherit',
    shell,
  });
  return await new Promise((ended, reject) => {
    child.on('error', reject);
    child.on('close', (status) => ended(status ?? 1));
  });
}

async function openOwnDesktop(folder: string): Promise<number> {
  const executable = await installDesktop(console.log);
  const data = mkdtempSync(join(tmpdir(), 'plimsoll-desktop-'));
  try {
    return await openDesktop(executable, folder, [
      `--user-data-dir=${data}/data`,
      `--extensions-dir=${data}/extensions`,
    ]);
  } finally {
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function openInBrowser(folder: string): Promise<number> {
  const vscode = await installVSCode(console.log);
  const { publisher, name, version }: Readonly<Record<'publisher' | 'name' | 'version', string>> = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const host = await startHost(vscode, {
    automated: false,
    // Installed like any other extension.
    prepare: (extensions) => stageExtension(undefined, 'node', join(extensions, `${publisher}.${name}-${version}`)),
  });
  console.log(`${folder} in VS Code, with Plimsoll:\n\n  ${addressOf(host, folder, new Map())}\n`);
  console.log('Open this address in a browser on this machine. Ctrl+C here ends VS Code; its settings go with it.');
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      asked = true;
      void host.stop();
    });
  }
  await host.ended;
  if (asked) return 0;
  console.error(`VS Code has ended by itself. It printed:\n${host.log().trim()}`);
  return 1;
}
