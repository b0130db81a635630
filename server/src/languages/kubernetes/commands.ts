// What containers are told to run: their own command, their hooks and their probes.
import type { Slot } from '../../model/located.js';
import type { ShellCommand } from '../../model/shell-command.js';
import type { MappedText } from '../../text/mapped-text.js';
import { everyCommand } from '../shell/every-command.js';
import { readArguments } from '../shell/read-shell.js';
import { slotOf, type YamlValue } from '../yaml/document.js';
import { lookup } from '../yaml/locate.js';
import { mayHoldMore } from './template.js';
import { itemsOf, mappedString } from './values.js';

const hookPaths: readonly (readonly string[])[] = [
  ['lifecycle', 'postStart', 'exec', 'command'],
  ['lifecycle', 'preStop', 'exec', 'command'],
  ['livenessProbe', 'exec', 'command'],
  ['readinessProbe', 'exec', 'command'],
  ['startupProbe', 'exec', 'command'],
];

/** Every command of a container, those inside of scripts included. */
export function containerCommands(container: YamlValue): readonly ShellCommand[] {
  const own = words(container, ['command']);
  const more = words(container, ['args']);
  const lists = [
    own === undefined || more === undefined ? [] : [...own, ...more],
    ...hookPaths.map((path) => words(container, path) ?? []),
  ];
  const commands = lists.flatMap((list) => {
    const texts = list.map(({ text }) => text);
    const slots = list.map(({ slot }) => slot);
    return readArguments(texts, 'kubernetes', slots) ?? [];
  });
  return everyCommand(commands);
}

interface Word {
  readonly text: MappedText;
  readonly slot: Slot;
}

/** The words of a list; undefined where one of them cannot be told. */
function words(container: YamlValue, path: readonly string[]): readonly Word[] | undefined {
  const found = lookup(container, path);
  if (found.kind === 'missing') return [];
  if (found.kind === 'blocked' || found.value.node?.kind !== 'sequence' || mayHoldMore(found.value)) return undefined;
  const list: Word[] = [];
  for (const item of itemsOf(found.value)) {
    const text = mappedString(item);
    if (text === undefined) return undefined;
    list.push({ text, slot: slotOf(item) });
  }
  return list;
}
