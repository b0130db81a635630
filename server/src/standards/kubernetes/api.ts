// The API of Kubernetes: which fields its objects have, of which types, and which of its versions are gone.
import { kubernetesApiData } from './api-data.js';

export interface ObjectType {
  readonly fields: ReadonlyMap<string, FieldType>;
}

export type FieldType =
  | { readonly kind: ScalarType }
  /** Anything: a value that the API keeps as it is, or that the server writes. */
  | { readonly kind: 'any' }
  | { readonly kind: 'list' | 'map'; readonly of: FieldType }
  | { readonly kind: 'object'; readonly type: ObjectType };

export type ScalarType = 'string' | 'boolean' | 'integer' | 'number' | 'quantity' | 'integer-or-string';

/** A version of the API that has, or will have, an end for a kind. */
export interface OutdatedVersion {
  /** The minor version of Kubernetes that deprecated it. */
  readonly deprecated: number;
  /** The first one known not to serve it; undefined while all do. */
  readonly removed: number | undefined;
  /** The `apiVersion` that serves the kind now. */
  readonly replacement: string | undefined;
  /** Whether an object means the same after nothing but its `apiVersion` was changed. */
  readonly sameFields: boolean;
}

const scalars: Readonly<Record<string, ScalarType>> = {
  s: 'string',
  b: 'boolean',
  i: 'integer',
  n: 'number',
  q: 'quantity',
  p: 'integer-or-string',
};

/** The type of a kind of Kubernetes itself; undefined for others, and for those that nobody writes. */
export function kindType(apiVersion: string, kind: string): ObjectType | undefined {
  return api().kind(`${apiVersion} ${kind}`);
}

/** What is known of a version that is not the last word for its kind. */
export function outdatedVersion(apiVersion: string, kind: string): OutdatedVersion | undefined {
  return api().outdated.get(`${apiVersion} ${kind}`);
}

const api = once(readApi);

/** Keeps what it took long to read. */
function once<T>(read: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
}

function readApi() {
  const data = kubernetesApiData();
  const lines = data.types.split('\n');
  const types: (ObjectType | undefined)[] = [];
  const numbers = new Map<string, number>();
  for (const line of data.kinds.split('\n')) {
    const [apiVersion = '', ...list] = line.split(' ');
    for (const one of list) {
      const colon = one.indexOf(':');
      numbers.set(`${apiVersion} ${one.slice(0, colon)}`, Number(one.slice(colon + 1)));
    }
  }

  /** Fields are read when somebody asks for them: a file needs a few types of hundreds. */
  const objectType = (number: number): ObjectType => {
    const known = types[number];
    if (known !== undefined) return known;
    const type: ObjectType = lazyType(lines[number] ?? '', objectType);
    types[number] = type;
    return type;
  };

  return {
    kind: (name: string) => {
      const number = numbers.get(name);
      return number === undefined ? undefined : objectType(number);
    },
    outdated: readOutdated(data.outdated),
  };
}

/** A line is `s name image;[5 ports`: a type, and the fields that are of it. */
function lazyType(line: string, objectType: (number: number) => ObjectType): ObjectType {
  const fields = once(() => {
    const read = new Map<string, FieldType>();
    for (const part of line.split(';')) {
      const [type = '', ...names] = part.split(' ');
      const fieldType = readType(type, objectType);
      for (const name of names) read.set(name, fieldType);
    }
    return read;
  });
  return {
    get fields() {
      return fields();
    },
  };
}

/** `[` is a list and `{` a map of what follows: a letter, or the number of a type. */
function readType(text: string, objectType: (number: number) => ObjectType): FieldType {
  if (text.startsWith('[')) return { kind: 'list', of: readType(text.slice(1), objectType) };
  if (text.startsWith('{')) return { kind: 'map', of: readType(text.slice(1), objectType) };
  const scalar = scalars[text];
  if (scalar !== undefined) return { kind: scalar };
  return text === 'a' ? { kind: 'any' } : { kind: 'object', type: objectType(Number(text)) };
}

/** A line is `apps/v1beta2 Deployment,ReplicaSet 9 16 apps/v1 same`, with `-` for what there is not. */
function readOutdated(text: string): ReadonlyMap<string, OutdatedVersion> {
  const read = new Map<string, OutdatedVersion>();
  for (const line of text.split('\n')) {
    const [apiVersion = '', kinds = '', deprecated, removed, replacement, same] = line.split(' ');
    const version: OutdatedVersion = {
      deprecated: Number(deprecated),
      removed: removed === '-' ? undefined : Number(removed),
      replacement: replacement === '-' ? undefined : replacement,
      sameFields: same === 'same',
    };
    for (const kind of kinds.split(',')) read.set(`${apiVersion} ${kind}`, version);
  }
  return read;
}
