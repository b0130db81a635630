// `npm run compose-schema`: writes down the JSON schema of the Compose specification, from a package that has a copy of
// it. The package is downloaded into a temporary folder; nothing of it is installed. Run it again with a newer version,
// and without what that one has of `added`.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TypeData, WholeTypeData } from '../server/src/standards/compose/schema.js';
import { root, runNode, tool } from './project.js';

/** The schema in it is that of the specification in June 2026, but for the first three of `added`. */
const source = ['dclint', '3.1.0'] as const;
const schemaFile = 'schemas/compose.schema.json';
const outfile = 'server/src/standards/compose/schema-data.ts';

/**
 * Properties that Compose accepts besides, as its loader (compose-go) had them in July 2026: where they belong, from the
 * name of a definition on, their name, and their schema.
 */
const added: readonly (readonly [at: readonly string[], name: string, schema: Schema])[] = [
  [['development', 'watch'], 'initial_sync', { type: 'boolean' }],
  [['service', 'build'], 'provenance', { type: ['string', 'boolean'] }],
  [['service', 'build'], 'sbom', { type: ['string', 'boolean'] }],
  [['service_hook'], 'image', { type: 'string' }],
  [['service'], 'pre_start', { type: 'array', items: { $ref: '#/definitions/service_hook' } }],
];

/** The part of JSON Schema that the specification uses. Words for people are left out. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
  readonly required?: readonly string[];
}

interface WholeSchema extends Schema {
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** What is understood; something else would be lost without a word. */
const understood = new Set([
  '$ref',
  'type',
  'oneOf',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'items',
  'uniqueItems',
  'properties',
  'patternProperties',
  'additionalProperties',
  'required',
  'description',
  'default',
  'deprecated',
  '$schema',
  '$id',
  'id',
  'title',
]);

/** A type that is being made. */
type Draft = { -readonly [Key in keyof WholeTypeData]: WholeTypeData[Key] };

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'compose-schema-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true });
}

async function main(): Promise<void> {
  const schema = withAdded(await download());
  const { definitions, ...file } = schema;
  const types: Record<string, TypeData> = { file: typeOf(file) };
  for (const [name, definition] of Object.entries(definitions).sort()) types[name] = typeOf(definition);
  writeFileSync(join(root, outfile), text(types));
  await runNode([tool('@biomejs/biome', 'biome'), 'format', '--write', outfile]);
  console.log(`wrote ${outfile}`);
}

async function download(): Promise<WholeSchema> {
  const [name, version] = source;
  const shell = process.platform === 'win32';
  const { stdout } = await run('npm', ['pack', '--silent', `${name}@${version}`], { cwd: folder, shell });
  await run('tar', ['xzf', stdout.trim()], { cwd: folder });
  const schema: WholeSchema = JSON.parse(readFileSync(join(folder, 'package', schemaFile), 'utf8'));
  if (schema.definitions?.service?.properties?.image === undefined || schema.properties === undefined)
    throw new Error(`${schemaFile} is laid out in another way.`);
  return schema;
}

/** The schema with what Compose accepts besides. Throws where it has that by now. */
function withAdded(schema: WholeSchema): WholeSchema {
  const copy: WholeSchema = structuredClone(schema);
  for (const [[definition = '', ...path], name, property] of added) {
    let at = objectIn(copy.definitions[definition]);
    for (const key of path) at = objectIn(at.properties?.[key]);
    const properties = at.properties as Record<string, Schema>;
    if (properties[name] !== undefined) throw new Error(`The schema has ${name} by now.`);
    properties[name] = property;
  }
  return copy;
}

/** The object that a value, or an item of its list, may be. */
function objectIn(schema: Schema | undefined): Schema {
  const choices = schema?.oneOf ?? [schema?.items ?? schema];
  const found = choices.find((choice) => choice?.properties !== undefined);
  if (found === undefined) throw new Error('The schema is laid out in another way.');
  return found;
}

/** `oneOf` only ever tells scalars, lists and maps apart, so that a value needs no more than one look. */
function typeOf(schema: Schema): TypeData {
  for (const key of Object.keys(schema)) {
    if (!understood.has(key)) throw new Error(`The schema uses ${key}, which nothing here understands.`);
  }
  if (schema.$ref !== undefined) return `#${schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)}`;
  if (schema.oneOf !== undefined) return merged(schema.oneOf);
  const kinds = schema.type === undefined ? [] : [schema.type].flat();
  if (kinds.length === 0) return {};
  const scalars = kinds.filter((kind) => kind !== 'array' && kind !== 'object').sort();
  const type: Draft = {};
  if (scalars.length > 0) type.is = scalars.join(' ');
  if (schema.enum !== undefined) type.enum = schema.enum;
  if (schema.pattern !== undefined) type.pattern = schema.pattern;
  if (schema.minimum !== undefined) type.min = schema.minimum;
  if (schema.maximum !== undefined) type.max = schema.maximum;
  if (kinds.includes('array')) Object.assign(type, listOf(schema));
  if (kinds.includes('object')) Object.assign(type, mapOf(schema));
  return Object.keys(type).join() === 'is' ? scalars.join(' ') : type;
}

function listOf({ items, uniqueItems }: Schema): WholeTypeData {
  const list = typeOf(items ?? {});
  return uniqueItems === true ? { list, unique: true } : { list };
}

function mapOf({ properties, patternProperties, additionalProperties, required }: Schema): WholeTypeData {
  const type: Draft = {};
  const fields = Object.entries(properties ?? {}).sort();
  type.fields = Object.fromEntries(fields.map(([name, field]) => [name, typeOf(field)]));
  for (const [pattern, of] of Object.entries(patternProperties ?? {})) {
    if (pattern === '^x-') type.extensible = true;
    else if (type.others === undefined) type.others = { name: pattern, of: typeOf(of) };
    else throw new Error(`The schema has two patterns for the keys of one map, one of them ${pattern}.`);
  }
  if (additionalProperties !== false) type.open = true;
  if (required !== undefined) type.required = required;
  return type;
}

function merged(choices: readonly Schema[]): TypeData {
  const type: Draft = {};
  const scalars: string[] = [];
  for (const choice of choices) {
    const one = typeOf(choice);
    const { is, ...rest }: WholeTypeData = typeof one === 'string' ? { is: one } : one;
    // A definition that is a choice in another one.
    if (is?.startsWith('#') === true) {
      if (is !== '#list_of_strings') throw new Error(`${is} is a choice of its own.`);
      Object.assign(type, { list: 'string', unique: true });
    } else if (is !== undefined) scalars.push(...is.split(' '));
    const twice = Object.keys(rest).find((key) => key in type);
    if (twice !== undefined) throw new Error(`Two choices have ${twice}.`);
    Object.assign(type, rest);
  }
  if (scalars.length > 0) type.is = scalars.sort().join(' ');
  return Object.keys(type).join() === 'is' ? scalars.join(' ') : type;
}

function text(types: Readonly<Record<string, TypeData>>): string {
  const additions = added.map(([at, name]) => `${at.join('.')}.${name}`).join(', ');
  return `// Generated by \`npm run compose-schema\`. Do not edit.
/*!
 * The schema of the Compose specification, https://github.com/compose-spec/compose-spec, copyright the authors of the
 * specification, under the Apache License 2.0, https://www.apache.org/licenses/LICENSE-2.0. Changed: laid out anew,
 * without descriptions, and with what Compose accepts besides.
 */
// Those are ${additions}.
// Taken from the package ${source.join(' ')}.

import type { TypesData } from './schema.js';

/** The types by name, as \`schema.ts\` reads them. A function, so that they are made when they are first wanted. */
export function composeSchemaData(): TypesData {
  return ${JSON.stringify(types)};
}
`;
}
