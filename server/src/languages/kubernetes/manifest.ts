// A Kubernetes object as rules read it that no model of their own fits.

import type { Fields, Key } from '../../model/fields.js';
import type { Manifest } from '../../model/kubernetes/manifest.js';
import type { Located } from '../../model/located.js';
import type { Written } from '../../model/written.js';
import type { Place } from '../../text/span.js';
import { entries, entryAt, items, placeOf, slotBelow, slotOf, type YamlValue } from '../yaml/document.js';
import { type Decode, located } from '../yaml/locate.js';
import { manifestHostMounts } from './host-mounts.js';
import type { KubernetesObject } from './objects.js';
import { holdsCondition, mayHoldMore } from './template.js';
import { asBoolean, asInteger, asMappedText, asString, asText, field, listField } from './values.js';
import { writtenObject } from './written.js';

export function readManifest(object: KubernetesObject): Manifest {
  return new ObjectFields(object);
}

/** What is below a map; `nameAt` is where what is missing in it is reported. */
export function fieldsOf(value: YamlValue, nameAt: Place): Fields {
  return new MapFields(value, nameAt);
}

/** A class, for there are thousands of them at each keystroke, and an object of closures costs twenty times as much. */
class MapFields implements Fields {
  readonly #value: YamlValue;
  readonly #nameAt: Place;

  constructor(value: YamlValue, nameAt: Place) {
    this.#value = value;
    this.#nameAt = nameAt;
  }

  get at() {
    return placeOf(this.#value);
  }

  get slot() {
    return slotOf(this.#value);
  }

  get conditional() {
    return holdsCondition(this.#value);
  }

  string(...path: readonly string[]) {
    return this.#field(path, asString);
  }

  text(...path: readonly string[]) {
    return this.#field(path, asMappedText);
  }

  boolean(...path: readonly string[]) {
    return this.#field(path, asBoolean);
  }

  number(...path: readonly string[]) {
    return this.#field(path, asInteger);
  }

  scalar(...path: readonly string[]) {
    return this.#field(path, asText);
  }

  keys(...path: readonly string[]) {
    return this.#field(path, asKeys);
  }

  key(path: readonly [string, ...string[]]) {
    return keyField(this.#value, path, this.#nameAt);
  }

  fields(...path: readonly string[]) {
    return this.#field(path, asFields(this.#nameAt));
  }

  list(...path: readonly string[]) {
    return this.#field(path, (found): { readonly value: readonly Fields[] } | undefined => {
      if (found.node?.kind !== 'sequence') return undefined;
      const maps = items(found).filter((item) => item.node?.kind === 'map');
      return { value: maps.map((item) => fieldsOf(item, this.#nameAt)) };
    });
  }

  items(...path: readonly string[]) {
    return this.#field(path, (found): { readonly value: readonly Located<Fields>[] } | undefined => {
      if (found.node?.kind !== 'sequence') return undefined;
      const list = items(found).map((item) => located(item, asFields(this.#nameAt)));
      if (!mayHoldMore(found)) return { value: list };
      const slot = slotBelow(found, list.length);
      return { value: [...list, { kind: 'unknown', at: placeOf(found), via: found.via, slot }] };
    });
  }

  strings(...path: readonly string[]) {
    return listField(this.#value, path, this.#nameAt, asString);
  }

  numbers(...path: readonly string[]) {
    return listField(this.#value, path, this.#nameAt, asInteger);
  }

  #field<T>(path: readonly string[], decode: Decode<T>): Located<T> {
    return field(this.#value, path, this.#nameAt, decode);
  }
}

class ObjectFields extends MapFields implements Manifest {
  readonly #object: KubernetesObject;
  #namespace: Located<string> | undefined;
  #written: Written | undefined;

  constructor(object: KubernetesObject) {
    super(object.value, object.nameAt);
    this.#object = object;
  }

  get apiVersion() {
    return this.#object.apiVersion;
  }

  get group() {
    return this.#object.group;
  }

  get kind() {
    return this.#object.kind;
  }

  get kindAt() {
    return this.#object.kindAt;
  }

  get name() {
    return this.#object.name;
  }

  get nameAt() {
    return this.#object.nameAt;
  }

  get complete() {
    return this.#object.complete;
  }

  get namespace() {
    this.#namespace ??= this.string('metadata', 'namespace');
    return this.#namespace;
  }

  get hostMounts() {
    return manifestHostMounts(this.#object);
  }

  get written() {
    this.#written ??= writtenObject(this.#object.value);
    return this.#written;
  }
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
