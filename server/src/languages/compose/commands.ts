// The commands that services run: entrypoint and command, health checks and hooks.
import type { Slot } from '../../model/located.js';
import type { ShellCommand } from '../../model/shell-command.js';
import type { MappedText } from '../../text/mapped-text.js';
import { everyCommand } from '../shell/every-command.js';
import { readArguments, readShell } from '../shell/read-shell.js';
import { isShared, slotOf, type YamlValue } from '../yaml/document.js';
import type { YamlNode } from '../yaml/node.js';
import type { Service } from './service.js';
import { type ComposeValues, field, hasContainer, listItems } from './values.js';
import { splitWords } from './words.js';

/** Characters that are read of texts that services share by anchors: each of thousands could use the same long one. */
const maxShared = 200_000;

export const hookKeys = ['post_start', 'pre_stop', 'pre_start'] as const;

/** All commands of the services. A text that several of them share is read once. */
export function readCommands(values: ComposeValues, services: readonly Service[]): readonly ShellCommand[] {
  const reading: Reading = { values, seen: new Map(), left: maxShared, commands: [] };
  for (const { value: service } of services) {
    if (!hasContainer(service)) continue;
    const entrypoint = field(service, 'entrypoint');
    const command = field(service, 'command');
    // The arguments of the image's own entrypoint, where none is written, are taken for a command of their own.
    if (isNew(reading, entrypoint, command)) addArguments(reading, [entrypoint, command]);
    addHealthcheck(reading, field(service, 'healthcheck', 'test'));
    for (const key of hookKeys) {
      for (const hook of listItems(field(service, key))) {
        const run = field(hook, 'command');
        if (isNew(reading, undefined, run)) addArguments(reading, [run]);
      }
    }
  }
  return everyCommand(reading.commands);
}

interface Reading {
  readonly values: ComposeValues;
  readonly seen: Map<YamlNode | undefined, Set<YamlNode>>;
  left: number;
  readonly commands: ShellCommand[];
}

function isNew(reading: Reading, first: YamlValue | undefined, second: YamlValue | undefined): boolean {
  const [owner, node] = second === undefined ? [undefined, first?.node] : [first?.node, second.node];
  if (node === undefined) return false;
  const seen = reading.seen.get(owner) ?? new Set();
  reading.seen.set(owner, seen);
  if (seen.has(node)) return false;
  seen.add(node);
  return true;
}

/** The text of a command, unless too much was read already. */
function textOf(reading: Reading, value: YamlValue): MappedText | undefined {
  const text = reading.values.forShell(value);
  if (text === undefined || !isShared(value)) return text;
  reading.left -= text.value.length;
  return reading.left < 0 ? undefined : text;
}

function addArguments(reading: Reading, parts: readonly (YamlValue | undefined)[]): void {
  const all: Argument[] = [];
  for (const part of parts) {
    if (part === undefined) continue;
    const more = argumentsOf(reading, part);
    if (more === undefined) break;
    for (const argument of more) all.push(argument);
  }
  addExec(reading, all);
}

function addExec(reading: Reading, all: readonly Argument[]): void {
  const command = readArguments(
    all.map(({ text }) => text),
    'compose',
    all.map(({ slot }) => slot),
  );
  if (command !== undefined) reading.commands.push(command);
}

interface Argument {
  readonly text: MappedText;
  /** The item that it is; undefined where a text was split into words. */
  readonly slot: Slot | undefined;
}

/** Undefined where they cannot be told. */
function argumentsOf(reading: Reading, value: YamlValue): readonly Argument[] | undefined {
  if (value.node?.kind === 'scalar') {
    const text = textOf(reading, value);
    return text === undefined ? undefined : splitWords(text)?.map((word) => ({ text: word, slot: undefined }));
  }
  const list: Argument[] = [];
  for (const item of listItems(value)) {
    const text = textOf(reading, item);
    if (text === undefined) return undefined;
    list.push({ text, slot: slotOf(item) });
  }
  return list;
}

/** A text, and a list that begins with `CMD-SHELL`, are for a shell; `CMD` has arguments behind it. */
function addHealthcheck(reading: Reading, test: YamlValue | undefined): void {
  if (test === undefined || !isNew(reading, undefined, test)) return;
  if (test.node?.kind === 'scalar') {
    const text = textOf(reading, test);
    if (text !== undefined) reading.commands.push(...readShell(text, 'compose'));
    return;
  }
  const [kind, ...rest] = argumentsOf(reading, test) ?? [];
  if (kind?.text.value === 'CMD') addExec(reading, rest);
  const script = rest[0];
  if (kind?.text.value === 'CMD-SHELL' && script !== undefined) {
    reading.commands.push(...readShell(script.text, 'compose'));
  }
}
