// Reads the scalars of a Compose file as Compose does: after interpolation, whatever their quotes.
import type { Located } from '../../model/located.js';
import type { MappedText } from '../../text/mapped-text.js';
import type { Place } from '../../text/span.js';
import { get, items, placeOf, slotBelow, type YamlDocument, type YamlValue } from '../yaml/document.js';
import { type Decode, locate, located } from '../yaml/locate.js';
import { isNull, type YamlScalar } from '../yaml/node.js';
import { booleanWord, mappedText } from '../yaml/scalar.js';
import {
  hole,
  type Interpolation,
  interpolate,
  interpolatedText,
  textForShell,
  type Variables,
} from './interpolation.js';

/** References, ports and mounts that are longer are no such things. */
const maxLength = 4096;

/** Placeholders of Jinja, Go templates and their kin. */
const template = /\{\{|\{%/;

export class ComposeValues {
  readonly #variablesOf: (document: YamlDocument) => Variables;
  /** By node: anchors are read once, however many use them. Documents with the same text share their nodes. */
  readonly #interpolations = new Map<YamlDocument, Map<YamlScalar, Interpolation>>();

  constructor(variablesOf: (document: YamlDocument) => Variables) {
    this.#variablesOf = variablesOf;
  }

  #interpolation(value: YamlValue): Interpolation | undefined {
    const { node, document } = value;
    if (node?.kind !== 'scalar' || value.duplicate || isReset(value)) return undefined;
    const ofDocument = this.#interpolations.get(document) ?? new Map<YamlScalar, Interpolation>();
    if (ofDocument.size === 0) this.#interpolations.set(document, ofDocument);
    const known = ofDocument.get(node);
    if (known !== undefined) return known;
    const source = mappedText(value);
    if (source === undefined) return undefined;
    const interpolation = node.value.includes('$')
      ? interpolate(source, this.#variablesOf(document))
      : { parts: [{ known: true, text: source }], references: [], invalid: [] };
    ofDocument.set(node, interpolation);
    return interpolation;
  }

  /** The text of a scalar, with a hole for each part that is not known. Undefined for other values and templates. */
  withHoles(value: YamlValue): MappedText | undefined {
    const interpolation = this.#interpolation(value);
    if (interpolation === undefined) return undefined;
    const text = interpolatedText(interpolation, placeOf(value));
    return template.test(text.value) ? undefined : text;
  }

  /** The text of a scalar, where all of it is known. */
  known(value: YamlValue): MappedText | undefined {
    const text = this.withHoles(value);
    return text === undefined || text.value.includes(hole) ? undefined : text;
  }

  /** Like {@link withHoles}, but not known references stand there as they are written. */
  forShell(value: YamlValue): MappedText | undefined {
    const interpolation = this.#interpolation(value);
    return interpolation === undefined ? undefined : textForShell(interpolation, placeOf(value));
  }

  /** What is written in a scalar. Undefined for what another tool makes a Compose file of. */
  written(value: YamlValue): { readonly source: MappedText; readonly interpolation: Interpolation } | undefined {
    const source = mappedText(value);
    const interpolation = this.#interpolation(value);
    if (source === undefined || interpolation === undefined || template.test(source.value)) return undefined;
    return { source, interpolation };
  }

  /** The variables that a document is read with. */
  variablesOf(document: YamlDocument): Variables {
    return this.#variablesOf(document);
  }

  /** Where a known text stands: the scalar, or the default in it that all of the text comes from. */
  #at(value: YamlValue, text: MappedText): Place {
    const parts = this.#interpolation(value)?.parts.length ?? 0;
    const isReference = value.node?.kind === 'scalar' && value.node.value.includes('$');
    return parts === 1 && isReference ? text.part(0, text.value.length) : placeOf(value);
  }

  /** A decoder of known texts. */
  decode<T>(change: (text: MappedText) => T | undefined): Decode<T> {
    return (value) => {
      const text = this.known(value);
      const decoded = text === undefined ? undefined : change(text);
      return text === undefined || decoded === undefined ? undefined : { value: decoded, at: this.#at(value, text) };
    };
  }

  string(owner: YamlValue, path: readonly string[], nameAt: Place): Located<string> {
    return locate(
      owner,
      path,
      nameAt,
      this.decode((text) => text.value),
    );
  }

  /** Compose casts texts to booleans: `"true"` and `"yes"` are true. */
  boolean(owner: YamlValue, path: readonly string[], nameAt: Place): Located<boolean> {
    return locate(
      owner,
      path,
      nameAt,
      this.decode((text) => castBoolean(text.value)),
    );
  }

  /** A list of texts, each item by itself. */
  list<T>(
    owner: YamlValue,
    key: string,
    nameAt: Place,
    change: (text: MappedText) => T | undefined,
  ): Located<readonly Located<T>[]> {
    return locate(owner, [key], nameAt, (value) => {
      if (value.node?.kind !== 'sequence' || isReset(value)) return undefined;
      return { value: listItems(value).map((item) => located(item, this.decode(change))) };
    });
  }
}

/** A text that Compose casts to a boolean, in any mixture of cases. */
export function castBoolean(text: string): boolean | undefined {
  return booleanWord(text.toLowerCase());
}

/** `!reset` takes away what a file below set; a value behind it never counts. */
export function isReset(value: YamlValue): boolean {
  return value.node?.tag === '!reset';
}

/** The value of a key; undefined where it is missing, null, written twice or reset. */
export function field(owner: YamlValue, ...path: readonly string[]): YamlValue | undefined {
  let value: YamlValue | undefined = owner;
  for (const key of path) {
    value = get(value, key);
    if (value === undefined || isNull(value.node) || value.duplicate || isReset(value)) return undefined;
  }
  return value;
}

/** What a provider runs is no container of ours. */
export function hasContainer(service: YamlValue): boolean {
  return field(service, 'provider') === undefined;
}

/** The items of a list that are not null. */
export function listItems(value: YamlValue | undefined): readonly YamlValue[] {
  return value === undefined || isReset(value)
    ? []
    : items(value).filter((item) => !isReset(item) && (!isNull(item.node) || item.pair !== undefined));
}

/** A field that says nothing at all. */
export function absent<T>(owner: YamlValue, nameAt: Place, ...path: readonly string[]): Located<T> {
  return { kind: 'absent', at: nameAt, slot: slotBelow(owner, ...path) };
}

/** Whether a text is short enough to be looked at closely. */
export function isShort(text: MappedText): boolean {
  return text.value.length <= maxLength;
}
