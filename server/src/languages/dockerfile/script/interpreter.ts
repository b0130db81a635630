// Which program runs shell code, as far as it matters: one whose language we read, or another.
import type { Interpreter } from '../../../model/dockerfile/instruction.js';
import { isShell } from '../../shell/wrappers.js';
import type { Statement } from '../statement.js';

/** What a SHELL instruction chooses. */
export function interpreterOf(shell: Statement): Interpreter {
  const path = shell.json?.items[0]?.value.value;
  return path === undefined ? 'other' : interpreterNamed(path);
}

/** What a program is, by its name or its path. */
export function interpreterNamed(path: string): Interpreter {
  const program = baseName(path);
  if (isShell(program)) return 'shell';
  if (program === 'powershell' || program === 'pwsh') return 'powershell';
  return program === 'cmd' ? 'cmd' : 'other';
}

/** What the first line of a script chooses; undefined where it does not choose. */
export function interpreterOfScript(script: string): Interpreter | undefined {
  if (!script.startsWith('#!')) return undefined;
  const newline = script.indexOf('\n');
  const words = script
    .slice(2, newline < 0 ? undefined : newline)
    .trim()
    .split(/\s+/);
  const first = baseName(words[0] ?? '');
  const program = first === 'env' ? words.slice(1).find((word) => !/^-|=/.test(word)) : first;
  return program === undefined ? 'other' : interpreterNamed(program);
}

/** The name of a program by its path, as far as it tells one from another. */
export function baseName(path: string): string {
  return path
    .slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
    .toLowerCase()
    .replace(/\.exe$/, '');
}
