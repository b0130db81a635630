// Typed access to the keys of a map, with the types that Compose gives their values.
import type { Assignment, ComposeFields } from '../../model/compose/fields.js';
import type { Key } from '../../model/fields.js';
import type { Located } from '../../model/located.js';
import type { MappedText } from '../../text/mapped-text.js';
import type { Place } from '../../text/span.js';
import { entries, entryAt, placeOf, slotBelow, slotOf, type YamlValue } from '../yaml/document.js';
import { type Decode, locate, located } from '../yaml/locate.js';
import { plainInteger } from '../yaml/scalar.js';
import { assignmentsOf } from './assignments.js';
import { scalarType } from './scalar-type.js';
import { type ComposeValues, castBoolean, isReset, listItems } from './values.js';

/** What is below a map; `nameAt` is where what is missing in it is reported. */
export function composeFields(values: ComposeValues, value: YamlValue, nameAt: Place): ComposeFields {
  return new MapFields(values, value, nameAt);
}

/** A class, as there are many of them at each keystroke, and an object of closures costs much more. */
class MapFields implements ComposeFields {
  readonly #values: ComposeValues;
  readonly #value: YamlValue;
  readonly #nameAt: Place;

  constructor(values: ComposeValues, value: YamlValue, nameAt: Place) {
    this.#values = values;
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
    return false;
  }

  string(...path: readonly string[]) {
    return this.#scalar(path, (text) => text.value);
  }

  text(...path: readonly string[]): Located<MappedText> {
    return this.#scalar(path, (text) => text);
  }

  boolean(...path: readonly string[]) {
    return this.#scalar(path, (text) => castBoolean(text.value));
  }

  number(...path: readonly string[]) {
    return this.#field(path, this.#asNumber);
  }

  scalar(...path: readonly string[]) {
    return this.string(...path);
  }

  scalarType(...path: readonly string[]) {
    return this.#field(path, (found) => {
      const type = found.node?.kind === 'scalar' ? scalarType(found.node) : undefined;
      return type === undefined ? undefined : { value: type };
    });
  }

  keys(...path: readonly string[]) {
    return this.#field(path, asKeys);
  }

  key(path: readonly [string, ...string[]]): Located<Key> {
    const name = path.at(-1) ?? '';
    const slot = slotBelow(this.#value, ...path);
    const owner = this.#field(path.slice(0, -1), (found) =>
      found.node?.kind === 'map' ? { value: found } : undefined,
    );
    if (owner.kind !== 'known') return { ...owner, slot };
    const entry = entryAt(owner.value, name);
    if (entry === undefined || isReset(entry.value)) return { kind: 'absent', at: this.#nameAt, slot };
    const { keyAt, value } = entry;
    return { kind: 'known', value: { name, at: keyAt }, at: keyAt, via: value.via, slot: slotOf(value) };
  }

  fields(...path: readonly string[]) {
    return this.#field(path, (found) =>
      found.node?.kind === 'map' ? { value: composeFields(this.#values, found, this.#nameAt) } : undefined,
    );
  }

  list(...path: readonly string[]) {
    return this.#field(path, (found): { readonly value: readonly ComposeFields[] } | undefined => {
      if (found.node?.kind !== 'sequence') return undefined;
      const maps = listItems(found).filter((item) => item.node?.kind === 'map');
      return { value: maps.map((item) => composeFields(this.#values, item, this.#nameAt)) };
    });
  }

  items(...path: readonly string[]) {
    return this.#field(path, (found): { readonly value: readonly Located<ComposeFields>[] } | undefined => {
      if (found.node?.kind !== 'sequence') return undefined;
      const decode: Decode<ComposeFields> = (item) =>
        item.node?.kind === 'map' ? { value: composeFields(this.#values, item, this.#nameAt) } : undefined;
      return { value: listItems(found).map((item) => located(item, decode)) };
    });
  }

  strings(...path: readonly string[]) {
    const text = this.#values.decode(({ value }) => value);
    return this.#field(path, (found) =>
      found.node?.kind === 'sequence' ? { value: listItems(found).map((item) => located(item, text)) } : undefined,
    );
  }

  numbers(...path: readonly string[]) {
    return this.#field(path, (found) =>
      found.node?.kind === 'sequence'
        ? { value: listItems(found).map((item) => located(item, this.#asNumber)) }
        : undefined,
    );
  }

  assignments(...path: readonly string[]): Located<readonly Assignment[]> {
    return this.#field(path, (found) => {
      const known = assignmentsOf(this.#values, found);
      return known === undefined ? undefined : { value: known };
    });
  }

  texts(...path: readonly string[]): Located<readonly Located<string>[]> {
    return this.#texts(path, ({ value }) => value);
  }

  mappedTexts(...path: readonly string[]): Located<readonly Located<MappedText>[]> {
    return this.#texts(path, (text) => text);
  }

  #texts<T>(path: readonly string[], change: (text: MappedText) => T): Located<readonly Located<T>[]> {
    const text = this.#values.decode(change);
    return this.#field(path, (found): { readonly value: readonly Located<T>[] } | undefined => {
      if (found.node?.kind === 'map') return undefined;
      const all = found.node?.kind === 'sequence' ? listItems(found) : [found];
      return { value: all.filter((item) => item.node?.kind === 'scalar').map((item) => located(item, text)) };
    });
  }

  readonly #asNumber: Decode<number> = (value) => {
    const plain = value.node?.kind === 'scalar' ? plainInteger(value.node) : undefined;
    if (plain !== undefined) return { value: plain };
    return this.#values.decode(({ value: text }) =>
      /^[-+]?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : undefined,
    )(value);
  };

  #scalar<T>(path: readonly string[], change: (text: MappedText) => T | undefined): Located<T> {
    return this.#field(path, this.#values.decode(change));
  }

  #field<T>(path: readonly string[], decode: Decode<T>): Located<T> {
    return locate(this.#value, path, this.#nameAt, decode);
  }
}

const asKeys: Decode<readonly Key[]> = (value) =>
  value.node?.kind === 'map'
    ? {
        value: entries(value).flatMap(({ key, keyAt, value: field }) =>
          isReset(field) ? [] : { name: key, at: keyAt },
        ),
      }
    : undefined;
