import { defineRule } from '../../../engine/rule.js';
import { type OptionSyntax, optionOf, readCommandLine } from '../../../model/command-line.js';
import { hasBusyBox } from '../../../model/dockerfile/busybox.js';
import { insertBehind } from '../../../model/dockerfile/insert-word.js';
import type { ShellCommand } from '../../../model/shell-command.js';

/** As GNU Wget 1.25 and Wget2 2.2 have them. `-nv` and the like are two letters. */
const syntax: OptionSyntax = {
  valuedLetters: 'aABDeiIloOPQRtTUwXn',
  valuedNames: new Set(['execute', 'header', 'input-file', 'output-document', 'post-data', 'tries', 'user-agent']),
};
const quietOptions: readonly string[] = [
  'a',
  'b',
  'o',
  'q',
  'V',
  'h',
  'append-output',
  'background',
  'output-file',
  'quiet',
];
const otherOptions: readonly string[] = ['help', 'no-verbose', 'progress', 'spider', 'version'];

export default defineRule({
  meta: {
    id: 'wget-without-progress',
    summary: 'The progress of wget fills the log of the build, line by line.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3047'] },
  },
  check: {
    instruction(instruction, report) {
      const { keyword, stage } = instruction;
      if (keyword !== 'RUN' || stage === undefined) return;
      for (const command of instruction.commands) {
        if (command.name !== 'wget' || isQuiet(command) || hasBusyBox(stage)) continue;
        if (instruction.commands.some(({ name, runs }) => runs === command && name === 'busybox')) continue;
        const { nameAt, words } = command;
        const [first] = words;
        const change = first && insertBehind(instruction, first, '--progress=dot:giga');
        report({
          at: nameAt,
          message: "'wget' reports its progress to the build log: thousands of lines hide what matters.",
          fix: change && { title: 'Add `--progress=dot:giga`', safety: 'unsafe', change },
        });
      }
    },
  },
});

function isQuiet({ words, redirects }: ShellCommand): boolean {
  const line = readCommandLine(words, syntax);
  if (line.isOpen || optionOf(line, ...quietOptions, ...otherOptions) !== undefined) return true;
  if (line.options.some(({ name, value }) => name === 'n' && value?.startsWith('v') === true)) return true;
  return redirects.some(({ operator, target }) => operator.includes('>') && target?.text === '/dev/null');
}
