// Holds what is written in an object against the types of its fields.

import type { Place } from '../../text/span.js';
import { hasVariable } from '../variable.js';
import type { Written } from '../written.js';

/** The fields that a map may have. */
export interface ObjectType {
  readonly fields: ReadonlyMap<string, FieldType>;
}

export type FieldType =
  | { readonly kind: ScalarType }
  | { readonly kind: 'any' }
  | { readonly kind: 'list' | 'map'; readonly of: FieldType }
  | { readonly kind: 'object'; readonly type: ObjectType };

type ScalarType = 'string' | 'boolean' | 'integer' | 'number' | 'quantity' | 'integer-or-string';

/** A map with the type that it should be of, and its name in the map or list around it. */
export interface TypedMap {
  readonly map: Written;
  readonly type: ObjectType;
  /** The key that it stands behind; that of its list, for an item; empty for the whole object. */
  readonly name: string;
}

export interface UnknownKey {
  readonly kind: 'unknown-key';
  readonly key: string;
  readonly keyAt: Place;
  readonly value: Written;
  /** The maps around it from the object on; the last one is its own. */
  readonly inside: readonly [TypedMap, ...TypedMap[]];
}

export interface WrongType {
  readonly kind: 'wrong-type';
  /** The key that the value, or the list that it is in, stands behind. */
  readonly name: string;
  readonly nameAt: Place;
  /** The key of the map of any names (labels, limits) that it is in. */
  readonly map?: string;
  readonly value: Written;
  readonly expected: FieldType;
}

export type Violation = UnknownKey | WrongType;

/** No type of the API is as deep as that; an alias inside its own anchor is deeper than anything. */
const maxDepth = 50;

const found = new WeakMap<Written, readonly Violation[]>();

/**
 * Where an object breaks its schema, in the order of its text. What cannot be told breaks nothing, and a null is a
 * field that is not there. What an anchor is used for many times is looked at once for each type.
 */
export function violationsOf(object: Written, type: ObjectType): readonly Violation[] {
  const known = found.get(object);
  if (known !== undefined) return known;
  const violations: Violation[] = [];
  const seen = new Map<FieldType | ObjectType, Set<number>>();

  const isNew = (value: Written, expected: FieldType | ObjectType): boolean => {
    if (value.via.length === 0) return true;
    const starts = seen.get(expected) ?? new Set();
    seen.set(expected, starts);
    const { start } = value.at.span;
    if (starts.has(start)) return false;
    starts.add(start);
    return true;
  };

  const checkMap = (inside: readonly [TypedMap, ...TypedMap[]], { map, type }: TypedMap): void => {
    for (const { key, keyAt, value } of map.entries()) {
      const expected = type.fields.get(key);
      if (expected !== undefined) check(value, expected, { name: key, nameAt: keyAt }, inside);
      else if (!isDeliberate(key, inside.length)) violations.push({ kind: 'unknown-key', key, keyAt, value, inside });
    }
  };

  const check = (
    value: Written,
    expected: FieldType,
    key: Pick<WrongType, 'name' | 'nameAt' | 'map'>,
    inside: readonly [TypedMap, ...TypedMap[]],
  ): void => {
    if (value.kind === 'unknown' || value.kind === 'null' || expected.kind === 'any') return;
    if (inside.length > maxDepth || (value.kind === 'string' && hasVariable(value.text))) return;
    if (!fits(value, expected)) {
      if (isNew(value, expected)) violations.push({ kind: 'wrong-type', ...key, value, expected });
    } else if (expected.kind === 'object') {
      const inner: TypedMap = { map: value, type: expected.type, name: key.name };
      if (isNew(value, expected.type)) checkMap([...inside, inner], inner);
    } else if (expected.kind === 'list') {
      for (const item of value.items()) check(item, expected.of, key, inside);
    } else if (expected.kind === 'map') {
      for (const { key: name, keyAt: nameAt, value: below } of value.entries()) {
        check(below, expected.of, { name, nameAt, map: key.name }, inside);
      }
    }
  };

  if (object.kind === 'map') {
    const outer: TypedMap = { map: object, type, name: '' };
    checkMap([outer], outer);
  }
  const unique = withoutEchoes(violations);
  found.set(object, unique);
  return unique;
}

/** What comes to several maps by aliases and merges is reported where it is written, once. */
function withoutEchoes(violations: readonly Violation[]): readonly Violation[] {
  const starts = new Set<string>();
  return violations.filter((violation) => {
    const { span } = violation.kind === 'unknown-key' ? violation.keyAt : violation.value.at;
    const id = `${span.start} ${violation.kind}`;
    if (starts.has(id)) return false;
    starts.add(id);
    return true;
  });
}

/** The words of a patch (`$patch`), and what only holds anchors for the rest of the object. */
function isDeliberate(key: string, depth: number): boolean {
  return key.startsWith('$') || (depth === 1 && key.startsWith('x-'));
}

function fits({ kind, text }: Written, expected: FieldType): boolean {
  switch (expected.kind) {
    case 'any':
      return true;
    case 'object':
    case 'map':
      return kind === 'map';
    case 'list':
      return kind === 'list';
    case 'string':
    case 'boolean':
      return kind === expected.kind;
    case 'integer':
      // 8080.0 is sent as 8080.
      return kind === 'integer' || (kind === 'number' && Number.isInteger(Number(text)));
    case 'number':
      return kind === 'integer' || kind === 'number';
    case 'quantity':
      return kind === 'string' || kind === 'integer' || kind === 'number';
    case 'integer-or-string':
      return kind === 'string' || kind === 'integer';
  }
}
