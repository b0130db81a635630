import { defineRule } from '../../../engine/rule.js';
import { type OptionSyntax, readCommandLine } from '../../../model/command-line.js';
import { quoted } from '../../../model/quoted.js';
import type { ShellCommand, ShellWord } from '../../../model/shell-command.js';

/** The last two words of these are what there is, and what it is to be called. */
const movers: ReadonlySet<string> = new Set(['cp', 'install', 'ln', 'mv']);
const syntax: OptionSyntax = {
  valuedLetters: 'tSgmo',
  valuedNames: new Set(['target-directory', 'suffix', 'group', 'mode', 'owner']),
};

export default defineRule({
  meta: {
    id: 'shell-changed-by-run',
    summary: 'A build step puts another shell in the place of the default one.',
    severity: 'info',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL4005'],
      kics: ['dockerfile/changing_default_shell_using_run_command'],
      semgrep: ['use-shell-instruction'],
    },
  },
  check: {
    instruction(instruction, report) {
      const { keyword, stage } = instruction;
      // Where nothing was, nothing is replaced.
      if (keyword !== 'RUN' || stage?.isFromScratch === true) return;
      for (const command of instruction.commands) {
        const replaced = replacedShell(command);
        if (replaced === undefined) continue;
        report({
          at: replaced.at,
          message: `${quoted(replaced.text ?? '')} is replaced: scripts of the system may not run in the other shell.`,
        });
      }
    },
  },
});

/** The word that names the default shell where something else is put there. */
function replacedShell({ name, words }: ShellCommand): ShellWord | undefined {
  if (name === undefined) return undefined;
  if (movers.has(name)) {
    const { operands } = readCommandLine(words, syntax);
    const target = operands.at(-1);
    return operands.length >= 2 && isDefaultShell(target) ? target : undefined;
  }
  if (name !== 'update-alternatives') return undefined;
  const at = words.findIndex(({ text }) => text === '--install' || text === '--set');
  const [option, target] = at < 0 ? [] : words.slice(at, at + 2);
  return isDefaultShell(target) || (option?.text === '--set' && target?.text === 'sh') ? target : undefined;
}

function isDefaultShell(word: ShellWord | undefined): boolean {
  return word?.text === '/bin/sh' || word?.text === '/usr/bin/sh';
}
