// Runs Node where nothing can reach the network, start a process or a thread, make code of a text, or write a file that
// nobody named.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const guard = fileURLToPath(new URL('guard.cjs', import.meta.url));

export interface GuardedOutcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface GuardedOptions {
  readonly cwd?: string;
  readonly input?: string;
  /** Files and folders that may be written; none otherwise. */
  readonly writable?: readonly string[];
}

/** The flags of Node for a guarded process. */
export function guardedFlags(writable: readonly string[] = []): readonly string[] {
  // Newer versions have dropped the first word of the name.
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  return [
    ...[permission, '--allow-fs-read=*', ...writable.map((path) => `--allow-fs-write=${path}`)],
    ...['--disallow-code-generation-from-strings', '--no-warnings', '--require', guard],
  ];
}

export function runGuarded(args: readonly string[], options: GuardedOptions = {}): Promise<GuardedOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...guardedFlags(options.writable), ...args], { cwd: options.cwd });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    // It may have ended before it read all of it.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}
