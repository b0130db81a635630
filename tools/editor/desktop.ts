// Runs a suite in a desktop VS Code that Microsoft's own test tool downloads: for systems without the private one.
import { spawn } from 'node:child_process';
import { relative } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { cache } from './install.js';
import type { Kind } from './workbench.js';

export interface DesktopRun {
  readonly extension: string;
  readonly kind: Kind;
  readonly tests: string;
  readonly workspace: string;
  /** A folder for the data of this run, removed by the caller. */
  readonly data: string;
  /** Ends the run. */
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

/** Why no desktop VS Code can be started here; undefined where nothing is known against it. */
export function whyNoDesktop(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const display = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  return display === undefined || display === '' ? 'there is no display' : undefined;
}

/** Installs a desktop VS Code where it is missing and returns its path. Throws an error whose message is for people. */
export async function installDesktop(say: (line: string) => void): Promise<string> {
  say(`Getting the current VS Code into ${relative(process.cwd(), cache) || cache}, unless it is there …`);
  try {
    return await downloadAndUnzipVSCode({ cachePath: cache, version: 'stable' });
  } catch (error) {
    throw new Error(`VS Code could not be downloaded: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Resolves with the exit code. */
export function runOnDesktop(executable: string, run: DesktopRun): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      executable,
      [
        ...[run.workspace, '--no-sandbox', '--disable-gpu-sandbox', '--disable-updates', '--disable-telemetry'],
        ...['--skip-welcome', '--skip-release-notes', '--disable-workspace-trust', '--disable-extensions'],
        ...[`--user-data-dir=${run.data}/data`, `--extensions-dir=${run.data}/extensions`],
        ...[`--extensionDevelopmentPath=${run.extension}`, `--extensionTestsPath=${run.tests}`],
        ...(run.kind === 'web' ? ['--extensionDevelopmentKind=web'] : []),
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    // Ours to end when we are ended.
    const kill = () => {
      child.kill('SIGKILL');
      // Processes of its own may hold the other ends.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    process.once('exit', kill);
    run.signal.addEventListener('abort', kill);
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split(/\r?\n/);
        rest = lines.pop() ?? '';
        for (const line of lines) run.onLine(line);
      });
      stream.on('end', () => run.onLine(rest));
    }
    child.on('error', reject);
    child.on('close', (status) => {
      process.off('exit', kill);
      resolve(status ?? 1);
    });
  });
}
