import { defineRule } from '../../../engine/rule.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import { valueOf } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import type { ShellCommand } from '../../../model/shell-command.js';

/** What is asked of a person, or tells one something: of use where somebody uses its output. */
const screens: ReadonlySet<string> = new Set(['free', 'ifconfig', 'ps', 'top']);
const editors: ReadonlySet<string> = new Set(['nano', 'vi', 'vim']);
const others: ReadonlySet<string> = new Set(['kill', 'mount', 'reboot', 'service', 'shutdown', 'ssh', 'systemctl']);

export default defineRule({
  meta: {
    id: 'interactive-command-in-run',
    summary: 'A build step runs a command that has no effect, or no use, in a build.',
    severity: 'hint',
    confidence: 'medium',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL3001'],
      kics: ['dockerfile/run_utilities_and_posix_commands'],
      semgrep: ['nonsensical-command'],
    },
  },
  check: {
    instruction(instruction, report) {
      if (instruction.keyword !== 'RUN') return;
      const { commands } = instruction;
      let used: ReadonlySet<ShellCommand> | undefined;
      for (const [index, command] of commands.entries()) {
        const { name = '', nameAt } = command;
        if (screens.has(name)) {
          used ??= usedOf(commands);
          if (used.has(command) || writesFile(command)) continue;
        } else if (editors.has(name)) {
          if (isBatch(command)) continue;
        } else if (!others.has(name) || !hasNoEffect(command, index, instruction)) continue;
        if (asksOnlyForHelp(command)) continue;
        report({
          at: nameAt,
          message: `${quoted(name)} has no use in a build: nobody is there, and no process outlives the step.`,
        });
      }
    },
  },
});

function writesFile({ redirects }: ShellCommand): boolean {
  return redirects.some(({ operator }) => operator.startsWith('>'));
}

function hasNoEffect({ name, words }: ShellCommand, index: number, { commands, flags }: Instruction): boolean {
  switch (name) {
    case 'ssh':
      return !flags.some(({ options }) =>
        options.some((each) => each.name === 'type' && valueOf(each.value) === 'ssh'),
      );
    case 'mount':
      return !flags.some((flag) => flag.name === 'security' && valueOf(flag.value) !== 'sandbox');
    case 'kill':
      // A process that the step itself has started has its number in a variable.
      return words.slice(1).every(({ text }) => text !== undefined && !text.startsWith('%'));
    case 'service':
    case 'systemctl': {
      const verb =
        name === 'service'
          ? words[2]?.text
          : words.find(({ text }) => /^[a-z]/.test(text ?? '') && text !== name)?.text;
      // It may be there for what the same step does next.
      return (verb === 'start' || verb === 'restart') && index === commands.length - 1;
    }
    default:
      return true;
  }
}

/** The commands whose output another command or a variable gets. */
function usedOf(all: readonly ShellCommand[]): ReadonlySet<ShellCommand> {
  const used = new Set<ShellCommand>();
  const add = (command: ShellCommand | undefined): void => {
    for (let at = command; at !== undefined; at = at.runs) used.add(at);
  };
  for (const { pipedFrom, words, assignments } of all) {
    add(pipedFrom);
    for (const word of [...words, ...assignments.map(({ value }) => value)]) {
      for (const { commands } of word?.substitutions ?? []) for (const command of commands) add(command);
    }
  }
  return used;
}

/** `vim +PluginInstall +qall`: an editor that gets its commands from its own words. */
function isBatch({ words }: ShellCommand): boolean {
  return words.some(({ text }) => text === undefined || /^(?:\+.|-[A-Za-z]*[cesE])/.test(text));
}

function asksOnlyForHelp({ words }: ShellCommand): boolean {
  return words.length === 2 && /^(?:--version|--help|-V|-h|-v)$/.test(words[1]?.text ?? '');
}
