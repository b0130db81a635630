// `npm run kubernetes-api`: writes down what the API of Kubernetes looks like, from packages that are generated from its
// own OpenAPI documents. They are downloaded into a temporary folder; nothing of them is installed. Run it again with a
// newer package at the end of `clients` when a minor version comes out.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type OutdatedVersion, outdatedVersions } from './kubernetes-outdated.js';
import { root, runNode, tool } from './project.js';

/** The official client, which knows fields and paths: one release for each minor version that it speaks of. */
const clients: readonly (readonly [minor: number, version: string])[] = [
  [13, '0.10.3'],
  [15, '0.11.0'],
  [18, '0.12.3'],
  [19, '0.13.2'],
  [20, '0.14.3'],
  [21, '0.15.1'],
  [22, '0.16.3'],
  [24, '0.17.1'],
  [25, '0.18.1'],
  [27, '0.19.0'],
  [28, '0.20.0'],
  [29, '0.21.0'],
  [30, '0.22.3'],
  [32, '1.0.0'],
  [33, '1.3.0'],
  [34, '1.4.0'],
  [36, '2.0.1'],
];
const client = '@kubernetes/client-node';
/** Fields of versions that no client speaks of: this one was there in 1.35 only, in alpha. */
const unseen: readonly (readonly [model: string, field: string, type: string])[] = [['V1PodSpec', 'workloadRef', 'a']];
/** Knows which strings are quantities; the client does not tell. */
const quantitySource = ['kubernetes-models', '5.1.0'] as const;
const outfile = 'server/src/standards/kubernetes/api-data.ts';

/**
 * Not worth their bytes: a scan does not read definitions of custom resources; reviews are questions to the server, and
 * nobody keeps them in files; objects of the others are written by machines.
 */
const leftOut = /^(?:apiextensions|authentication|authorization|events|internal\.apiserver|storagemigration)\b/;
const leftOutKinds = new Set(['Binding', 'ComponentStatus', 'Event', 'CertificateSigningRequest']);

type Fields = Map<string, string>;
type Models = Map<string, Fields>;

/** What one release of the client knows. */
interface Release {
  readonly minor: number;
  readonly models: Models;
  /** Which model is posted for `apps/v1 Deployment`. */
  readonly kinds: ReadonlyMap<string, string>;
}

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'kubernetes-api-'));
try {
  await main();
} finally {
  rmSync(folder, { recursive: true });
}

async function main(): Promise<void> {
  const quantities = readQuantities(await download(...quantitySource));
  const releases: Release[] = [];
  for (const [minor, version] of clients) releases.push(readRelease(minor, await download(client, version)));
  // The newest one says what a field is; the others add what it no longer has.
  const models: Models = new Map();
  const kinds = new Map<string, string>();
  for (const release of releases.toReversed()) {
    for (const [name, fields] of release.models) addFields(models, name, fields);
    for (const [kind, model] of release.kinds) if (!kinds.has(kind)) kinds.set(kind, model);
  }
  for (const [model, field, type] of unseen) addFields(models, model, new Map([[field, type]]));
  markQuantities(models, quantities);
  const outdated = outdatedIn(releases);
  writeFileSync(join(root, outfile), source(models, kinds, outdated));
  await runNode([tool('@biomejs/biome', 'biome'), 'format', '--write', outfile]);
  console.log(`wrote ${outfile}`);
}

/** The folder of a package of npm. */
async function download(name: string, version: string): Promise<string> {
  const into = join(folder, `${name.replace(/\W/g, '-')}-${version}`);
  mkdirSync(into);
  const shell = process.platform === 'win32';
  const { stdout } = await run('npm', ['pack', '--silent', `${name}@${version}`], { cwd: into, shell });
  await run('tar', ['xzf', stdout.trim()], { cwd: into });
  return join(into, 'package');
}

function filesBelow(path: string, wanted: RegExp): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => wanted.test(name))
    .sort()
    .map((name) => join(path, name));
}

function readRelease(minor: number, path: string): Release {
  const generated = join(path, 'dist/gen');
  const models: Models = new Map();
  for (const file of filesBelow(generated, /^models?[\\/]\w+\.js$/)) {
    const text = readFileSync(file, 'utf8');
    const written = /OpenAPI (?:document|spec version): (?:v|release-)1\.(\d+)/.exec(text)?.[1];
    // A release may have files that an earlier one forgot to remove.
    if (written !== undefined && Number(written) !== minor) continue;
    for (const [, name = '', list = ''] of text.matchAll(/^(\w+)\.attributeTypeMap = (\[[\s\S]*?\n?\]);/gm)) {
      const attributes: readonly { readonly baseName: string; readonly type: string; readonly format?: string }[] =
        JSON.parse(list);
      models.set(name, new Map(attributes.map(({ baseName, type, format }) => [baseName, typeOf(type, format)])));
    }
  }
  const kinds = new Map<string, string>();
  for (const file of filesBelow(generated, /^apis?[\\/]\w+Api\.js$/i)) readKinds(readFileSync(file, 'utf8'), kinds);
  // Of the leftovers, paths do not tell the version, but their models do.
  for (const [kind, model] of kinds) if (!models.has(model)) kinds.delete(kind);
  if (models.size < 300 || kinds.size < 40) throw new Error(`${path} is laid out in another way.`);
  return { minor, models, kinds };
}

/** The models that are posted to collections, by the version and kind that they belong to. */
function readKinds(text: string, kinds: Map<string, string>): void {
  const post =
    /localVarPath = (?:this\.basePath \+ )?'\/(?:api|apis)\/([^']+)'|ObjectSerializer\.serialize\(body, "(\w+)"/g;
  let path = '';
  for (const [, found, model] of text.matchAll(post)) {
    if (found !== undefined) path = found;
    const collection = /^((?:[\w.-]+\/)?v\d\w*)\/(?:namespaces\/\{namespace\}\/)?[a-z]+$/.exec(path);
    // The options of a request that deletes are no object.
    if (model === undefined || model === 'V1DeleteOptions' || collection === null) continue;
    // `ExtensionsV1beta1Ingress` is an Ingress.
    const kind = /V\d+(?:(?:alpha|beta)\d+)?([A-Z]\w*)$/.exec(model)?.[1];
    if (kind !== undefined) kinds.set(`${collection[1]} ${kind}`, model);
  }
}

/** The type of a field in a letter: see `api.ts`. Models keep their names. */
function typeOf(type: string, format: string | undefined): string {
  const list = /^Array<(.+)>$/.exec(type);
  if (list !== null) return `[${typeOf(list[1] ?? '', format)}`;
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type);
  if (map !== null) return `{${typeOf(map[1] ?? '', format)}`;
  switch (type) {
    case 'string':
    case 'Date':
    case 'V1MicroTime':
      return 's';
    case 'boolean':
      return 'b';
    case 'number':
      return format === 'double' ? 'n' : 'i';
    case 'IntOrString':
      return 'p';
    case 'any':
    case 'object':
      return 'a';
    default:
      return type;
  }
}

function addFields(models: Models, name: string, fields: Fields): void {
  const known = models.get(name);
  if (known === undefined) models.set(name, new Map(fields));
  else for (const [field, type] of fields) if (!known.has(field)) known.set(field, type);
}

/** `ResourceRequirements limits`: the fields that are quantities, or maps or lists of them, without their versions. */
function readQuantities(path: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const file of filesBelow(path, /v\d\w*[\\/]\w+\.d\.ts$/)) {
    const text = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, name, body = ''] of text.matchAll(/^export interface I(\w+) \{([\s\S]*?)^\}/gm)) {
      const fields = body.matchAll(/"([^"]+)"\??: (?:\{\s*\[key: string\]: |Array<)?\w*ResourceQuantity\b/g);
      for (const [, field] of fields) found.add(`${name} ${field}`);
    }
  }
  if (!found.has('ResourceRequirements limits')) throw new Error(`${path} is laid out in another way.`);
  return found;
}

function markQuantities(models: Models, quantities: ReadonlySet<string>): void {
  for (const [name, fields] of models) {
    const bare = /V\d+(?:(?:alpha|beta)\d+)?([A-Z]\w*)$/.exec(name)?.[1] ?? name;
    for (const [field, type] of fields) {
      if (/^[[{]?s$/.test(type) && quantities.has(`${bare} ${field}`)) fields.set(field, type.replace('s', 'q'));
    }
  }
}

/** The table that was written by hand, held against what the releases serve, with what is gone besides. */
function outdatedIn(releases: readonly Release[]): readonly OutdatedVersion[] {
  const served = new Map<string, number[]>();
  for (const { minor, kinds } of releases) {
    for (const kind of kinds.keys()) served.set(kind, [...(served.get(kind) ?? []), minor]);
  }
  const byHand = new Set<string>();
  for (const entry of outdatedVersions) {
    for (const kind of entry.kinds) {
      const name = `${entry.apiVersion} ${kind}`;
      byHand.add(name);
      const wrong = (served.get(name) ?? []).find((minor) => entry.removed !== undefined && minor >= entry.removed);
      if (wrong !== undefined) throw new Error(`${name} is still served in 1.${wrong}.`);
      const next = releases.find(
        ({ minor }) => minor < (entry.removed ?? 0) && minor > Math.max(...(served.get(name) ?? [0])),
      );
      if (next !== undefined) throw new Error(`${name} is no longer served in 1.${next.minor}.`);
      if (entry.to !== undefined && !served.has(`${entry.to} ${kind}`))
        throw new Error(`There is no ${entry.to} ${kind}.`);
    }
  }
  const gone: OutdatedVersion[] = [];
  for (const [name, minors] of served) {
    const last = minors.at(-1) ?? 0;
    const removed = releases.find(({ minor }) => minor > last)?.minor;
    if (removed === undefined || byHand.has(name)) continue;
    const [apiVersion = '', kind = ''] = name.split(' ');
    const to = replacement(apiVersion, kind, releases.at(-1));
    gone.push({ apiVersion, kinds: [kind], deprecated: removed, removed, ...(to === undefined ? {} : { to }) });
  }
  return [...outdatedVersions, ...gone, ...superseded(served, byHand, releases)];
}

/** Betas that are still served beside a stable version: that deprecates them. */
function superseded(
  served: ReadonlyMap<string, readonly number[]>,
  byHand: ReadonlySet<string>,
  releases: readonly Release[],
): readonly OutdatedVersion[] {
  const newest = releases.at(-1);
  const found: OutdatedVersion[] = [];
  for (const [name, minors] of served) {
    const [apiVersion = '', kind = ''] = name.split(' ');
    const to = replacement(apiVersion, kind, newest);
    if (!/alpha|beta/.test(apiVersion) || to === undefined || /alpha|beta/.test(to)) continue;
    if (byHand.has(name) || minors.at(-1) !== newest?.minor) continue;
    const deprecated = served.get(`${to} ${kind}`)?.[0] ?? 0;
    found.push({ apiVersion, kinds: [kind], deprecated, to });
  }
  return found;
}

/** The best version of the same group that the newest release serves. */
function replacement(apiVersion: string, kind: string, newest: Release | undefined): string | undefined {
  const group = apiVersion.replace(/[^/]*$/, '');
  const versions = [...(newest?.kinds.keys() ?? [])]
    .filter((name) => name.startsWith(group) && name.endsWith(` ${kind}`))
    .map((name) => name.slice(0, name.indexOf(' ')));
  return (
    versions.find((name) => !/alpha|beta/.test(name)) ?? versions.find((name) => name.includes('beta')) ?? versions[0]
  );
}

function source(models: Models, kinds: ReadonlyMap<string, string>, outdated: readonly OutdatedVersion[]): string {
  const wanted = new Map(
    [...kinds].filter(([name]) => !leftOut.test(name) && !leftOutKinds.has(name.slice(name.indexOf(' ') + 1))),
  );
  const roots = new Map<string, Fields>();
  for (const model of wanted.values()) {
    const fields = new Map(models.get(model));
    // The server writes it.
    if (fields.has('status')) fields.set('status', 'a');
    roots.set(model, fields);
  }
  const used = new Map<string, Fields>();
  const open = [...roots.keys()].sort();
  for (let name = open.shift(); name !== undefined; name = open.shift()) {
    if (used.has(name)) continue;
    const fields = roots.get(name) ?? models.get(name);
    if (fields === undefined) throw new Error(`There is no model ${name}.`);
    used.set(name, fields);
    open.push(...[...fields.values()].map(bareType).filter((type) => type.length > 1));
  }
  const { numbers, lines } = numbered(used);
  const byVersion = new Map<string, string[]>();
  for (const [name, model] of [...wanted].sort()) {
    const [apiVersion = '', kind = ''] = name.split(' ');
    byVersion.set(apiVersion, [...(byVersion.get(apiVersion) ?? []), `${kind}:${numbers.get(model)}`]);
  }
  return `// Generated by \`npm run kubernetes-api\`. Do not edit.
// The API of Kubernetes as the packages ${client} (Apache-2.0) of ${clients.map(([minor]) => `1.${minor}`).join(', ')}
// have it; which strings are quantities is from ${quantitySource.join(' ')} (MIT).

/** The texts that \`api.ts\` reads. A function, so that they are loaded when they are first wanted. */
export function kubernetesApiData() {
  return { types, kinds, outdated };
}

const types = ${text(lines)};

const kinds = ${text([...byVersion].map(([version, list]) => `${version} ${list.join(' ')}`))};

const outdated = ${text(outdated.map(outdatedLine).sort())};
`;
}

function bareType(type: string): string {
  return type.replace(/^[[{]+/, '');
}

/** Numbers for the models, the same for those that look the same, and the line of each number. */
function numbered(models: Models) {
  let numbers = new Map([...models.keys()].map((name) => [name, 0]));
  for (let before = 0; ; ) {
    const classes = new Map<string, number>();
    const next = new Map<string, number>();
    for (const [name, fields] of models) {
      const line = `${numbers.get(name)} ${lineOf(fields, numbers)}`;
      if (!classes.has(line)) classes.set(line, classes.size);
      next.set(name, classes.get(line) ?? 0);
    }
    numbers = next;
    if (classes.size === before) break;
    before = classes.size;
  }
  const lines: string[] = [];
  for (const [name, fields] of models) lines[numbers.get(name) ?? 0] = lineOf(fields, numbers);
  return { numbers, lines };
}

/** The fields, those of one type together: `s name image;[5 ports`. */
function lineOf(fields: Fields, numbers: ReadonlyMap<string, number>): string {
  const byType = new Map<string, string[]>();
  for (const [field, type] of [...fields].sort()) {
    const bare = bareType(type);
    const short = type.slice(0, type.length - bare.length) + (bare.length === 1 ? bare : numbers.get(bare));
    byType.set(short, [...(byType.get(short) ?? []), field]);
  }
  return [...byType].map(([type, names]) => `${type} ${names.join(' ')}`).join(';');
}

function outdatedLine({ apiVersion, kinds, deprecated, removed, to, same }: OutdatedVersion): string {
  return [apiVersion, kinds.join(','), deprecated, removed ?? '-', to ?? '-', same === true ? 'same' : '-'].join(' ');
}

function text(lines: readonly string[]): string {
  return `\`\\\n${lines.join('\n')}\``;
}
