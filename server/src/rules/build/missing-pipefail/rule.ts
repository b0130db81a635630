import { defineRule } from '../../../engine/rule.js';
import { insertInstruction } from '../../../model/change.js';
import { chainOf, type Stage } from '../../../model/dockerfile/stage.js';
import { imageName } from '../../../model/image-reference.js';
import { quoted } from '../../../model/quoted.js';
import type { ShellCommand } from '../../../model/shell-command.js';

/** What stands in front of a pipe and does not fail, or is meant to be cut off. */
const harmless: ReadonlySet<string> = new Set(['arch', 'date', 'echo', 'printf', 'true', 'uname', 'yes', ':']);
/** These pass on what they read, and fail for no reason of their own. */
const passing: ReadonlySet<string> = new Set(['awk', 'cut', 'rev', 'sed', 'sort', 'tee', 'tr', 'uniq']);
/** These stop reading, and what writes to them fails for that. */
const cutting: ReadonlySet<string> = new Set(['head', 'grep']);
/** These compare what they read, and fail where that is nothing. */
const comparing = /^(?:md5|sha\d*|b2)sum$|^shasum$/;
/** Official images with a bash, as of 2026. */
const withBash: ReadonlySet<string> = new Set([
  'almalinux',
  'amazonlinux',
  'buildpack-deps',
  'centos',
  'debian',
  'fedora',
  'golang',
  'node',
  'php',
  'python',
  'rockylinux',
  'ruby',
  'rust',
  'ubuntu',
]);

export default defineRule({
  meta: {
    id: 'missing-pipefail',
    summary: 'What fails in front of a pipe is not noticed.',
    severity: 'info',
    confidence: 'medium',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL4006'],
      kics: ['dockerfile/shell_running_a_pipe_without_pipefail_flag'],
      semgrep: ['set-pipefail'],
    },
  },
  check: {
    instruction({ keyword, form, interpreter, shell, stage, slot, onbuild, commands }, report) {
      if (keyword !== 'RUN' || form === 'json' || interpreter !== 'shell') return;
      // A shell that is started here has options of its own.
      const scripts = commands.filter(({ script }) => script !== undefined);
      const failing = commandsOf(scripts.filter(({ words }) => words.some(({ text }) => text === 'pipefail')));
      const piped = commands.find((command) => isFragile(command) && !failing.has(command));
      if (piped?.pipedFrom === undefined) return;
      if (shell?.arguments.some((word) => word.kind !== 'known' || word.value.includes('pipefail')) === true) return;
      if (commands.some(setsPipefail)) return;
      const isInherited = shell === undefined && !commandsOf(scripts).has(piped);
      const choice = stage === undefined || onbuild || !isInherited ? undefined : shellOf(stage);
      report({
        at: piped.pipedFrom.nameAt,
        message: `${quoted(piped.pipedFrom.name ?? '')} may fail and the build goes on: a pipe tells only how its end fared.`,
        fix:
          choice === undefined
            ? undefined
            : { title: 'Have pipes fail', safety: 'unsafe', change: insertInstruction(slot, 'before', choice) },
      });
    },
  },
});

function isFragile({ pipedFrom, name, words, mayFail }: ShellCommand): boolean {
  if (pipedFrom?.name === undefined || mayFail || comesFromHarmless(pipedFrom)) return false;
  if (name === undefined) return true;
  const compares = comparing.test(name) && words.some(({ text }) => text === '-c' || text === '--check');
  return !cutting.has(name) && !compares;
}

/** Whether a command, or the one at the start of its pipe, does not fail, and all between them pass on what they get. */
function comesFromHarmless(last: ShellCommand): boolean {
  let at: ShellCommand | undefined = last;
  while (at?.pipedFrom !== undefined && passing.has(at.name ?? '')) at = at.pipedFrom;
  if (at?.name === 'dpkg') return at.words[1]?.text === '--print-architecture';
  return at?.pipedFrom === undefined && harmless.has(at?.name ?? '');
}

function commandsOf(shells: readonly ShellCommand[]): ReadonlySet<ShellCommand> {
  return new Set(shells.flatMap(({ script }) => script ?? []));
}

function setsPipefail({ name, words }: ShellCommand): boolean {
  return name === 'set' && words.some(({ text }) => text === undefined || text === 'pipefail');
}

function shellOf(stage: Stage): string | undefined {
  const image = chainOf(stage).at(-1)?.image;
  if (image?.kind !== 'known') return undefined;
  const name = imageName(image.value);
  if (name === 'alpine' || image.value.tag?.includes('alpine') === true) {
    return 'SHELL ["/bin/ash", "-eo", "pipefail", "-c"]';
  }
  return withBash.has(name) ? 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]' : undefined;
}
