// Holds what is written in a Compose file against the schema of the specification.
import type { Place } from '../../text/span.js';
import type { Written, WrittenEntry } from '../written.js';
import { writtenAt } from '../written.js';
import type { ComposeDocument } from './file.js';
import { type Format, type FormatFault, formatFault, formatOf, portNumberFault } from './formats.js';

type ScalarKind = 'string' | 'boolean' | 'integer' | 'number' | 'null';

/** What a value may be: a scalar of some kinds, a list, a map, or one of them. Nothing at all: anything. */
export interface ComposeType {
  readonly scalars: ReadonlySet<ScalarKind>;
  /** Of texts, only the words for a boolean will do. */
  readonly castsToBoolean: boolean;
  /** The texts that it may be; undefined: any. */
  readonly words: readonly string[] | undefined;
  readonly pattern: RegExp | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly list: { readonly of: ComposeType; readonly unique: boolean } | undefined;
  readonly map: MapType | undefined;
}

export interface MapType {
  readonly fields: ReadonlyMap<string, ComposeType>;
  /** What the keys that are none of the fields may be called, and what they hold. */
  readonly others: { readonly name: RegExp; readonly of: ComposeType } | undefined;
  readonly open: boolean;
  /** Whether it takes keys that begin with `x-`. */
  readonly extensible: boolean;
  readonly required: readonly string[];
}

/** A map with the type that it should be of. */
export interface TypedMap {
  readonly map: Written;
  readonly type: MapType;
  /** The key that it, or its list, stands behind; empty for the whole document. */
  readonly name: string;
}

/** The maps around something, from the document on; the last one is its own. */
export type Inside = readonly [TypedMap, ...TypedMap[]];

export interface UnknownKey {
  readonly kind: 'unknown-key';
  readonly key: string;
  readonly keyAt: Place;
  readonly value: Written;
  readonly inside: Inside;
  /** All keys of its map. */
  readonly keys: ReadonlySet<string>;
}

/** The key of a map whose keys are names, of which it cannot be one. */
export interface WrongName {
  readonly kind: 'wrong-name';
  readonly key: string;
  readonly keyAt: Place;
  readonly value: Written;
  readonly inside: Inside;
}

export interface WrongValue {
  readonly kind: 'wrong-type' | 'wrong-word' | 'out-of-range' | 'no-unit' | 'empty';
  /** The key that the value, or the list that it is in, stands behind. */
  readonly name: string;
  readonly nameAt: Place;
  readonly value: Written;
  readonly expected: ComposeType;
  /** Whether it is an item of a list. */
  readonly isItem: boolean;
  readonly inside: Inside;
}

export interface RepeatedItem {
  readonly kind: 'repeated-item';
  readonly name: string;
  readonly value: Written;
}

/** A map that lacks a key, and that no other file completes. */
export interface MissingKey {
  readonly kind: 'missing-key';
  readonly name: string;
  readonly key: string;
  readonly value: Written;
  /** Whether it is an item of a list. */
  readonly isItem: boolean;
  /** The first of the keys that it has. */
  readonly at: Place;
}

/** A text that says nothing to Compose, though it may be a text. */
export interface Malformed {
  readonly kind: 'malformed';
  readonly name: string;
  readonly value: Written;
  readonly fault: FormatFault;
  /** The part that is wrong. */
  readonly at: Place;
}

export type ComposeViolation = UnknownKey | WrongName | WrongValue | RepeatedItem | MissingKey | Malformed;

/**
 * Lists in which Compose leaves an item that stands there twice, and then refuses the file. In others it drops the second
 * one before it looks. Seen with Compose 2.26.
 */
const refusesRepeated: ReadonlySet<string> = new Set([
  'capabilities',
  'depends_on',
  'device_cgroup_rules',
  'device_ids',
  'external_links',
  'extra_hosts',
  'group_add',
  'networks',
  'security_opt',
  'volumes_from',
]);

/** What Compose wants of the items of lists, beside what the schema does. */
const alsoRequired: ReadonlyMap<string, readonly string[]> = new Map([
  ['ports', ['target']],
  ['volumes', ['target']],
]);

/** Compose 2.26 takes hooks without a command, which later schemas want. */
const hooks: ReadonlySet<string> = new Set(['post_start', 'pre_start', 'pre_stop']);

/** Whether a value has to be a duration, which is refused without a unit: `30` as well as `"30"`. */
export function isDuration({ name, inside }: Pick<WrongValue, 'name' | 'inside'>): boolean {
  return formatOf(ownerOf(inside), name) === 'duration';
}

/** Maps that are taken whole: another file does not complete what one file says of them. */
const takenWhole: ReadonlySet<string> = new Set(['ulimits']);

interface Field {
  readonly name: string;
  readonly nameAt: Place;
  readonly inside: Inside;
  /** Whether a null is refused: nothing that is merged can stand below it. */
  readonly isWhole: boolean;
  readonly isItem: boolean;
}

interface Surroundings {
  /** Whether the document is not merged onto another one of its file. */
  readonly isFirst: boolean;
  /** Neither onto one of another file. */
  readonly isBase: boolean;
}

/**
 * Where a document breaks the schema. What cannot be told breaks nothing. What an anchor is used for many times is told
 * once for each type.
 */
export function composeViolations(
  { written, partOf }: ComposeDocument,
  type: ComposeType,
  { isFirst, isBase }: Surroundings,
): readonly ComposeViolation[] {
  const violations: ComposeViolation[] = [];
  const isUntold = firstVisits();
  let isNew = firstVisits();
  /** Those that were told already at another use of their anchor. */
  let echoes = 0;

  const tell = (expected: ComposeType, violation: WrongValue | Malformed): void => {
    if (isUntold(violation.value, expected)) violations.push(violation);
    else echoes++;
  };

  /** What is read from a part that broke nothing before breaks nothing again. */
  const unlessSound = (part: object | undefined, given: string, look: () => void): void => {
    if (part === undefined) {
      look();
      return;
    }
    if (isSound(part, type, given)) return;
    const before = violations.length + echoes;
    // Each part is looked at as if it were alone, so that what is found in it does not hang on the others.
    isNew = firstVisits();
    look();
    if (violations.length + echoes === before) rememberSound(part, type, given);
  };

  const checkMap = (inside: Inside, { map, type: mapType }: TypedMap, isWhole: boolean): void => {
    const entries = map.entries();
    // Made once: a map may have thousands of keys that are all wrong.
    let keys: ReadonlySet<string> | undefined;
    for (const { key, keyAt, value } of entries) {
      const expected = mapType.fields.get(key);
      if (expected !== undefined) {
        const field = { name: key, nameAt: keyAt, inside, isWhole, isItem: false };
        if (inside.length === 1 && key !== 'services') checkSection(value, expected, field);
        else check(value, expected, field);
      } else if (!(mapType.extensible && key.startsWith('x-'))) {
        keys ??= new Set(entries.map((entry) => entry.key));
        checkOther(inside, { key, keyAt, value }, keys, isWhole);
      }
    }
  };

  const checkOther = (inside: Inside, entry: WrittenEntry, keys: ReadonlySet<string>, isWhole: boolean): void => {
    const { key, keyAt, value } = entry;
    const { others, open } = (inside.at(-1) ?? inside[0]).type;
    if (others?.name.test(key) === true) {
      const field = { name: key, nameAt: keyAt, inside, isWhole, isItem: false };
      if (others.of.map?.fields.has('image') === true) checkService(value, others.of, field);
      else check(value, others.of, field);
    } else if (!open) {
      const found = { key, keyAt, value, inside };
      violations.push(
        others === undefined ? { kind: 'unknown-key', ...found, keys } : { kind: 'wrong-name', ...found },
      );
    }
  };

  const checkSection = (section: Written, expected: ComposeType, field: Field): void =>
    unlessSound(partOf(field.name), `${isFirst} ${isBase} ${field.isWhole}`, () => check(section, expected, field));

  const checkService = (service: Written, expected: ComposeType, field: Field): void =>
    unlessSound(partOf('services', field.name), `${isFirst} ${isBase}`, () => {
      const isWhole = isFirst && (service.kind === 'null' ? isBase : saysWhatItRuns(service));
      check(service, expected, { ...field, isWhole });
    });

  const check = (value: Written, expected: ComposeType, field: Field): void => {
    if (value.kind === 'unknown' || isAnything(expected) || isInclude(field)) return;
    const fault = faultOf(value, expected, field);
    if (fault !== undefined) {
      const { name, nameAt, inside, isItem } = field;
      tell(expected, { kind: fault, name, nameAt, value, expected, isItem, inside });
    } else if (value.kind === 'string' || value.kind === 'integer') {
      const malformed = malformedBy(value, field);
      if (malformed !== undefined) tell(expected, malformed);
    } else if (value.kind === 'map' && expected.map !== undefined && isNew(value, expected)) {
      const inner: TypedMap = { map: value, type: expected.map, name: field.name };
      const owner = field.inside.at(-1)?.name ?? '';
      // Of what a service waits for, another file below may say more.
      if (field.isItem || takenWhole.has(owner) || (owner === 'depends_on' && field.isWhole && isBase))
        violations.push(...missingKeys(inner, field.isItem));
      checkMap([...field.inside, inner], inner, field.isWhole);
    } else if (value.kind === 'list' && expected.list !== undefined && isNew(value, expected)) {
      const { of, unique } = expected.list;
      if (unique && refusesRepeated.has(field.name)) violations.push(...repeatedItems(field.name, value.items()));
      for (const item of value.items()) check(item, of, { ...field, isItem: true });
    }
  };

  if (written.kind !== 'map' || type.map === undefined) return [];
  const outer: TypedMap = { map: written, type: type.map, name: '' };
  const services = writtenAt(written, 'services')?.entries() ?? [];
  checkMap([outer], outer, isFirst && services.some(({ value }) => saysWhatItRuns(value)));
  return withoutEchoes(violations);
}

/** By part and type: given what it broke nothing. */
const sound = new WeakMap<object, Map<ComposeType, Set<string>>>();

function isSound(part: object, type: ComposeType, given: string): boolean {
  return sound.get(part)?.get(type)?.has(given) === true;
}

function rememberSound(part: object, type: ComposeType, given: string): void {
  const byType = sound.get(part) ?? new Map<ComposeType, Set<string>>();
  sound.set(part, byType);
  byType.set(type, (byType.get(type) ?? new Set()).add(given));
}

/** Whether a value is looked at for the first time for this type; what is written in place always is. */
function firstVisits(): (value: Written, expected: ComposeType) => boolean {
  const seen = new Map<ComposeType, Set<number>>();
  return (value, expected) => {
    if (value.via.length === 0) return true;
    const starts = seen.get(expected) ?? new Set();
    seen.set(expected, starts);
    const { start } = value.at.span;
    if (starts.has(start)) return false;
    starts.add(start);
    return true;
  };
}

/**
 * Whether a service says what it runs, so that it is hardly one that a base file completes. A null in such a service hides
 * nothing that is below it.
 */
function saysWhatItRuns(service: Written): boolean {
  const keys = service.entries().filter(({ value }) => value.kind !== 'null');
  return keys.some(({ key }) => key === 'image' || key === 'build') && !keys.some(({ key }) => key === 'extends');
}

/** What is included is read, and taken away, before Compose looks at the schema. */
function isInclude({ name, isItem, inside }: Field): boolean {
  return name === 'include' && isItem && inside.length === 1;
}

function isAnything({ scalars, list, map }: ComposeType): boolean {
  return scalars.size === 0 && list === undefined && map === undefined;
}

function faultOf(value: Written, expected: ComposeType, field: Field): WrongValue['kind'] | undefined {
  const { kind, text } = value;
  if (kind === 'null') return isNullTaken(expected, field) ? undefined : 'empty';
  if (kind === 'map') return expected.map === undefined ? 'wrong-type' : undefined;
  if (kind === 'list') return expected.list === undefined ? 'wrong-type' : undefined;
  if (!fits(value, expected)) return 'wrong-type';
  if (kind === 'string') {
    if (expected.words?.includes(text) === false) return 'wrong-word';
    if (/^[1-9]\d*$/.test(text) && isDuration(field)) return 'no-unit';
    return expected.pattern?.test(text) === false ? 'wrong-word' : undefined;
  }
  if (kind !== 'integer' || !/^[-+]?(?:0|[1-9]\d*)$/.test(text)) return undefined;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = expected;
  return Number(text) < min || Number(text) > max ? 'out-of-range' : undefined;
}

function malformedBy(value: Written, { name, inside }: Field): Malformed | undefined {
  const format = formatOf(ownerOf(inside), name);
  const fault = format && faultOfText(value, format);
  if (fault === undefined) return undefined;
  const hasPart = 'start' in fault && fault.end > fault.start;
  const at = hasPart ? (value.mapped()?.part(fault.start, fault.end) ?? value.at) : value.at;
  return { kind: 'malformed', name, value, fault, at };
}

function faultOfText({ kind, text }: Written, format: Format): FormatFault | undefined {
  if (kind === 'string') return formatFault(format, text);
  // Other notations (`0x50`, `010`) are ports as well.
  return format === 'port' && /^-?(?:0|[1-9]\d*)$/.test(text) ? portNumberFault(Number(text), text) : undefined;
}

/** What the key of a value belongs to, in the words of `formatOf`. */
function ownerOf(inside: Inside): string {
  if (inside.length === 3 && inside[1]?.name === 'services') return 'service';
  return inside.at(-2)?.name === 'ulimits' ? 'ulimits.*' : (inside.at(-1)?.name ?? '');
}

function isNullTaken({ scalars }: ComposeType, { name, isWhole, isItem }: Field): boolean {
  return scalars.has('null') || name === 'include' || !(isWhole || isItem);
}

/** Whether a scalar is of one of the kinds, after Compose cast it. */
function fits({ kind, text }: Written, { scalars, castsToBoolean }: ComposeType): boolean {
  switch (kind) {
    case 'string':
      if (castsToBoolean) return /^(?:true|false|yes|no|on|off|y|n)$/i.test(text);
      if (scalars.has('string')) return true;
      return (scalars.has('integer') || scalars.has('number')) && /^[-+.]?\d/.test(text);
    case 'integer':
      return scalars.has('integer') || scalars.has('number');
    case 'number':
      return scalars.has('number') || (scalars.has('integer') && Number.isInteger(Number(text.replaceAll('_', ''))));
    case 'boolean':
      return scalars.has('boolean');
    default:
      return true;
  }
}

function missingKeys({ map, type, name }: TypedMap, isItem: boolean): readonly MissingKey[] {
  const required = isItem ? [...type.required, ...(alsoRequired.get(name) ?? [])] : type.required;
  if (required.length === 0 || hooks.has(name)) return [];
  const keys = map.entries();
  const has = new Set(keys.map(({ key }) => key));
  const key = required.find((one) => !has.has(one));
  if (key === undefined) return [];
  return [{ kind: 'missing-key', name, key, value: map, isItem, at: keys[0]?.keyAt ?? map.at }];
}

function repeatedItems(name: string, items: readonly Written[]): readonly RepeatedItem[] {
  const seen = new Set<string>();
  return items.flatMap((value) => {
    if (value.kind !== 'string' && value.kind !== 'integer') return [];
    const id = `${value.kind} ${value.text}`;
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ kind: 'repeated-item', name, value }];
  });
}

/** What comes to several maps by aliases and merges is reported where it is written, once. */
function withoutEchoes(violations: readonly ComposeViolation[]): readonly ComposeViolation[] {
  const starts = new Set<string>();
  return violations.filter((violation) => {
    const { span } = placeOf(violation);
    const id = `${span.start} ${violation.kind}`;
    if (starts.has(id)) return false;
    starts.add(id);
    return true;
  });
}

/** The token that is wrong: never all lines of a block. */
export function placeOf(violation: ComposeViolation): Place {
  switch (violation.kind) {
    case 'unknown-key':
    case 'wrong-name':
      return violation.keyAt;
    case 'missing-key':
    case 'malformed':
      return violation.at;
    case 'repeated-item':
      return violation.value.at;
    default:
      return placeOfValue(violation);
  }
}

function placeOfValue({ value, nameAt, isItem, kind }: WrongValue): Place {
  if (isItem) return value.entries()[0]?.keyAt ?? (value.kind === 'list' ? nameAt : value.at);
  return kind === 'empty' || value.kind === 'map' || value.kind === 'list' ? nameAt : value.at;
}
