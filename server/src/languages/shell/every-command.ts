import type { ShellCommand, ShellWord } from '../../model/shell-command.js';

/** The commands with all that they hold: substitutions, the commands they run, the scripts they are given. */
export function everyCommand(commands: readonly ShellCommand[]): readonly ShellCommand[] {
  const found: ShellCommand[] = [];
  const waiting: { readonly command: ShellCommand; readonly isRun: boolean }[] = [];
  const wait = (more: readonly ShellCommand[] | undefined): void => {
    for (let i = (more?.length ?? 0) - 1; i >= 0; i--) {
      const command = more?.[i];
      if (command !== undefined) waiting.push({ command, isRun: false });
    }
  };
  wait(commands);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { command, isRun } = next;
    found.push(command);
    wait(command.script);
    if (command.runs !== undefined) waiting.push({ command: command.runs, isRun: true });
    // The words of a command that another one runs are also the words of that one.
    if (isRun) continue;
    for (const word of wordsOf(command).reverse()) {
      for (const substitution of [...word.substitutions].reverse()) wait(substitution.commands);
    }
  }
  return found;
}

function wordsOf(command: ShellCommand): ShellWord[] {
  return [
    ...command.assignments.map((assignment) => assignment.value),
    ...command.words,
    ...command.redirects.map((redirect) => redirect.target),
  ].filter((word) => word !== undefined);
}
