// How apk is made to keep no index.
import type { ReportedFix } from '../../../engine/rule.js';
import { type Change, replaceText } from '../../../model/change.js';
import type { DockerfileComment } from '../../../model/dockerfile/dockerfile.js';
import { insertBehind } from '../../../model/dockerfile/insert-word.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import { cleaningFix } from '../../../model/dockerfile/package-cache.js';
import {
  callsPackageManager,
  optionOf,
  type PackageCommand,
  packageCommandsOf,
} from '../../../model/dockerfile/package-manager.js';
import type { ShellCommand } from '../../../model/shell-command.js';
import { leading } from '../../../text/leading.js';

/** They fetch an index, which `--no-cache` does by itself. */
const refreshing = ['-U', '--update', '--update-cache'];

/** These fetch an index where they find none, or need none. */
const fetching: ReadonlySet<string> = new Set(['add', 'cache', 'del', 'fix', 'update', 'upgrade']);

/** Whether a call of apk reads an index, and fails, or knows nothing, where none is. */
function readsIndex(call: PackageCommand): boolean {
  if (call.manager !== 'apk' || optionOf(call, '--no-cache') !== undefined) return false;
  return !fetching.has(call.subCommand) || optionOf(call, '--no-network') !== undefined;
}

/** The index of the last instruction of a stage that reads an index of apk; below zero where none does. */
export function lastReadOfIndex(instructions: readonly Instruction[]): number {
  return instructions.findLastIndex(
    (instruction) =>
      callsPackageManager(instruction, 'apk') && packageCommandsOf(instruction.commands).some(readsIndex),
  );
}

/** The fixes for those calls of `apk add` in a RUN that keep an index. `isRead`: the index is read later on. */
export function withoutCache(
  instruction: Instruction,
  kept: readonly PackageCommand[],
  comments: readonly DockerfileComment[],
  isRead: boolean,
): readonly (ReportedFix | undefined)[] {
  const fixes = fixesFor(instruction, kept, comments);
  return isRead ? fixes.map((fix) => fix && { ...fix, safety: 'unsafe' }) : fixes;
}

function fixesFor(
  instruction: Instruction,
  kept: readonly PackageCommand[],
  comments: readonly DockerfileComment[],
): readonly (ReportedFix | undefined)[] {
  const calls = packageCommandsOf(instruction.commands);
  const firstUpdate = calls.findIndex(keepsIndex);
  const indices = new Map(calls.map(({ command }, index) => [command, index]));
  return kept.map((call, index) => {
    const option = optionChange(instruction, call);
    const before = indices.get(call.command) ?? 0;
    const update = firstUpdate < before ? calls[firstUpdate] : undefined;
    if (update === undefined) {
      return option === undefined ? undefined : { title: 'Add `--no-cache`', safety: 'safe', change: option };
    }
    const removal = kept.length === 1 ? removalOf(update, call, instruction, comments) : undefined;
    if (option !== undefined && removal !== undefined) {
      return { title: 'Use `--no-cache` alone', safety: 'safe', change: [removal, option] };
    }
    // The index would stay; one removal at the end is for all of them.
    return index === kept.length - 1 ? cleaningFix(instruction, call, 'rm -rf /var/cache/apk/*') : undefined;
  });
}

function keepsIndex(call: PackageCommand): boolean {
  const { manager, action } = call;
  if (manager !== 'apk' || optionOf(call, '--no-cache') !== undefined) return false;
  return action === 'update' || (action === 'upgrade' && optionOf(call, ...refreshing) !== undefined);
}

/** `--no-cache` in the place of `--update`, or behind `add`. */
function optionChange(instruction: Instruction, call: PackageCommand): Change | undefined {
  const word = optionOf(call, ...refreshing)?.word;
  if (word !== undefined && refreshing.includes(word.raw)) {
    const outside = word.at.span.end - word.at.span.start - word.raw.length;
    if (outside === 0) return replaceText(word.at, '--no-cache');
    if (word.isListItem && outside === 2) return replaceText(word.at, '"--no-cache"');
  }
  return insertBehind(instruction, call.actionWord, '--no-cache');
}

/** Takes `apk update &&` away in front of a call; undefined where anything else would go, too. */
function removalOf(
  { command: update, options }: PackageCommand,
  { command }: PackageCommand,
  { commands }: Instruction,
  comments: readonly DockerfileComment[],
): Change | undefined {
  if (options.length > 0 || !isRightBehind(command, update)) return undefined;
  // What runs either of them (`sudo`, `env`, `chroot`) would go, too.
  if (commands.some(({ runs }) => runs === update || runs === command)) return undefined;
  const { start } = update.at.span;
  const { end } = { end: command.at.span.start };
  const next = comments[leading(comments, ({ at }) => at.span.start < start)];
  if (next !== undefined && next.at.span.end <= end) return undefined;
  return replaceText({ file: update.at.file, span: { start, end } }, '');
}

function isRightBehind(command: ShellCommand, update: ShellCommand): boolean {
  return (
    command.earlier.at(-1) === update &&
    command.connection === '&&' &&
    update.connection !== '||' &&
    update.redirects.length === 0 &&
    update.assignments.length === 0
  );
}
