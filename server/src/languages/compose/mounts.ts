// The entries of `volumes` of a service, in the short form and in the long one (compose-spec, "volumes").
import { cleanHostPath } from '../../model/clean-host-path.js';
import type { ServiceMount } from '../../model/compose/mount.js';
import type { Located } from '../../model/located.js';
import { type MappedText, verbatim } from '../../text/mapped-text.js';
import type { Place } from '../../text/span.js';
import { entries, placeOf, slotBelow, slotOf, type YamlValue } from '../yaml/document.js';
import { composeFields } from './fields.js';
import { hole } from './interpolation.js';
import { type ComposeValues, castBoolean, field, isShort, listItems } from './values.js';

const types: ReadonlySet<string> = new Set(['bind', 'volume', 'tmpfs', 'npipe', 'cluster', 'image']);

/** The mounts of a service. Of two with one target the later one counts, in the place of the earlier. */
export function readMounts(values: ComposeValues, service: YamlValue): readonly ServiceMount[] {
  const mounts: ServiceMount[] = [];
  const byTarget = new Map<string, number>();
  for (const item of listItems(field(service, 'volumes'))) {
    const mount = item.node?.kind === 'map' ? longForm(values, item) : shortForm(values, item);
    if (mount === undefined) continue;
    const target = mount.target.kind === 'known' ? cleanTarget(mount.target.value) : undefined;
    const before = target === undefined ? undefined : byTarget.get(target);
    if (before !== undefined) mounts[before] = { ...mount, replaces: mounts[before] };
    else {
      if (target !== undefined) byTarget.set(target, mounts.length);
      mounts.push(mount);
    }
  }
  return mounts;
}

/** The same path however often it is divided: Compose compares what `path.Clean` makes of it. */
function cleanTarget(path: string): string {
  const cleaned = cleanHostPath(path);
  return cleaned.length > 1 ? cleaned.replace(/\/$/, '') : cleaned;
}

function shortForm(values: ComposeValues, item: YamlValue): ServiceMount | undefined {
  const text = values.withHoles(item);
  if (text === undefined || !isShort(text)) return undefined;
  const [first, second, options] = splitVolume(text);
  if (first === undefined) return undefined;
  const base = {
    at: placeOf(item),
    slot: slotOf(item),
    form: 'short',
    fields: undefined,
    replaces: undefined,
  } as const;
  // Alone, or with nothing behind the colon, it is the path inside of an anonymous volume.
  if (second === undefined || first.value === '') {
    return {
      ...base,
      type: first.value.includes(hole) || first.value === '' ? 'unknown' : 'anonymous',
      source: { kind: 'absent', at: base.at, slot: base.slot },
      sourceText: undefined,
      target: part(first, item),
      readOnly: false,
      options: [],
    };
  }
  const shared = {
    ...base,
    target: part(second, item),
    readOnly: readOnlyOption(options?.value ?? ''),
    options: options === undefined ? [] : words(options),
  };
  if (isPath(first.value) || first.value.includes(hole)) {
    const { source, sourceText } = hostPath(item, first);
    return {
      ...shared,
      type: source.kind === 'known' ? 'bind' : isPath(first.value) ? 'bind' : 'unknown',
      source,
      sourceText,
    };
  }
  return { ...shared, type: 'volume', source: part(first, item), sourceText: first };
}

function part(text: MappedText, item: YamlValue): Located<string> {
  const base = { at: text.part(0, text.value.length), via: item.via, slot: slotOf(item) };
  return text.value.includes(hole) ? { kind: 'unknown', ...base } : { kind: 'known', value: text.value, ...base };
}

function words(options: MappedText): ServiceMount['options'] {
  const found: { readonly word: string; readonly at: Place }[] = [];
  let start = 0;
  for (const word of options.value.split(',')) {
    if (word !== '' && !word.includes(hole)) found.push({ word, at: options.part(start, start + word.length) });
    start += word.length + 1;
  }
  return found;
}

function longForm(values: ComposeValues, item: YamlValue): ServiceMount | undefined {
  const type = field(item, 'type');
  const kind = type === undefined ? undefined : values.known(type)?.value;
  const source = field(item, 'source');
  const text = source === undefined ? undefined : values.withHoles(source);
  const fields = composeFields(values, item, firstKeyAt(item));
  const option = field(item, 'read_only');
  const readOnly = option === undefined ? false : castBoolean(values.known(option)?.value ?? '');
  const shared = {
    at: placeOf(item),
    slot: slotOf(item),
    form: 'long',
    fields,
    replaces: undefined,
    target: fields.string('target'),
    readOnly: readOnly ?? 'unknown',
    options: [],
  } as const;
  const isKnown = kind !== undefined && types.has(kind);
  if (source === undefined) {
    const nowhere = { kind: 'absent', at: shared.at, slot: slotBelow(item, 'source') } as const;
    return {
      ...shared,
      type: !isKnown ? 'unknown' : kind === 'volume' ? 'anonymous' : (kind as ServiceMount['type']),
      source: nowhere,
      sourceText: undefined,
    };
  }
  if (text === undefined || !isShort(text)) {
    const unknown = { kind: 'unknown', at: placeOf(source), via: source.via, slot: slotOf(source) } as const;
    return {
      ...shared,
      type: isKnown ? (kind as ServiceMount['type']) : 'unknown',
      source: unknown,
      sourceText: undefined,
    };
  }
  if (kind === 'bind' || kind === 'npipe') return { ...shared, type: kind, ...hostPath(source, text) };
  return {
    ...shared,
    type: isKnown ? (kind as ServiceMount['type']) : 'unknown',
    source: part(text, source),
    sourceText: text,
  };
}

/** Where something missing in an entry of a list is reported. */
export function firstKeyAt(item: YamlValue): Place {
  return entries(item)[0]?.keyAt ?? placeOf(item);
}

/** The path of the host that a text names; `value` is the scalar that holds it. */
export function hostPath(
  value: YamlValue,
  path: MappedText,
): { readonly source: Located<string>; readonly sourceText: MappedText } {
  const at = path.part(0, path.value.length);
  const written = path.value.includes(hole) ? asWritten(value, at) : path;
  const known = written === path ? path.value : withSessionPath(written.value);
  const base = { at, via: value.via, slot: slotOf(value) };
  const source: Located<string> =
    known === undefined ? { kind: 'unknown', ...base } : { kind: 'known', value: cleanHostPath(known), ...base };
  return { source, sourceText: written };
}

/** What a login session sets to the same kind of path everywhere. */
const sessionPaths: { readonly [variable: string]: string } = {
  HOME: '~',
  PWD: '.',
  XDG_RUNTIME_DIR: '/run/user/$UID',
};

/** The path below a variable of the session; undefined where another variable is in it. */
function withSessionPath(written: string): string | undefined {
  const match = /^\$(?:(\w+)|\{(\w+)\})(\/[^$:]*)?$/.exec(written);
  const base = sessionPaths[match?.[1] ?? match?.[2] ?? ''];
  return base === undefined ? undefined : `${base}${match?.[3] ?? ''}`;
}

/** The path with its variables, e.g. `$XDG_RUNTIME_DIR/docker.sock`. */
function asWritten({ document }: YamlValue, at: Place): MappedText {
  const { start, end } = at.span;
  return verbatim(document.tree.text.slice(start - document.base, end - document.base), at);
}

/** Cuts `source:target:options` at its colons, but for the one behind the letter of a Windows drive. */
function splitVolume(text: MappedText): readonly MappedText[] {
  const { value } = text;
  const pieces: MappedText[] = [];
  let start = 0;
  for (let i = 0; i <= value.length && pieces.length < 3; i++) {
    if (i < value.length && (value[i] !== ':' || (i === start + 1 && isLetter(value[start])))) continue;
    const end = pieces.length === 2 ? value.length : i;
    pieces.push(text.slice(start, end));
    start = i + 1;
  }
  return pieces;
}

function isLetter(unit: string | undefined): boolean {
  return unit !== undefined && /[A-Za-z]/.test(unit);
}

function isPath(text: string): boolean {
  return /^(?:[./~]|\\\\|[A-Za-z]:)/.test(text);
}

function readOnlyOption(options: string): ServiceMount['readOnly'] {
  const all = options.split(',');
  if (all.includes('ro')) return true;
  return options.includes(hole) ? 'unknown' : false;
}
