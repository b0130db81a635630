// What a Compose service may take of its host, which Compose reads in two places: a short key, and below `deploy`.
import type { MappedText } from '../../text/mapped-text.js';
import { type Change, set } from '../change.js';
import type { Located } from '../located.js';
import type { ComposeFields } from './fields.js';
import type { ComposeService } from './service.js';

export type LimitName = 'memory' | 'cpus' | 'pids' | 'memory reservation' | 'cpus reservation';

interface Spelling {
  /** Absent where there is only the one below `deploy`. */
  readonly short?: string;
  /** Below `deploy.resources`. */
  readonly map: 'limits' | 'reservations';
  readonly key: string;
  readonly read: (text: string) => number | undefined;
}

const spellings: Readonly<Record<LimitName, Spelling>> = {
  memory: { short: 'mem_limit', map: 'limits', key: 'memory', read: bytesOf },
  cpus: { short: 'cpus', map: 'limits', key: 'cpus', read: cpusOf },
  pids: { short: 'pids_limit', map: 'limits', key: 'pids', read: countOf },
  'memory reservation': { short: 'mem_reservation', map: 'reservations', key: 'memory', read: bytesOf },
  'cpus reservation': { map: 'reservations', key: 'cpus', read: cpusOf },
};

/** Zero stands for no limit. */
export interface Amount {
  readonly number: number;
  /** As it is written; undefined where a variable brings it. */
  readonly text: string | undefined;
}

/** The short key and its like below `deploy`. */
export interface WrittenLimit {
  readonly short: Located<Amount> | undefined;
  /** Where this map is there, Compose refuses a short key that it does not agree with. */
  readonly map: Located<ComposeFields>;
  readonly deployed: Located<Amount>;
}

export function writtenLimit({ fields }: ComposeService, name: LimitName): WrittenLimit {
  const { short, map, key, read } = spellings[name];
  const path = ['deploy', 'resources', map];
  return {
    short: short === undefined ? undefined : amountAt(fields, [short], read),
    map: fields.fields(...path),
    deployed: amountAt(fields, [...path, key], read),
  };
}

/**
 * The limit that is in force. Where there is none it is known and not positive, or absent at the place where it is to be
 * written.
 */
export function limitOf(service: ComposeService, name: LimitName): Located<Amount> {
  const { short, map, deployed } = writtenLimit(service, name);
  const written = short === undefined ? [deployed] : [deployed, short];
  return (
    written.find((limit) => limit.kind === 'known' && limit.value.number > 0) ??
    written.find(({ kind }) => kind === 'unknown') ??
    written.find(({ kind }) => kind === 'known') ??
    (map.kind === 'absent' ? (short ?? deployed) : deployed)
  );
}

/** Whether it is certain that nothing limits it. */
export function isUnlimited(limit: Located<Amount>): boolean {
  return limit.kind === 'absent' || (limit.kind === 'known' && limit.value.number <= 0);
}

/** Gives a service that has no limit one, in the place that Compose takes it in; undefined where it takes it in none. */
export function limitTo(
  service: ComposeService,
  name: LimitName,
  value: { readonly short: string | number; readonly deployed: string | number },
): Change | undefined {
  const { short, map, deployed } = writtenLimit(service, name);
  if (short !== undefined && map.kind === 'absent') return set(short.slot, value.short);
  const agrees = short === undefined || short.kind === 'absent' || (short.kind === 'known' && short.value.number === 0);
  return map.kind !== 'unknown' && agrees ? set(deployed.slot, value.deployed) : undefined;
}

function amountAt(
  fields: ComposeFields,
  path: readonly string[],
  read: (text: string) => number | undefined,
): Located<Amount> {
  const field = fields.text(...path);
  if (field.kind !== 'known') return field;
  const { value, at, via, slot } = field;
  const number = read(value.value);
  if (number === undefined) return { kind: 'unknown', at, via, slot };
  return { kind: 'known', value: { number, text: isVerbatim(value) ? value.value : undefined }, at, via, slot };
}

/** Whether nothing but quotes stands around it. */
function isVerbatim({ value, place: { span } }: MappedText): boolean {
  return span.end - span.start <= value.length + 2;
}

const wholeNumber = /^(?:0|-?[1-9]\d{0,18})$/;
const cpus = /^-?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})$/;
const size = /^(\d{1,15}(?:\.\d{0,15})?|\.\d{1,15}) ?(?:b|([kmgtp])(?:i?b)?)$/i;
const units = ['', 'k', 'm', 'g', 't', 'p'];

/** A size as docker/go-units 0.5.0 reads it: `512m`, `1.5GiB`, `1073741824`. All units are powers of 1024. */
export function bytesOf(text: string): number | undefined {
  const [, amount, unit = ''] = size.exec(text) ?? [];
  return amount === undefined ? countOf(text) : Math.floor(Number(amount) * 1024 ** units.indexOf(unit.toLowerCase()));
}

/** Compose keeps them in 32 bits: numbers that are the same there agree. */
function cpusOf(text: string): number | undefined {
  return cpus.test(text) ? Math.fround(Number(text)) : undefined;
}

/** YAML has its own ideas of `010` and `1_000`, and a size of `1.5` without a unit comes to nothing. */
function countOf(text: string): number | undefined {
  return wholeNumber.test(text) ? Number(text) : undefined;
}
