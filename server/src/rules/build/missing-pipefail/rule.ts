import { defineRule } from '../../../engine/rule.js';
import { insertInstruction } from '../../../model/change.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import { imageName } from '../../../model/image-reference.js';
import { quoted } from '../../../model/quoted.js';
import type { ShellCommand } from '../../../model/shell-command.js';
import type { Span } from '../../../text/span.js';

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
    instruction(instruction, report) {
      const { keyword, form, interpreter, stage, slot, onbuild, commands } = instruction;
      if (keyword !== 'RUN' || form === 'json' || interpreter !== 'shell') return;
      const piped = firstFragile(commands);
      if (piped?.pipedFrom === undefined) return;
      const { shell, heredocs } = instruction;
      if (shell?.arguments.some((word) => word.kind !== 'known' || word.value.includes('pipefail')) === true) return;
      if (commands.some(setsPipefail) || heredocs.some((body) => /^#!.*\bpipefail\b/.test(body))) return;
      // A shell that the script starts, or names in its first line, has options of its own.
      const isOwn =
        !commands.some(({ script }) => script?.includes(piped) === true) &&
        !heredocs.some((body) => body.startsWith('#!'));
      const choice = stage === undefined || onbuild || shell !== undefined || !isOwn ? undefined : shellOf(stage);
      report({
        at: piped.pipedFrom.nameAt,
        message: `${quoted(piped.pipedFrom.name ?? '', 28)} may fail and the build goes on: a pipe tells only how its end fared.`,
        fix:
          choice === undefined
            ? undefined
            : { title: 'Have pipes fail', safety: 'unsafe', change: insertInstruction(slot, 'before', choice) },
      });
    },
  },
});

/** The first one that is not part of a script whose own shell has the option: `bash -o pipefail -c '…'`. */
function firstFragile(commands: readonly ShellCommand[]): ShellCommand | undefined {
  let guarded: Span = { start: 0, end: 0 };
  for (const command of commands) {
    const { span } = command.at;
    if (guarded.start <= span.start && span.end <= guarded.end) continue;
    if (isFragile(command)) return command;
    if (command.script !== undefined && command.words.some(({ text }) => text === 'pipefail')) {
      guarded = hull(command.script);
    }
  }
  return undefined;
}

function hull(script: readonly ShellCommand[]): Span {
  const start = script.reduce((least, { at }) => Math.min(least, at.span.start), Number.POSITIVE_INFINITY);
  const end = script.reduce((most, { at }) => Math.max(most, at.span.end), 0);
  return { start, end };
}

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

function setsPipefail({ name, words }: ShellCommand): boolean {
  return name === 'set' && words.some(({ text }) => text === undefined || text === 'pipefail');
}

function shellOf(stage: Stage): string | undefined {
  const image = stage.bottomImage;
  if (image.kind !== 'known') return undefined;
  const name = imageName(image.value);
  if (name === 'alpine' || image.value.tag?.includes('alpine') === true) {
    return 'SHELL ["/bin/ash", "-eo", "pipefail", "-c"]';
  }
  // What somebody else calls so may have no shell at all.
  const isOfficial = /(?:^|\/)library\/[^/]+$/.test(image.value.repository);
  return isOfficial && withBash.has(name) ? 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]' : undefined;
}
