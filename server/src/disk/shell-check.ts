// Starts ShellCheck on this machine.
import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { type ProgramAnswer, type ShellChecker, ShellCheckerError } from '../service/shell-checks.js';

export interface ProgramLimits {
  /** In milliseconds. */
  readonly timeout: number;
  /** Of a longer answer nothing is taken, in bytes. */
  readonly longest: number;
}

const usual: ProgramLimits = { timeout: 10_000, longest: 4 * 1024 * 1024 };

/**
 * A ShellCheck by its name, which is looked for on the PATH, or by its path. `folder` is what a relative path starts from;
 * without one only absolute paths are taken. Nothing happens before it is first asked.
 */
export function shellChecker(name: string, folder: string | undefined, limits: ProgramLimits = usual): ShellChecker {
  let program: Promise<string> | undefined;
  return {
    name,
    async run(words, input, signal) {
      program ??= locate(name, folder);
      return answerOf(await program, { words, input, signal }, limits);
    },
  };
}

/**
 * The absolute path of the program. The system would also take a file from the working directory, where a repository may
 * have put one, on Windows always and elsewhere for a relative entry of the PATH.
 */
async function locate(name: string, folder: string | undefined): Promise<string> {
  if (/[/\\]/.test(name)) {
    if (folder === undefined && !isAbsolute(name)) throw new ShellCheckerError('the path must be absolute', true);
    const path = resolve(folder ?? '/', name);
    const trouble = await whyNot(path);
    if (trouble !== undefined) throw new ShellCheckerError(trouble, true);
    return path;
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute);
  const endings = process.platform === 'win32' ? ['.exe', ''] : [''];
  for (const path of folders.flatMap((each) => endings.map((ending) => join(each, `${name}${ending}`)))) {
    if ((await whyNot(path)) === undefined) return path;
  }
  throw new ShellCheckerError('there is no such program on the PATH', true);
}

/** Why a path is no program. */
async function whyNot(path: string): Promise<string | undefined> {
  try {
    if (!(await stat(path)).isFile()) return 'it is no program';
  } catch {
    return 'there is no such program';
  }
  try {
    await access(path, constants.X_OK);
    return undefined;
  } catch {
    return 'it may not be executed';
  }
}

interface Question {
  readonly words: readonly string[];
  readonly input: string;
  readonly signal: AbortSignal;
}

/** Some of what the system refuses is thrown at once: on Windows, a file of commands. */
function started(program: string, words: readonly string[], env: NodeJS.ProcessEnv) {
  try {
    // It looks for nothing in its working directory; this one is nobody's project.
    return spawn(program, words, { cwd: dirname(program), env, windowsHide: true, stdio: 'pipe' });
  } catch (error) {
    throw notStarted(error);
  }
}

function notStarted(error: unknown): ShellCheckerError {
  return new ShellCheckerError(`it could not be started: ${error instanceof Error ? error.message : error}`, true);
}

function answerOf(
  program: string,
  { words, input, signal }: Question,
  { timeout, longest }: ProgramLimits,
): Promise<ProgramAnswer> {
  // Options that are set for all runs of a person would change what is said, and how.
  const { SHELLCHECK_OPTS: _, ...env } = process.env;
  return new Promise((done, fail) => {
    const child = started(program, words, env);
    const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let length = 0;
    const end = (trouble: ShellCheckerError) => {
      fail(trouble);
      child.kill('SIGKILL');
    };
    const timer = setTimeout(
      () => end(new ShellCheckerError(`it took longer than ${timeout / 1000} seconds`, false)),
      timeout,
    );
    const stop = () => end(new ShellCheckerError('it was stopped', false));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > longest) end(new ShellCheckerError('its answer is too long', false));
        else output[name].push(chunk);
      });
    }
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    };
    child.on('error', (error) => {
      settle();
      fail(notStarted(error));
    });
    child.on('close', (code) => {
      settle();
      const [stdout = '', stderr = ''] = [output.stdout, output.stderr].map((chunks) =>
        Buffer.concat(chunks).toString(),
      );
      done({ code, stdout, stderr });
    });
    // It may end without having read all of it.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
