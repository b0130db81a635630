// A Kubernetes object as rules read it that no model of their own fits.
import type { Located } from '../../model/located.js';
import type { Fields, Key, Manifest } from '../../model/manifest.js';
import type { Written } from '../../model/written.js';
import type { Place } from '../../text/span.js';
import { entries, entryAt, items, placeOf, slotBelow, slotOf, type YamlValue } from '../yaml/document.js';
import { type Decode, located } from '../yaml/locate.js';
import { manifestHostMounts } from './host-mounts.js';
import type { KubernetesObject } from './objects.js';
import { mayHoldMore } from './template.js';
import { asBoolean, asInteger, asMappedText, asString, asText, field, listField } from './values.js';
import { writtenObject } from './written.js';

export function readManifest(object: KubernetesObject): Manifest {
  const { apiVersion, group, kind, kindAt, name, nameAt, complete, value } = object;
  let all: Written | undefined;
  return {
    ...fieldsOf(value, nameAt),
    apiVersion,
    group,
    kind,
    kindAt,
    name,
    nameAt,
    complete,
    get namespace() {
      return field(value, ['metadata', 'namespace'], nameAt, asString);
    },
    get hostMounts() {
      return manifestHostMounts(object);
    },
    get written() {
      all ??= writtenObject(value);
      return all;
    },
  };
}

/** What is below a map; `nameAt` is where what is missing in it is reported. */
export function fieldsOf(value: YamlValue, nameAt: Place): Fields {
  return {
    at: placeOf(value),
    slot: slotOf(value),
    string: (...path) => field(value, path, nameAt, asString),
    text: (...path) => field(value, path, nameAt, asMappedText),
    boolean: (...path) => field(value, path, nameAt, asBoolean),
    number: (...path) => field(value, path, nameAt, asInteger),
    scalar: (...path) => field(value, path, nameAt, asText),
    keys: (...path) => field(value, path, nameAt, asKeys),
    key: (path) => keyField(value, path, nameAt),
    fields: (...path) => field(value, path, nameAt, asFields(nameAt)),
    list: (...path) =>
      field(value, path, nameAt, (found) => {
        if (found.node?.kind !== 'sequence') return undefined;
        const maps = items(found).filter((item) => item.node?.kind === 'map');
        return { value: maps.map((item) => fieldsOf(item, nameAt)) };
      }),
    items: (...path) =>
      field(value, path, nameAt, (found) => {
        if (found.node?.kind !== 'sequence') return undefined;
        const list = items(found).map((item) => located(item, asFields(nameAt)));
        if (!mayHoldMore(found)) return { value: list };
        const slot = slotBelow(found, list.length);
        return { value: [...list, { kind: 'unknown', at: placeOf(found), via: found.via, slot }] };
      }),
    strings: (...path) => listField(value, path, nameAt, asString),
    numbers: (...path) => listField(value, path, nameAt, asInteger),
  };
}

function keyField(value: YamlValue, path: readonly string[], nameAt: Place): Located<Key> {
  const slot = slotBelow(value, ...path);
  const name = path.at(-1) ?? '';
  const owner = field(value, path.slice(0, -1), nameAt, (found) =>
    found.node?.kind === 'map' ? { value: found } : undefined,
  );
  if (owner.kind !== 'known') return { ...owner, slot };
  const entry = entryAt(owner.value, name);
  if (entry !== undefined) {
    // The alias that a value is written with is none of its key.
    const merged = entry.value.via.slice(owner.via.length).filter((hop) => hop.kind === 'merge-key');
    return { kind: 'known', value: { name, at: entry.keyAt }, at: entry.keyAt, via: [...owner.via, ...merged], slot };
  }
  if (mayHoldMore(owner.value)) return { kind: 'unknown', at: nameAt, via: owner.via, slot };
  return { kind: 'absent', at: nameAt, slot };
}

function asFields(nameAt: Place): Decode<Fields> {
  return (value) => (value.node?.kind === 'map' ? { value: fieldsOf(value, nameAt) } : undefined);
}

/** A map that a template may add to has keys that nobody knows. */
const asKeys: Decode<readonly Key[]> = (value) => {
  if (value.node?.kind !== 'map' || mayHoldMore(value)) return undefined;
  return { value: entries(value).map(({ key, keyAt }) => ({ name: key, at: keyAt })) };
};
