// `KEY: value` in a map and `KEY=value` in a list, which Compose takes for the same.
import type { Assignment } from '../../model/compose/fields.js';
import type { Located } from '../../model/located.js';
import { entries, placeOf, slotOf, type YamlEntry, type YamlValue } from '../yaml/document.js';
import { located } from '../yaml/locate.js';
import { isNull } from '../yaml/node.js';
import { hole } from './interpolation.js';
import { type ComposeValues, isReset, listItems } from './values.js';

/** The assignments of a map or a list; undefined for anything else. What has no known name is left out. */
export function assignmentsOf(values: ComposeValues, value: YamlValue): readonly Assignment[] | undefined {
  if (value.node?.kind === 'map') return entries(value).flatMap((entry) => fromPair(values, entry) ?? []);
  if (value.node?.kind !== 'sequence') return undefined;
  return listItems(value).flatMap((item) => {
    const pair = item.pair;
    return (pair === undefined ? fromItem(values, item) : fromPair(values, pair)) ?? [];
  });
}

export function fromPair(values: ComposeValues, { key, keyAt, value }: YamlEntry): Assignment | undefined {
  if (isReset(value)) return undefined;
  const slot = slotOf(value);
  const isWritten = value.duplicate || !isNull(value.node);
  const content: Located<string> = isWritten
    ? located(
        value,
        values.decode((text) => text.value),
      )
    : { kind: 'absent', at: keyAt, slot };
  return { name: key, nameAt: keyAt, value: content, literal: isLiteral(value), slot };
}

export function fromItem(values: ComposeValues, item: YamlValue): Assignment | undefined {
  const text = values.withHoles(item);
  if (text === undefined) return undefined;
  const equals = text.value.indexOf('=');
  const name = equals < 0 ? text.value : text.value.slice(0, equals);
  if (name === '' || name.includes(hole)) return undefined;
  const slot = slotOf(item);
  const nameAt = text.part(0, name.length);
  if (equals < 0) return { name, nameAt, value: { kind: 'absent', at: placeOf(item), slot }, literal: true, slot };
  const written = text.slice(equals + 1, text.value.length);
  const base = { at: written.place, via: item.via, slot };
  const value: Located<string> = written.value.includes(hole)
    ? { kind: 'unknown', ...base }
    : { kind: 'known', value: written.value, ...base };
  return { name, nameAt, value, literal: isLiteral(item), slot };
}

/** Whether no variable of Compose has a part in a text; `$$` is a dollar sign. */
function isLiteral({ node }: YamlValue): boolean {
  return node?.kind !== 'scalar' || !/\$[A-Za-z_{]/.test(node.value.replaceAll('$$', ''));
}
