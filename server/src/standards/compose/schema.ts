// The schema of Compose files: which keys their maps have, and what the values may be.
import { composeSchemaData } from './schema-data.js';

export type ScalarKind = 'string' | 'boolean' | 'integer' | 'number' | 'null';

/** What a value may be: a scalar of some kinds, a list, a map, or one of them. Nothing at all: anything. */
export interface ComposeType {
  readonly scalars: ReadonlySet<ScalarKind>;
  /** Compose makes a boolean of it, so that of texts only the words for one will do. */
  readonly castsToBoolean: boolean;
  /** The texts that it may be; undefined: any. */
  readonly words: readonly string[] | undefined;
  readonly pattern: RegExp | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly list: ListType | undefined;
  readonly map: MapType | undefined;
}

export interface ListType {
  readonly of: ComposeType;
  /** No item may stand there twice. */
  readonly unique: boolean;
}

export interface MapType {
  readonly fields: ReadonlyMap<string, ComposeType>;
  /** What the keys that are none of the fields may be called, and what they hold. */
  readonly others: { readonly name: RegExp; readonly of: ComposeType } | undefined;
  /** Whether it takes any other key. */
  readonly open: boolean;
  /** Whether it takes keys that begin with `x-`. */
  readonly extensible: boolean;
  readonly required: readonly string[];
}

/** A type in the generated data: the name of another one behind `#`, kinds of scalars, or all that there is to it. */
export type TypeData = string | WholeTypeData;

export interface WholeTypeData {
  /** Kinds of scalars. */
  readonly is?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  /** The type of the items. */
  readonly list?: TypeData;
  readonly unique?: true;
  readonly fields?: { readonly [name: string]: TypeData };
  readonly others?: { readonly name: string; readonly of: TypeData };
  readonly open?: true;
  readonly extensible?: true;
  readonly required?: readonly string[];
}

export interface TypesData {
  readonly [name: string]: TypeData;
}

const scalarKinds: ReadonlySet<string> = new Set<ScalarKind>(['string', 'boolean', 'integer', 'number', 'null']);

/** A text is as good as a boolean in them; elsewhere the two together mean that Compose casts. */
const booleanOrText: ReadonlySet<string> = new Set(['provenance', 'sbom']);

const fileType = once(() => readTypes(composeSchemaData()));

/** The type of a whole file. */
export function composeFileType(): ComposeType {
  return fileType();
}

function readTypes(data: TypesData): ComposeType {
  const named = new Map<string, ComposeType>();
  const read = (type: TypeData, key: string): ComposeType => {
    if (typeof type !== 'string') return readType(type, key, read);
    if (!type.startsWith('#')) return readType({ is: type }, key, read);
    const name = type.slice(1);
    const made = named.get(name) ?? read(data[name] ?? {}, key);
    named.set(name, made);
    return made;
  };
  return read('#file', '');
}

type Read = (type: TypeData, key: string) => ComposeType;

/** Lists and maps are read when somebody asks for them: a file has few keys of hundreds. */
function readType(data: WholeTypeData, key: string, read: Read): ComposeType {
  const scalars = new Set((data.is ?? '').split(' ').filter(isScalarKind));
  const list = once(() =>
    data.list === undefined ? undefined : { of: read(data.list, key), unique: data.unique === true },
  );
  const map = once(() => (data.fields === undefined ? undefined : readMap(data, data.fields, read)));
  const isNumber = scalars.has('integer') || scalars.has('number');
  return {
    scalars,
    castsToBoolean: scalars.has('boolean') && !isNumber && !booleanOrText.has(key),
    words: data.enum,
    pattern: data.pattern === undefined ? undefined : new RegExp(data.pattern),
    min: data.min,
    max: data.max,
    get list() {
      return list();
    },
    get map() {
      return map();
    },
  };
}

function readMap(data: WholeTypeData, fields: Readonly<Record<string, TypeData>>, read: Read): MapType {
  const { others } = data;
  return {
    fields: new Map(Object.entries(fields).map(([name, field]) => [name, read(field, name)])),
    others: others === undefined ? undefined : { name: new RegExp(others.name), of: read(others.of, '') },
    open: data.open === true,
    extensible: data.extensible === true,
    required: data.required ?? [],
  };
}

function isScalarKind(word: string): word is ScalarKind {
  return scalarKinds.has(word);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
