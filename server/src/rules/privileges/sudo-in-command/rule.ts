import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import type { ShellCommand } from '../../../model/shell-command.js';
import { isRoot } from '../../../model/user.js';

/** What has commands. */
const running: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'RUN']);

export default defineRule({
  meta: {
    id: 'sudo-in-command',
    summary: 'A container or a build step runs a command with sudo.',
    severity: { dockerfile: 'warning', compose: 'info', kubernetes: 'info' },
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: ['nist-800-190/4.1.2', 'nist-800-190/4.4.3'],
    peers: {
      checkov: ['CKV2_DOCKER_1'],
      dockle: ['DKL-DI-0001'],
      hadolint: ['DL3004'],
      kics: ['dockerfile/run_using_sudo'],
      kubescape: ['C-0062'],
      semgrep: ['no-sudo-in-dockerfile'],
      trivy: ['DS-0010'],
    },
  },
  check: {
    command(command, report) {
      if (command.name !== 'sudo' || command.format === 'dockerfile') return;
      report({ at: command.nameAt, message: messageOf(command) });
    },
    instruction(instruction, report) {
      const { keyword, onbuild, stage } = instruction;
      if (!running.has(keyword) || !instruction.commands.some(({ name }) => name === 'sudo')) return;
      const { runsAs } = instruction;
      // What a container or a later build starts has the user that is set at the end.
      const isStep = keyword === 'RUN' && !onbuild;
      const isKnownRoot = isStep && runsAs.kind === 'known' && isRoot(runsAs.value);
      const mayBeNeedless = isStep && runsAs.kind === 'absent';
      for (const command of instruction.commands) {
        if (command.name !== 'sudo') continue;
        report({
          at: command.nameAt,
          message:
            isKnownRoot && !isForAnother(command)
              ? "'sudo' has no use here, where all runs as root: it is only one more way to become root."
              : messageOf(command),
          // What nobody ships, nobody breaks into.
          severity: stage?.inFinalChain === true ? 'warning' : 'info',
          fix: isKnownRoot || mayBeNeedless ? withoutSudo(command) : undefined,
        });
      }
    },
  },
});

function messageOf(command: ShellCommand): string {
  return isForAnother(command)
    ? "'sudo' is there to run this as another user: it is one more way to become root."
    : "'sudo' makes this command root: so can whoever breaks into the container.";
}

/** `sudo -u app`. */
function isForAnother({ words, runs }: ShellCommand): boolean {
  const options = words.slice(1).filter(({ at }) => runs === undefined || at.span.start < runs.nameAt.span.start);
  const index = options.findIndex(({ text }) => /^(?:-[EHnS]{0,4}u|--user(?:=|$))/.test(text ?? ''));
  const text = options[index]?.text;
  if (text === undefined) return false;
  const user =
    text === '--user' || text.endsWith('u') ? options[index + 1]?.text : text.replace(/^-\w*?u|^--user=/, '');
  return user !== undefined && user !== 'root' && user !== '#0';
}

/** Options that say how sudo itself behaves, and change nothing for root. */
const ownOptions = /^(?:-[EHnS]+|--(?:non-interactive|preserve-env|set-home|stdin)?)$/;
/** Between two words of one line. In more, a comment may stand. */
const widestGap = 3;

/** Takes the word away with its options, where the command behind it stays as it is written. */
function withoutSudo({ words, nameAt, runs }: ShellCommand): ReportedFix | undefined {
  if (runs === undefined) return undefined;
  const first = words.findIndex(({ at }) => at.span.start === runs.nameAt.span.start);
  if (first < 1 || runs.assignments.length > 0) return undefined;
  const before = words.slice(0, first);
  if (!before.slice(1).every(({ text }) => text !== undefined && ownOptions.test(text))) return undefined;
  const { file, span } = nameAt;
  let end = span.start;
  for (const { at } of words.slice(0, first + 1)) {
    if (at.span.start < end || (end > span.start && at.span.start - end > widestGap)) return undefined;
    end = at.span.end;
  }
  return {
    title: 'Remove `sudo`',
    safety: 'unsafe',
    change: replaceText({ file, span: { start: span.start, end: runs.nameAt.span.start } }, ''),
  };
}
