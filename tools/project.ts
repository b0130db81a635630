// Where the project is, and how its own tools are started on every platform.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of `package.json`. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** The arguments for `node` that start a tool of `node_modules`, e.g. `tool('@biomejs/biome', 'biome')`. */
export function tool(packageName: string, command = packageName): string {
  const folder = join(root, 'node_modules', packageName);
  const manifest: { readonly bin?: string | Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const path = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin?.[command];
  if (path === undefined) throw new Error(`The package ${packageName} has no command ${command}.`);
  return join(folder, path);
}

export interface Outcome {
  /** 1 for a process that a signal ended. */
  readonly status: number;
  /** What it printed, both streams in the order they came; empty when they went to the terminal. */
  readonly output: string;
  readonly stdout: string;
}

/** Runs `node` with these arguments in the project's folder and waits for its end. */
export function runNode(
  args: readonly string[],
  options: { readonly input?: string; readonly show?: boolean; readonly cwd?: string } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: options.cwd ?? root,
      stdio: options.show === true ? 'inherit' : 'pipe',
      env: options.show !== true && process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env,
    });
    let output = '';
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stdin?.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? 1, output, stdout }));
  });
}
