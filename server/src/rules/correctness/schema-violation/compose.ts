// What is said of a Compose file that breaks the schema.
import type { Report, ReportedFinding, ReportedFix } from '../../../engine/rule.js';
import { replaceText, set } from '../../../model/change.js';
import type { ComposeFile, OtherKey } from '../../../model/compose/file.js';
import {
  type ComposeType,
  type ComposeViolation,
  composeViolations,
  isDuration,
  type MissingKey,
  placeOf,
  type RepeatedItem,
  type UnknownKey,
  type WrongName,
  type WrongValue,
} from '../../../model/compose/schema.js';
import { quoted } from '../../../model/quoted.js';
import { type Written, writtenAt } from '../../../model/written.js';
import { composeFileType } from '../../../standards/compose/schema.js';
import { closest } from '../../../text/closest.js';
import type { Place } from '../../../text/span.js';
import { malformed, refused } from './compose-formats.js';

/** What one file breaks by itself. */
export function checkComposeFile({ documents, isBase, otherKeys }: ComposeFile, report: Report): void {
  const starts = new Set<number>();
  for (const [index, document] of documents.entries()) {
    for (const violation of composeViolations(document, composeFileType(), { isFirst: index === 0, isBase })) {
      const finding = composeFinding(violation);
      if (finding === undefined) continue;
      starts.add(placeOf(violation).span.start);
      report(finding);
    }
  }
  for (const key of otherKeys) if (!starts.has(key.at.span.start)) report(otherKey(key));
}

function otherKey({ key, type, at }: OtherKey): ReportedFinding {
  if (type === 'null') return { at, message: `A key is empty: ${refused}.` };
  return {
    at,
    message: `Key ${quoted(key, 28)} is a ${type} and no text: ${refused}.`,
    fix: { title: 'Put it in quotes', safety: 'unsafe', change: replaceText(at, JSON.stringify(key)) },
  };
}

/** Undefined where the violation is the matter of another rule. */
function composeFinding(violation: ComposeViolation): ReportedFinding | undefined {
  switch (violation.kind) {
    case 'unknown-key':
      return unknownKey(violation);
    case 'wrong-name':
      return wrongName(violation);
    case 'missing-key':
      return missingKey(violation);
    case 'repeated-item':
      return repeatedItem(violation);
    case 'malformed':
      return malformed(violation);
    default:
      // A user given as a number is the matter of unquoted-user.
      return isUserId(violation) ? undefined : wrongValue(violation);
  }
}

function isUserId({ kind, name, value, inside }: WrongValue): boolean {
  const isService = inside.length === 3 && inside[1]?.name === 'services';
  return kind === 'wrong-type' && name === 'user' && isService && (value.kind === 'integer' || value.kind === 'number');
}

function located(violation: ComposeViolation): ReportedFinding['at'] {
  const { value } = violation;
  return { kind: 'unknown', at: placeOf(violation), via: value.via, slot: value.slot };
}

function unknownKey(violation: UnknownKey): ReportedFinding {
  const { key, keyAt, inside, keys } = violation;
  const own = inside.at(-1) ?? inside[0];
  const at = located(violation);
  const where = own.name === '' ? 'here' : `in ${quoted(own.name, 20)}`;
  const start = `Key ${quoted(key, 28)} is unknown ${where}:`;
  const meant = closest(key, own.type.fields.keys());
  if (meant !== undefined) {
    return {
      at,
      message: `${start} did you mean ${quoted(meant)}?`,
      fix: keys.has(meant)
        ? undefined
        : { title: `Rename to \`${meant}\``, safety: 'unsafe', change: replaceText(inQuotes(keyAt, key), meant) },
    };
  }
  const home = homeOf(violation);
  return { at, message: home === undefined ? `${start} ${refused}.` : `${start} it belongs in ${quoted(home, 20)}.` };
}

/** The place of a key without its quotes, which stay: `{"a":1}` needs them. */
function inQuotes({ file, span }: Place, key: string): Place {
  return span.end - span.start === key.length + 2
    ? { file, span: { start: span.start + 1, end: span.end - 1 } }
    : { file, span };
}

/** The map that the key belongs in: one around it, or one of the fields beside it. */
function homeOf({ key, value, inside }: UnknownKey): string | undefined {
  const outer = inside.slice(0, -1).findLast(({ type, name }) => name !== '' && type.fields.has(key));
  if (outer !== undefined) return outer.name;
  if (inside.length === 1) return isService(value) ? 'services' : undefined;
  const own = inside.at(-1) ?? inside[0];
  const below = [...own.type.fields].filter(([, field]) => field.map?.fields.has(key) === true);
  return below.length === 1 ? below[0]?.[0] : undefined;
}

/** A service of the first version of the format, or one that stands too far to the left. */
function isService(value: Written): boolean {
  return writtenAt(value, 'image') !== undefined || writtenAt(value, 'build') !== undefined;
}

function wrongName(violation: WrongName): ReportedFinding {
  const { key, inside } = violation;
  const { name } = inside.at(-1) ?? inside[0];
  return { at: located(violation), message: `${quoted(key, 28)} cannot be a name in ${quoted(name, 20)}: ${refused}.` };
}

function missingKey(violation: MissingKey): ReportedFinding {
  const { name, key, isItem, value } = violation;
  const isUsual = key === 'condition' && value.via.length === 0;
  return {
    at: located(violation),
    message: `${subject(name, isItem)} has no ${quoted(key, 20)}: ${refused}.`,
    fix: isUsual
      ? {
          title: 'Set `condition: service_started`',
          safety: 'unsafe',
          change: set(value.slotBelow(key), 'service_started'),
        }
      : undefined,
  };
}

function repeatedItem(violation: RepeatedItem): ReportedFinding {
  const { name, value } = violation;
  return {
    at: located(violation),
    message: `${quoted(value.text, 28)} stands twice in ${quoted(name, 20)}: ${refused}.`,
  };
}

function subject(name: string, isItem: boolean): string {
  return isItem ? `An item of ${quoted(name, 24)}` : quoted(name, 28);
}

function wrongValue(violation: WrongValue): ReportedFinding {
  const { kind, name, value, expected, isItem } = violation;
  const at = located(violation);
  const start = subject(name, isItem);
  if (kind === 'empty') return { at, message: `${start} is empty: ${refused}.` };
  if (kind === 'out-of-range')
    return { at, message: `${quoted(name, 28)} has to be from ${expected.min} to ${expected.max}: ${refused}.` };
  if (kind === 'no-unit') return { at, message: `${quoted(name, 28)} has no unit: ${refused}.`, fix: inSeconds(value) };
  if (kind === 'wrong-word') return wrongWord(violation, at);
  if (value.kind === 'number' && expected.scalars.has('integer'))
    return { at, message: `${start} has to be a whole number: ${refused}.` };
  return {
    at,
    message: `${start} has to be ${wanted(expected)}, not ${actual(value)}: ${refused}.`,
    fix: converted(violation),
  };
}

function wrongWord({ name, value, expected }: WrongValue, at: ReportedFinding['at']): ReportedFinding {
  const start = `${quoted(value.text, 24)} is no value of ${quoted(name, 20)}:`;
  const meant = closest(value.text, expected.words ?? []);
  if (meant === undefined) return { at, message: `${start} ${refused}.` };
  return {
    at,
    message: `${start} did you mean ${quoted(meant)}?`,
    fix: write(value, meant, `Write \`${meant}\``),
  };
}

function inSeconds(value: Written): ReportedFix | undefined {
  const text = `${value.text}s`;
  return /^[1-9]\d*s$/.test(text) ? write(value, text, `Write \`${text}\``) : undefined;
}

/** Puts a text, or a list of one text, in the place of a scalar. */
function write(value: Written, data: string | readonly [string], title: string): ReportedFix | undefined {
  const { start, end } = value.at.span;
  // A text that variables or escapes have a part in stands there in another length.
  const isAsWritten = [value.text.length, value.text.length + 2].includes(end - start);
  if (!isAsWritten) return undefined;
  if (value.via.length === 0) return { title, safety: 'unsafe', change: set(value.slot, data) };
  // For all who use it.
  return typeof data === 'string'
    ? { title, safety: 'unsafe', change: replaceText(value.at, JSON.stringify(data)) }
    : undefined;
}

/** `a string, list or map` */
function wanted({ scalars, castsToBoolean, list, map }: ComposeType): string {
  const words: string[] = [];
  if (scalars.has('string') && !castsToBoolean) words.push('string');
  // Beside texts, and where there is more to choose from, they need no mention.
  const isPlain = list === undefined && map === undefined;
  if ((scalars.has('integer') || scalars.has('number')) && (isPlain || words.length === 0)) words.push('number');
  if (scalars.has('boolean') && (isPlain || words.length === 0)) words.push('boolean');
  if (list !== undefined) words.push('list');
  if (map !== undefined) words.push('map');
  const last = words.pop() ?? 'null';
  return words.length === 0 ? `a ${last}` : `a ${words.join(', ')} or ${last}`;
}

function actual({ kind }: Written): string {
  return kind === 'integer' ? 'a number' : `a ${kind}`;
}

/** The same value with the type that is wanted, where it says the same. */
function converted(violation: WrongValue): ReportedFix | undefined {
  const { value, expected } = violation;
  const { scalars, castsToBoolean, list, map } = expected;
  if (value.kind === 'map' || value.kind === 'list' || castsToBoolean) return undefined;
  if (isDuration(violation) && value.kind === 'integer') return inSeconds(value);
  if (scalars.has('string')) return write(value, value.text, 'Write it as a string');
  const isList = list?.of.scalars.has('string') === true && value.kind === 'string' && map === undefined;
  return isList ? write(value, [value.text], 'Write it as a list') : undefined;
}
