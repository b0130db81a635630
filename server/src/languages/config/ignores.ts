// One item of `ignores`.
import type { CentralIgnore } from '../../engine/central-ignores.js';
import type { ConfigSurroundings } from '../../engine/language.js';
import type { Rule } from '../../engine/rule.js';
import { isDay } from '../../model/day.js';
import { closest } from '../../text/closest.js';
import type { Place } from '../../text/span.js';
import { items, placeOf, type YamlValue } from '../yaml/document.js';
import { changeTo, firstUnit, type ValueReader } from './value-reader.js';

/** The ignore; none where it has no effect, which is then said. */
export function readIgnore(
  item: YamlValue,
  reader: ValueReader,
  known: ReadonlyMap<string, Rule>,
  { today, unused }: ConfigSurroundings,
): readonly CentralIgnore[] {
  let rules: readonly string[] | undefined;
  let files: readonly string[] | undefined;
  let resource: string | undefined;
  let reason: string | undefined;
  let until: { readonly day: string | undefined; readonly at: Place } | undefined;
  // A condition that is not understood must not make the ignore wider than it was meant.
  let isUnderstood = true;
  const understood = <T>(read: T | undefined): T | undefined => {
    if (read === undefined) isUnderstood = false;
    return read;
  };
  reader.map(item, 'An ignore', 'key of an ignore', {
    rule: (value, key) => {
      rules = readIds(value, key, reader, known);
    },
    files: (value, key) => {
      files = understood(reader.texts(value, key));
    },
    resource: (value, key) => {
      resource = understood(reader.text(value, key));
    },
    reason: (value, key) => {
      reason = understood(reader.text(value, key));
    },
    until: (value, key) => {
      until = { day: understood(readDay(value, key, reader)), at: placeOf(value) };
    },
  });
  if (item.node?.kind !== 'map' || !isUnderstood) return [];
  const at = firstUnit(item);
  const lacking = rules === undefined ? 'rule' : reason === undefined ? 'reason' : undefined;
  if (lacking !== undefined) {
    reader.problem(at, `An ignore needs a '${lacking}': this one has no effect.`);
    return [];
  }
  if (rules === undefined || reason === undefined || rules.length === 0) return [];
  if (until?.day !== undefined && today !== undefined && until.day < today) {
    reader.problem(until.at, `This ignore ended on ${until.day}: what it silenced is shown again.`);
    return [];
  }
  if (unused?.has(at.span.start) === true) {
    reader.problem(at, 'This ignore silences nothing: it can be taken out.');
  }
  return [{ rules, files, resource, reason: reason.trim(), until: until?.day, at }];
}

function readIds(
  value: YamlValue,
  key: string,
  reader: ValueReader,
  known: ReadonlyMap<string, Rule>,
): readonly string[] {
  const written = value.node?.kind === 'sequence' ? items(value) : [value];
  return written.flatMap((item) => {
    const id = reader.text(item, key, 'the id of a rule, or a list of them');
    if (id === undefined || known.has(id)) return id ?? [];
    const meant = closest(id, known.keys());
    const end = meant === undefined ? 'it has no effect.' : `did you mean '${meant}'?`;
    // It would silence what is shown today.
    const fix = meant === undefined ? undefined : changeTo(item, placeOf(item), meant, 'unsafe');
    reader.problem(placeOf(item), `'${id.slice(0, 40)}' is no rule: ${end}`, fix);
    return [];
  });
}

function readDay(value: YamlValue, key: string, reader: ValueReader): string | undefined {
  const text = value.node?.kind === 'scalar' ? value.node.value : '';
  if (isDay(text)) return text;
  reader.mustBe(value, key, "a day such as '2026-12-31'");
  return undefined;
}
