// Host paths that a service sees: bind mounts in both forms, named volumes that bind, and the engine's socket.
import { cleanHostPath } from '../../model/clean-host-path.js';
import type { Located } from '../../model/located.js';
import type { HostMount } from '../../model/workload.js';
import { type MappedText, verbatim } from '../../text/mapped-text.js';
import type { Place } from '../../text/span.js';
import { placeOf, slotOf, type YamlValue } from '../yaml/document.js';
import { hole } from './interpolation.js';
import { type ComposeValues, castBoolean, field, isShort, listItems } from './values.js';

/** The host mounts of a service. `root` has the top-level volumes. */
export function readHostMounts(values: ComposeValues, root: YamlValue, service: YamlValue): readonly HostMount[] {
  const mounts = listItems(field(service, 'volumes')).map((item) =>
    item.node?.kind === 'map' ? longForm(values, root, item) : shortForm(values, root, item),
  );
  const socket = field(service, 'use_api_socket');
  if (socket !== undefined && castBoolean(values.known(socket)?.value ?? '') === true) mounts.push(apiSocket(socket));
  return mounts.filter((mount) => mount !== undefined);
}

function shortForm(values: ComposeValues, root: YamlValue, item: YamlValue): HostMount | undefined {
  const text = values.withHoles(item);
  if (text === undefined || !isShort(text)) return undefined;
  const [source, target, options] = splitVolume(text);
  // Alone, or with nothing behind the colon, it is the path inside of an anonymous volume.
  if (source === undefined || target === undefined || source.value === '') return undefined;
  const readOnly = readOnlyOption(options?.value ?? '');
  if (!isPath(source.value) && !source.value.includes(hole)) {
    return namedVolume(values, root, source.value, readOnly);
  }
  return bindMount(item, item, source, readOnly);
}

function longForm(values: ComposeValues, root: YamlValue, item: YamlValue): HostMount | undefined {
  const type = field(item, 'type');
  const kind = type === undefined ? undefined : values.known(type)?.value;
  const source = field(item, 'source');
  const text = source === undefined ? undefined : values.withHoles(source);
  if (source === undefined || text === undefined || !isShort(text)) return undefined;
  const option = field(item, 'read_only');
  const word = option === undefined ? false : castBoolean(values.known(option)?.value ?? '');
  const readOnly = word ?? 'unknown';
  if (kind === 'volume') return text.value.includes(hole) ? undefined : namedVolume(values, root, text.value, readOnly);
  return kind === 'bind' || kind === 'npipe' ? bindMount(item, source, text, readOnly) : undefined;
}

/** `item` is the entry, `value` the scalar that holds the path. */
function bindMount(item: YamlValue, value: YamlValue, path: MappedText, readOnly: HostMount['readOnly']): HostMount {
  const at = path.part(0, path.value.length);
  const written = path.value.includes(hole) ? asWritten(value, at) : path;
  const known = written === path ? path.value : withSessionPath(written.value);
  const base = { at, via: value.via, slot: slotOf(value) };
  const source: Located<string> =
    known === undefined ? { kind: 'unknown', ...base } : { kind: 'known', value: cleanHostPath(known), ...base };
  return {
    written: 'volume',
    name: undefined,
    source,
    sourceText: written,
    readOnly,
    slot: slotOf(item),
    removable: true,
  };
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

function namedVolume(
  values: ComposeValues,
  root: YamlValue,
  name: string,
  readOnly: HostMount['readOnly'],
): HostMount | undefined {
  const options = field(root, 'volumes', name, 'driver_opts');
  if (options === undefined) return undefined;
  const flags = field(options, 'o');
  const words = flags === undefined ? [] : (values.known(flags)?.value.split(',') ?? []);
  const isBind = words.some((word) => word === 'bind' || word === 'rbind');
  const device = isBind ? field(options, 'device') : field(options, 'mountpoint');
  const text = device === undefined ? undefined : values.withHoles(device);
  if (device === undefined || text === undefined || !isShort(text)) return undefined;
  return {
    ...bindMount(options, device, text, words.includes('ro') ? true : readOnly),
    written: 'driver_opts',
    name,
    removable: false,
  };
}

function apiSocket(value: YamlValue): HostMount {
  const source = '/var/run/docker.sock';
  return {
    written: 'use_api_socket',
    name: undefined,
    source: { kind: 'known', value: source, at: placeOf(value), via: value.via, slot: slotOf(value) },
    sourceText: undefined,
    readOnly: false,
    slot: slotOf(value),
    removable: true,
  };
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

function readOnlyOption(options: string): HostMount['readOnly'] {
  const words = options.split(',');
  if (words.includes('ro')) return true;
  return options.includes(hole) ? 'unknown' : false;
}
