// Reads shell text as if it stood in a file behind some other text, so that offsets of 0 are never right by chance.

import { everyCommand } from '../../../src/languages/shell/every-command.js';
import { readShell } from '../../../src/languages/shell/read-shell.js';
import type { ShellCommand } from '../../../src/model/shell-command.js';
import { type MappedText, verbatim } from '../../../src/text/mapped-text.js';
import type { Place } from '../../../src/text/span.js';

const before = 'RUN ';

export function mapped(text: string): MappedText {
  return verbatim(text, { file: 'file', span: { start: before.length, end: before.length + text.length } });
}

export function commandsOf(text: string): readonly ShellCommand[] {
  return readShell(mapped(text), 'dockerfile');
}

/** `name@offset text`, one a command, nested ones included; the offset is that in `text`. */
export function describeAll(text: string): readonly string[] {
  return everyCommand(commandsOf(text)).map((command) => describePlace(text, command));
}

function describePlace(text: string, { name, at }: ShellCommand): string {
  return `${name ?? '?'}@${at.span.start - before.length} ${under(text, at)}`;
}

/** The text that a place covers. */
export function under(text: string, place: Place): string {
  return (before + text).slice(place.span.start, place.span.end);
}
