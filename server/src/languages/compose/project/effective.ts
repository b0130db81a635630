// Writes a project out in long form, each value with the place that it comes from.
import type {
  Effective,
  EffectiveEntry,
  EffectiveList,
  EffectiveMap,
  EffectiveScalar,
  Origin,
} from '../../../model/compose/effective.js';
import type { MappedText } from '../../../text/mapped-text.js';
import type { Place } from '../../../text/span.js';
import { entries, items, placeOf, type YamlDocument, type YamlEntry, type YamlValue } from '../../yaml/document.js';
import { isNull } from '../../yaml/node.js';
import { plainBoolean, plainInteger } from '../../yaml/scalar.js';
import { type ComposeValues, castBoolean, field, isReset, listItems } from '../values.js';
import { splitWords } from '../words.js';
import type { Assembled } from './assembly.js';
import { goText } from './go-text.js';
import { type LongForm, longFormAt } from './long-forms.js';
import { mannerAt } from './manners.js';
import { distinct } from './merge.js';
import { resolvePath } from './resolve-path.js';
import { shortPorts } from './short-ports.js';
import { shortVolume } from './short-volume.js';

/** The whole project; fragments (`x-…`) are left out, since they are in what uses them. Undefined where nothing is in it. */
export function effectiveProject({ values, root, folders }: Assembled): EffectiveMap | undefined {
  if (root === undefined) return undefined;
  const writer = new Writer(values, folders);
  // The version of the format has long been without meaning.
  const shown = entries(root).filter(({ key }) => key !== 'version');
  return { kind: 'map', entries: shown.flatMap((entry) => writer.entry(entry, [])), origin: originOf(root) };
}

function originOf(value: YamlValue): Origin {
  const replaces: Place[] = [];
  for (let below = value.replaces; below !== undefined && replaces.length < 20; below = below.replaces) {
    replaces.push(placeOf(below));
  }
  return { at: placeOf(value), via: value.via, replaces };
}

function scalar(value: EffectiveScalar['value'], origin: Origin, known = true): EffectiveScalar {
  return { kind: 'scalar', value, known, origin };
}

class Writer {
  readonly #values: ComposeValues;
  readonly #folders: ReadonlyMap<YamlDocument, string>;

  constructor(values: ComposeValues, folders: ReadonlyMap<YamlDocument, string>) {
    this.#values = values;
    this.#folders = folders;
  }

  entry({ key, value }: YamlEntry, path: readonly string[]): readonly EffectiveEntry[] {
    const isFragment = key.startsWith('x-') && path.length <= 2;
    return isReset(value) || isFragment ? [] : [{ key, value: this.value(value, [...path, key]) }];
  }

  value(value: YamlValue, path: readonly string[]): Effective {
    const form = longFormAt(path);
    return (
      (form === undefined || isAbsent(value) ? undefined : this.#long(value, form, path)) ?? this.#plain(value, path)
    );
  }

  #plain(value: YamlValue, path: readonly string[]): Effective {
    const origin = originOf(value);
    if (value.node?.kind === 'map') {
      return { kind: 'map', entries: entries(value).flatMap((entry) => this.entry(entry, path)), origin };
    }
    if (value.node?.kind === 'sequence') {
      const all = this.#items(value, path).map((item) => this.value(item, [...path, '[]']));
      return { kind: 'list', items: all, origin };
    }
    return this.#scalar(value);
  }

  /** Of items that say the same, one. */
  #items(value: YamlValue, path: readonly string[]): readonly YamlValue[] {
    const reading = { values: this.#values, folderOf: (document: YamlDocument) => this.#folders.get(document) ?? '' };
    const all = items(value).filter((item) => !isReset(item));
    return distinct(reading, all, mannerAt(path));
  }

  #scalar(value: YamlValue): Effective {
    const origin = originOf(value);
    if (isAbsent(value)) return scalar(null, origin);
    const { node } = value;
    if (node?.kind === 'scalar' && !node.value.includes('$')) {
      const typed = plainBoolean(node) ?? plainInteger(node);
      if (typed !== undefined) return scalar(typed, origin);
    }
    return this.#string(value);
  }

  #text(value: YamlValue): string {
    return this.#values.forShell(value)?.value ?? '';
  }

  #isKnown(value: YamlValue): boolean {
    return isAbsent(value) || this.#values.known(value) !== undefined;
  }

  /** Undefined where the value has its long form already. */
  #long(value: YamlValue, form: LongForm, path: readonly string[]): Effective | undefined {
    const kind = value.node?.kind;
    const origin = originOf(value);
    switch (form) {
      case 'boolean': {
        const cast = castBoolean(this.#text(value));
        return kind === 'scalar' && cast !== undefined ? scalar(cast, origin) : undefined;
      }
      case 'number': {
        const text = this.#text(value);
        const isNumber = kind === 'scalar' && /^[-+]?\d{1,15}(?:\.\d{1,15})?$/.test(text);
        const plain = value.node?.kind === 'scalar' ? plainInteger(value.node) : undefined;
        return isNumber ? scalar(plain ?? Number(text), origin) : undefined;
      }
      case 'arguments':
      case 'test':
        return kind === 'scalar' ? this.#arguments(value, form) : undefined;
      case 'texts':
        return kind === 'scalar' ? { kind: 'list', items: [this.#string(value)], origin } : this.#strings(value, path);
      case 'text':
        return kind === 'scalar' ? this.#string(value) : undefined;
      case 'mapping':
      case 'contexts':
        return this.#mapping(value, form, path);
      case 'hosts':
        return this.#hosts(value);
      case 'names':
      case 'conditions':
        return this.#named(value, form, path);
      case 'build':
        if (kind === 'map') return this.#build(value, path);
        return kind === 'scalar' ? map(origin, [['context', this.#path(value)]]) : undefined;
      case 'path':
        return kind === 'scalar' ? this.#path(value) : undefined;
      case 'ulimit':
        return this.#ulimit(value, path);
      default:
        return kind === 'sequence' || form === 'env-files' || form === 'ssh'
          ? this.#list(value, form, path)
          : undefined;
    }
  }

  /** Nobody has to say that it is built from its own folder. */
  #build(value: YamlValue, path: readonly string[]): Effective {
    const own = this.#plain(value, path);
    const folder = this.#folders.get(value.document);
    if (own.kind !== 'map' || valueOf(own, 'context') !== undefined) return own;
    return { ...own, entries: [{ key: 'context', value: made(folder ?? '.') }, ...own.entries] };
  }

  /** One number for both ends, or a map of two. */
  #ulimit(value: YamlValue, path: readonly string[]): Effective | undefined {
    if (value.node?.kind === 'scalar') return this.#long(value, 'number', path);
    const own = this.#plain(value, path);
    if (own.kind !== 'map') return undefined;
    const ends = own.entries.map(({ key, value: end }) => {
      const isNumber = end.kind === 'scalar' && typeof end.value === 'string' && /^-?\d{1,15}$/.test(end.value);
      return { key, value: isNumber ? { ...end, value: Number(end.value) } : end };
    });
    return { ...own, entries: ends };
  }

  #string(value: YamlValue): Effective {
    return scalar(isAbsent(value) ? null : this.#text(value), originOf(value), this.#isKnown(value));
  }

  /** A path of the host, from the folder that it counts from. */
  #path(value: YamlValue): Effective {
    return this.#resolved(value, this.#string(value));
  }

  #resolved({ document }: YamlValue, path: Effective): Effective {
    const folder = this.#folders.get(document);
    if (path.kind !== 'scalar' || typeof path.value !== 'string' || folder === undefined) return path;
    const isVariable = path.value.startsWith('$');
    return { ...path, value: (isVariable ? undefined : resolvePath(folder, path.value)) ?? path.value };
  }

  #strings(value: YamlValue, path: readonly string[]): EffectiveList | undefined {
    if (value.node?.kind !== 'sequence') return undefined;
    const all = this.#items(value, path).filter((item) => !isAbsent(item));
    return { kind: 'list', items: all.map((item) => this.#string(item)), origin: originOf(value) };
  }

  #arguments(value: YamlValue, form: 'arguments' | 'test'): Effective | undefined {
    const text = this.#values.forShell(value);
    const origin = originOf(value);
    if (text === undefined) return undefined;
    const words = form === 'test' ? ['CMD-SHELL', text.value] : splitWords(text)?.map((word) => word.value);
    if (words === undefined) return undefined;
    return { kind: 'list', items: words.map((word) => scalar(word, origin, this.#isKnown(value))), origin };
  }

  #mapping(value: YamlValue, form: 'mapping' | 'contexts', path: readonly string[]): EffectiveMap {
    const found = new Map<string, Effective>();
    const pairs: readonly YamlValue[] = value.node?.kind === 'sequence' ? listItems(value) : [];
    // Only the shell can give these a value; everything else without one is empty.
    const isPassedOn = passedOn.has(path.at(-1) ?? '');
    const add = ({ key, value: content }: YamlEntry) => {
      if (!isAbsent(content)) found.set(key, this.#asText(content));
      else found.set(key, isPassedOn ? this.#passedOn(key, content) : scalar('', originOf(content)));
    };
    if (value.node?.kind === 'map') for (const entry of entries(value)) if (!isReset(entry.value)) add(entry);
    for (const item of pairs) {
      if (item.pair !== undefined) {
        add(item.pair);
        continue;
      }
      const text = this.#text(item);
      const equals = text.indexOf('=');
      const content = equals >= 0 ? text.slice(equals + 1) : '';
      if (equals < 0 && isPassedOn) {
        found.set(text, this.#passedOn(text, item));
        continue;
      }
      found.set(equals < 0 ? text : text.slice(0, equals), scalar(content, originOf(item), this.#isKnown(item)));
    }
    const all = [...found].map(([key, each]) => ({
      key,
      value: form === 'contexts' ? this.#resolved(value, each) : each,
    }));
    return { kind: 'map', entries: all, origin: originOf(value) };
  }

  /** What a name without a value gets from the files of variables; null where it is up to the shell. */
  #passedOn(name: string, value: YamlValue): Effective {
    const variables = this.#values.variablesOf(value.document);
    const origin = originOf(value);
    if (!variables.has(name)) return scalar(null, origin);
    const known = variables.get(name);
    return scalar(known ?? null, origin, known !== undefined);
  }

  /** A value of a map of texts, which Go writes as it writes a value of its type. */
  #asText(value: YamlValue): Effective {
    const { node } = value;
    if (node?.kind !== 'scalar' || node.style !== 'plain' || node.value.includes('$')) return this.#string(value);
    return scalar(isAbsent(value) ? null : goText(node), originOf(value));
  }

  /** `name=address`, whatever the separator. */
  #hosts(value: YamlValue): EffectiveList {
    const written = (name: string, address: YamlValue): readonly Effective[] =>
      (address.node?.kind === 'sequence' ? listItems(address) : [address]).map((each) =>
        scalar(hostText(`${name}=${this.#text(each)}`), originOf(each), this.#isKnown(each)),
      );
    const all: readonly Effective[] =
      value.node?.kind === 'map'
        ? entries(value).flatMap(({ key, value: address }) => written(key, address))
        : listItems(value).flatMap((item) => {
            if (item.pair !== undefined) return written(item.pair.key, item.pair.value);
            const text = this.#text(item);
            return [scalar(hostText(text), originOf(item), this.#isKnown(item))];
          });
    return { kind: 'list', items: all, origin: originOf(value) };
  }

  #named(value: YamlValue, form: 'names' | 'conditions', path: readonly string[]): Effective | undefined {
    const origin = originOf(value);
    const nothing = (at: Origin): Effective =>
      form === 'names'
        ? scalar(null, at)
        : map(at, [
            ['condition', made('service_started')],
            ['required', made(true)],
          ]);
    if (value.node?.kind === 'sequence') {
      const names = listItems(value).map((item) => ({ key: this.#text(item), value: nothing(originOf(item)) }));
      return { kind: 'map', entries: names, origin };
    }
    if (value.node?.kind !== 'map' || form === 'names') return undefined;
    const conditions = entries(value).map(({ key, value: one }) => {
      const own = isAbsent(one) ? nothing(originOf(one)) : this.#plain(one, [...path, key]);
      return { key, value: own.kind === 'map' ? withDefaults(own, dependencyDefaults) : own };
    });
    return { kind: 'map', entries: conditions, origin };
  }

  #list(value: YamlValue, form: LongForm, path: readonly string[]): Effective {
    const origin = originOf(value);
    const all = value.node?.kind === 'sequence' ? this.#items(value, path) : [value];
    const written = all.flatMap((item) => this.#item(item, form, path));
    return { kind: 'list', items: withoutRepeated(written, form), origin };
  }

  #item(item: YamlValue, form: LongForm, path: readonly string[]): readonly Effective[] {
    const origin = originOf(item);
    if (item.node?.kind === 'map') {
      const long = this.#plain(item, [...path, '[]']);
      return long.kind === 'map' ? [this.#longItem(item, long, form)] : [long];
    }
    const text: MappedText | undefined = this.#values.forShell(item);
    if (text === undefined) return [];
    switch (form) {
      case 'ports':
        return shortPorts(this.#portText(item, text), origin, this.#isKnown(item));
      case 'volumes':
        return [this.#boundFrom(item, shortVolume(text.value, origin, this.#isKnown(item)))];
      case 'secrets':
        if (path.includes('build')) return [map(origin, [['source', this.#string(item)]])];
        return [
          map(origin, [
            ['source', this.#string(item)],
            ['target', scalar(`/run/secrets/${text.value}`, origin, this.#isKnown(item))],
          ]),
        ];
      case 'configs':
        return [map(origin, [['source', this.#string(item)]])];
      case 'devices':
        return [this.#device(item, text.value)];
      case 'env-files':
        return [
          map(origin, [
            ['path', this.#path(item)],
            ['required', made(true)],
          ]),
        ];
      default:
        return [this.#string(item)];
    }
  }

  /** The source of a bind mount is a path. */
  #boundFrom(item: YamlValue, mount: EffectiveMap): EffectiveMap {
    const type = valueOf(mount, 'type');
    const source = valueOf(mount, 'source');
    const isBind = type?.kind === 'scalar' && type.value === 'bind';
    const bound = isBind && source !== undefined ? replace(mount, 'source', this.#resolved(item, source)) : mount;
    const target = valueOf(bound, 'target');
    if (target?.kind !== 'scalar' || typeof target.value !== 'string') return bound;
    return replace(bound, 'target', { ...target, value: withoutSlash(target.value) });
  }

  #withTarget(port: EffectiveMap): EffectiveMap {
    const target = valueOf(port, 'target');
    const isNumber = target?.kind === 'scalar' && typeof target.value === 'string' && /^\d{1,5}$/.test(target.value);
    return isNumber ? replace(port, 'target', { ...target, value: Number(target.value) }) : port;
  }

  #device(item: YamlValue, text: string): Effective {
    const origin = originOf(item);
    const [source = '', target, permissions] = text.split(':');
    const known = this.#isKnown(item);
    return map(origin, [
      ['source', scalar(source, origin, known)],
      ['target', scalar(target ?? source, origin, known)],
      ['permissions', permissions === undefined ? made('rwm') : scalar(permissions, origin, known)],
    ]);
  }

  /** A plain integer may have another notation: `0x50`, `010`. */
  #portText({ node }: YamlValue, text: MappedText): string {
    const plain = node?.kind === 'scalar' ? plainInteger(node) : undefined;
    return plain === undefined ? text.value : String(plain);
  }

  #longItem(item: YamlValue, long: EffectiveMap, form: LongForm): EffectiveMap {
    if (form === 'volumes') {
      const flags = ['read_only'].flatMap((key) => {
        const flag = field(item, key);
        const flagged = flag === undefined ? undefined : castBoolean(this.#text(flag));
        return flag === undefined || flagged === undefined ? [] : ([[key, flagged, originOf(flag)]] as const);
      });
      const cast = flags.reduce((all, [key, value, at]) => replace(all, key, scalar(value, at)), long);
      return this.#boundFrom(item, cast);
    }
    if (form === 'env-files') {
      const file = valueOf(long, 'path');
      return file === undefined ? long : replace(long, 'path', this.#resolved(item, file));
    }
    if (form !== 'ports') return long;
    const published = valueOf(long, 'published');
    const asText =
      published?.kind === 'scalar' && typeof published.value === 'number'
        ? replace(long, 'published', { ...published, value: String(published.value) })
        : long;
    return withDefaults(this.#withTarget(asText), portDefaults);
  }
}

/** Maps whose keys without a value take the one of the shell. */
const passedOn: ReadonlySet<string> = new Set(['environment', 'args']);

/** `name=address`, without the brackets of an address of IPv6. */
function hostText(text: string): string {
  const separator = text.search(/[=:]/);
  if (separator < 0) return text;
  const address = text.slice(separator + 1);
  const isBracketed = address.startsWith('[') && address.endsWith(']');
  return `${text.slice(0, separator)}=${isBracketed ? address.slice(1, -1) : address}`;
}

const dependencyDefaults: readonly (readonly [string, Effective])[] = [
  ['condition', made('service_started')],
  ['required', made(true)],
];
const portDefaults: readonly (readonly [string, Effective])[] = [
  ['mode', made('ingress')],
  ['protocol', made('tcp')],
];

function made(value: string | number | boolean): Effective {
  return scalar(value, { at: undefined, via: [], replaces: [] });
}

function map(origin: Origin, pairs: readonly (readonly [string, Effective])[]): EffectiveMap {
  return { kind: 'map', entries: pairs.map(([key, value]) => ({ key, value })), origin };
}

function replace(all: EffectiveMap, name: string, value: Effective): EffectiveMap {
  return { ...all, entries: all.entries.map((entry) => (entry.key === name ? { key: name, value } : entry)) };
}

function valueOf({ entries: all }: EffectiveMap, name: string): Effective | undefined {
  return all.find(({ key }) => key === name)?.value;
}

/** A path in the container without the slashes at its end. */
function withoutSlash(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end--;
  return path.slice(0, end);
}

function withDefaults(own: EffectiveMap, defaults: readonly (readonly [string, Effective])[]): EffectiveMap {
  const missing = defaults.filter(([name]) => !own.entries.some(({ key }) => key === name));
  return { ...own, entries: [...own.entries, ...missing.map(([key, value]) => ({ key, value }))] };
}

function isAbsent(value: YamlValue): boolean {
  return value.merged === undefined && isNull(value.node);
}

/** Ports that say the same stand there once; of mounts with one target the last one, in the place of the first. */
function withoutRepeated(all: readonly Effective[], form: LongForm): readonly Effective[] {
  if (form !== 'ports' && form !== 'volumes') return all;
  const kept = new Map<string, Effective>();
  for (const [index, item] of all.entries()) {
    const key = keyOf(item, form) ?? `\0${index}`;
    const before = form === 'volumes' ? kept.get(key) : undefined;
    kept.set(key, before === undefined ? item : insteadOf(before, item));
  }
  return [...kept.values()];
}

/** The item knows what it replaces; so do the parts of a short form, which stand in the same place. */
function insteadOf({ origin: { at, replaces } }: Effective, item: Effective): Effective {
  const before = at === undefined ? replaces : [at, ...replaces];
  const instead = (origin: Origin): Origin => ({ ...origin, replaces: before });
  if (item.kind !== 'map') return { ...item, origin: instead(item.origin) };
  const { start, end } = item.origin.at?.span ?? { start: -1, end: -1 };
  const isPart = ({ origin }: Effective) => origin.at?.span.start === start && origin.at.span.end === end;
  const parts = item.entries.map(({ key, value }) => ({
    key,
    value: isPart(value) ? { ...value, origin: instead(value.origin) } : value,
  }));
  return { ...item, entries: parts, origin: instead(item.origin) };
}

function keyOf(item: Effective, form: LongForm): string | undefined {
  if (item.kind !== 'map') return undefined;
  const text = (name: string) => {
    const found = item.entries.find(({ key }) => key === name)?.value;
    return found?.kind === 'scalar' ? String(found.value) : '';
  };
  if (form === 'volumes') return withoutSlash(text('target'));
  // No address is every address.
  return [text('host_ip') || '0.0.0.0', ...['published', 'target', 'protocol', 'mode'].map(text)].join(' ');
}
