// Watches the process that runs the inputs: some faults end it, or keep it busy for ever, and it cannot tell of them itself.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { root } from '../project.js';

export interface Supervision {
  /** What Node runs. */
  readonly args: readonly string[];
  /** The process writes the seed of its input into it before each one. */
  readonly runningFile: string;
  /** An input that takes longer, in milliseconds, never ends. */
  readonly longestSilence: number;
}

/** 0: every promise was kept. 1: one was not. `seed`: the input of this seed ended the process, or never ended. */
export type Verdict = 0 | 1 | { readonly seed: string; readonly how: 'ended the process' | 'never ended' };

export function supervise({ args, runningFile, longestSilence }: Supervision): Promise<Verdict> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  let last = '';
  let since = performance.now();
  let isSilent = false;
  const watch = setInterval(
    () => {
      const now = running(runningFile);
      if (now !== last) since = performance.now();
      last = now;
      if (performance.now() - since < longestSilence) return;
      isSilent = true;
      child.kill('SIGKILL');
    },
    Math.min(1000, longestSilence / 4),
  );
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(watch);
      if (status === 0 || status === 1) resolve(status);
      else resolve({ seed: running(runningFile), how: isSilent ? 'never ended' : 'ended the process' });
    });
  });
}

/** Empty before the first input. */
function running(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
