// Makes small Compose projects by chance. The same seed makes the same project.
import { declarations, keys, needTarget, rivals, writeKey } from './keys.js';
import type { Project } from './project.js';
import { refusals, spoil } from './refusals.js';
import { startWriter, type Writer } from './writer.js';
import { isWrittenMap, marked, type Written, type WrittenMap, writeYaml } from './yaml-text.js';

/** How many of a hundred projects Compose has to refuse. */
const refusedPercent = 15;

export function generateProject(seed: number): Project {
  const w = startWriter(seed * 7919 + 1);
  const refusal = w.chance(refusedPercent) ? w.one(...refusals) : undefined;
  const palette = drawPalette(w);
  const { names, folder, isListed } = w.one(single, single, overridden, overridden, listed)(w);
  const [base = '', ...layers] = names;
  w.within(folder, () => {
    const services = writeServices(w, palette, ['web', 'api', 'db']);
    const written = writeBase(w, {
      path: base.slice(folder.length),
      services,
      palette,
      isSpoiled: refusal !== undefined,
    });
    for (const layer of layers) w.files.set(layer, writeLayer(w, palette, written));
    if (refusal !== undefined) spoil(w, refusal, w.one(...names));
    if (w.variables.size > 0 || w.chance(10)) w.file('.env', writeDotenv(w));
  });
  const { files, features, unset } = w;
  return {
    name: `seed ${seed}`,
    features: [...features].sort(),
    files: Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(isListed ? { main: names } : {}),
    ...(refusal === undefined ? {} : { refused: { reason: refusal.reason, message: refusal.message } }),
    unset: [...unset],
  };
}

interface MainFiles {
  readonly names: readonly string[];
  /** Of the first file. Ends with a slash where it is not the project's own. */
  readonly folder: string;
  readonly isListed: boolean;
}

/** Each base name with an override name. The second of a pair is found only where the first is not. */
const baseNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'] as const;
const overrideNames = [
  ...['compose.override.yml', 'compose.override.yaml'],
  ...['docker-compose.override.yml', 'docker-compose.override.yaml'],
] as const;

function single(w: Writer): MainFiles {
  const at = w.below(baseNames.length);
  addDecoy(w, baseNames, at);
  return { names: [baseNames[at] ?? ''], folder: '', isListed: false };
}

function overridden(w: Writer): MainFiles {
  w.feature('override file');
  const at = w.below(overrideNames.length);
  addDecoy(w, overrideNames, at);
  return { names: [w.one(...baseNames), overrideNames[at] ?? ''], folder: '', isListed: false };
}

/** A file that Compose does not read, because it has found one with a better name. */
function addDecoy(w: Writer, names: readonly string[], at: number): void {
  const worse = names.slice(at + 1);
  if (worse.length === 0 || !w.chance(15)) return;
  w.feature('file that is not read');
  w.file(w.one(...worse), 'services:\n  decoy:\n    image: alpine\n');
}

function listed(w: Writer): MainFiles {
  w.feature('listed files');
  const names = w.one(
    ['docker-compose.yml', 'docker-compose.prod.yml'],
    ['deploy/base.yaml', 'local.yaml'],
    ['deploy/base.yaml', 'deploy/more.yaml', 'last.yaml'],
    ['one.yaml', 'two.yaml', 'three.yaml'],
  );
  // Here is nothing that Compose finds by itself.
  w.file('compose.override.yaml', 'services:\n  decoy:\n    image: alpine\n');
  return { names, folder: names[0]?.startsWith('deploy/') ? 'deploy/' : '', isListed: true };
}

/** The keys that a project is about: few, so that the layers speak of the same ones. */
function drawPalette(w: Writer): readonly string[] {
  const drawn = w.some(5, 8, ...Object.keys(keys));
  return drawn.filter((key, index) => {
    const before = drawn.slice(0, index);
    return !rivals.some((row) => row.includes(key) && row.some((rival) => rival !== key && before.includes(rival)));
  });
}

type Services = { [name: string]: { [key: string]: Written } };

/** One to three services; each may depend on those behind it. */
function writeServices(w: Writer, palette: readonly string[], names: readonly string[]): Services {
  const picked = w.some(1, names.length, ...names);
  return Object.fromEntries(
    picked.map((name, index) => {
      w.targets = picked.slice(index + 1);
      const image: WrittenMap = {
        image: w.words(w.one('alpine', 'nginx:1.27', `ghcr.io/a/b@sha256:${'0'.repeat(64)}`)),
      };
      return [name, { ...image, ...writeKeys(w, palette, 1, 4) }];
    }),
  );
}

function writeKeys(w: Writer, palette: readonly string[], least: number, most: number): WrittenMap {
  const usable = palette.filter((key) => w.targets.length > 0 || !needTarget.has(key));
  return Object.assign({}, ...w.some(least, most, ...usable).map((key) => writeKey(w, key)));
}

interface Base {
  readonly path: string;
  readonly services: Services;
  readonly palette: readonly string[];
  /** A project that has to be refused has one reason to be: nothing is in it that could be another one. */
  readonly isSpoiled: boolean;
}

/** What the services hold, before a part of it is put elsewhere in the file. */
function writeBase(w: Writer, { path, services, palette, isSpoiled }: Base): Services {
  const top: { [key: string]: Written } = {};
  if (!isSpoiled && w.chance(15)) top.name = w.value('my-project');
  if (!isSpoiled && w.chance(10)) top.version = "'3.8'";
  if (!isSpoiled && w.chance(20)) top.include = writeInclude(w, palette);
  if (w.chance(30)) writeExtends(w, palette, services);
  const written = Object.fromEntries(Object.entries(services).map(([name, service]) => [name, { ...service }]));
  if (w.chance(30)) w.one(hoist, hoistTwo, mergeInline, mergeNested, aliasValue, aliasService)(w, top, services);
  top.services = services;
  const text = writeYaml({ ...top, ...writeDeclarations(w) }, () => w.chance(25));
  if (!w.chance(12)) {
    w.file(path, text);
    return written;
  }
  w.feature('several documents');
  w.file(path, `${text}---\n${writeLayer(w, palette, written)}`);
  return written;
}

/** What is used and not declared yet; now and then more of what is. */
function writeDeclarations(w: Writer): WrittenMap {
  const declared: { [kind: string]: Written } = {};
  for (const kind of ['networks', 'volumes', 'secrets', 'configs'] as const) {
    const entries: [string, Written][] = [];
    for (const [name, before] of w.used[kind]) {
      if (before === undefined) {
        const declaration = declarations[kind](w, name);
        w.used[kind].set(name, declaration);
        entries.push([name, declaration]);
      } else if (mayHaveMore(before) && w.chance(20)) {
        entries.push([name, { labels: { more: w.fresh('1') } }]);
      }
    }
    if (entries.length > 0) declared[kind] = Object.fromEntries(entries);
  }
  return declared;
}

function mayHaveMore(declaration: Written): boolean {
  return !(isWrittenMap(declaration) && 'external' in declaration);
}

/** Some services again, with other values, and now and then a new one. */
function writeLayer(w: Writer, palette: readonly string[], base: Services): string {
  const names = Object.keys(base);
  const changed = w.some(1, 2, ...names).map((name): [string, Written] => {
    w.targets = names.slice(names.indexOf(name) + 1);
    return [name, changeService(w, palette, base[name] ?? {})];
  });
  const added: [string, Written][] = w.chance(15) ? [['added', { image: 'alpine', ...addedKeys() }]] : [];
  return writeYaml({ services: Object.fromEntries([...changed, ...added]), ...writeDeclarations(w) }, () =>
    w.chance(25),
  );

  function addedKeys(): WrittenMap {
    w.targets = names;
    return writeKeys(w, palette, 0, 2);
  }
}

function changeService(w: Writer, palette: readonly string[], base: WrittenMap): Written {
  const own = palette.filter((key) => key in base);
  const written = { ...writeKeys(w, palette, 0, 2), ...(own.length > 0 ? writeKeys(w, own, 1, 2) : {}) };
  const changed = Object.fromEntries(
    Object.entries(written).map(([key, value]): [string, Written] => {
      const before = base[key];
      // A tagged number is a text to Compose, which then has to be a decimal one.
      if (w.chance(12) && !(typeof value === 'string' && /^-|^0[xo]|\d_/.test(value))) {
        w.feature('!override');
        return [key, marked('!override', value)];
      }
      if (before !== undefined && w.chance(15)) {
        w.feature('!reset of a key');
        return [key, marked('!reset', w.one<Written>('null', [], {}, value))];
      }
      if (isWrittenMap(before) && isWrittenMap(value) && w.chance(40)) return [key, changeBelow(w, before, value)];
      return [key, value];
    }),
  );
  return w.chance(10) ? { image: 'busybox', ...changed } : changed;
}

/** The value with a tag at one of its keys, which the base has too. */
function changeBelow(w: Writer, before: WrittenMap, value: WrittenMap): Written {
  const key = w.one(...Object.keys(before));
  const inner = before[key];
  // What a service waits for, and a limit, need all that they have.
  if (
    isWrittenMap(inner) &&
    !('condition' in inner || 'soft' in inner) &&
    Object.keys(inner).length > 0 &&
    w.chance(60)
  ) {
    const below = value[key];
    return { ...value, [key]: changeBelow(w, inner, isWrittenMap(below) ? below : {}) };
  }
  if (w.chance(60) || inner === undefined || (typeof inner === 'string' && /^[\d.]+$/.test(inner))) {
    w.feature('!reset within a key');
    return { ...value, [key]: marked('!reset', 'null') };
  }
  w.feature('!override within a key');
  return { ...value, [key]: marked('!override', inner) };
}

/** Lets a service extend one of this file, or of another one in another folder. */
function writeExtends(w: Writer, palette: readonly string[], services: Services): void {
  const names = Object.keys(services);
  const child = w.one(...names);
  const service = services[child];
  if (service === undefined) return;
  // What another service is told to depend on has to be there in this project.
  const rest = names.slice(names.indexOf(child) + 1);
  w.one(sameFile, sameFile, otherFile, chain, chain)();
  // The base may have an image, so that the child needs none.
  if (w.chance(40)) delete service.image;

  function sameFile(): void {
    w.feature('extends in the same file');
    w.targets = rest;
    const common = { image: 'common', ...writeKeys(w, palette, 1, 3) };
    // In the order in which services may depend on each other.
    for (const name of names) {
      const moved = services[name] ?? {};
      delete services[name];
      services[name] = moved;
      if (name === child) services.common = common;
    }
    if (service !== undefined) service.extends = w.one<Written>('common', { service: 'common' });
  }

  function otherFile(): void {
    w.feature('extends of another file');
    inParts(() => ({ common: parent() }));
    if (service !== undefined)
      service.extends = { file: w.one('parts/base.yaml', './parts/base.yaml'), service: 'common' };
  }

  function chain(): void {
    w.feature('chain of extends');
    if (w.chance(50)) {
      inParts(() => ({
        common: { extends: w.one<Written>('root', { service: 'root' }), ...writeKeys(w, palette, 1, 2) },
        root: parent(),
      }));
    } else {
      inParts(() => ({
        common: { extends: { file: 'deeper/root.yaml', service: 'root' }, ...writeKeys(w, palette, 1, 2) },
      }));
      const root = w.within('parts/deeper/', parent);
      w.file(
        'parts/deeper/root.yaml',
        writeYaml({ services: { root } }, () => w.chance(25)),
      );
    }
    if (service !== undefined) service.extends = { file: 'parts/base.yaml', service: 'common' };
  }

  function parent(): WrittenMap {
    return { image: 'common', ...writeKeys(w, palette, 1, 3) };
  }

  function inParts(parts: () => WrittenMap): void {
    w.targets = [];
    w.file(
      'parts/base.yaml',
      writeYaml({ services: w.within('parts/', parts) }, () => w.chance(25)),
    );
  }
}

/** The value of `include`, and the project that it names. */
function writeInclude(w: Writer, palette: readonly string[]): Written {
  const isAtRoot = w.chance(20);
  const folder = isAtRoot ? '' : 'inc/';
  return w.apart('inc-', () => w.within(folder, write));

  function write(): Written {
    const path = isAtRoot ? 'included.yaml' : 'compose.yaml';
    const services: Services = {
      queue: { image: 'queue', ...writeKeys(w, palette, 1, 3), 'x-own': '${OWN:-no value}' },
    };
    w.file(
      path,
      writeYaml({ services, ...writeDeclarations(w) }, () => w.chance(25)),
    );
    const from = `${folder}${path}`;
    return w.one(short, short, long, list, withFolder, withEnvironment)();

    function short(): Written {
      w.feature('include, short');
      if (w.chance(40)) w.file('.env', 'OWN=of the included folder\n');
      return [w.one(from, `./${from}`)];
    }
    function long(): Written {
      w.feature('include, long');
      return [{ path: from }];
    }
    function list(): Written {
      w.feature('include of several files');
      w.file('second.yaml', writeLayer(w, palette, services));
      return [{ path: [from, `${folder}second.yaml`] }];
    }
    function withFolder(): Written {
      w.feature('include with a project directory');
      const directory = w.one('.', 'elsewhere', './inc');
      // The paths of the services begin there.
      for (const [name, text] of [...w.files]) if (name.endsWith('.env')) w.file(name, text);
      return [{ path: from, project_directory: directory }];
    }
    function withEnvironment(): Written {
      w.feature('include with env_file');
      w.file('vars.env', 'OWN=of the list\n');
      w.file('later.env', 'OWN=of the later list\n');
      const files = [`${folder}vars.env`, `${folder}later.env`];
      return [{ path: from, env_file: w.one<Written>(files[0] ?? '', files) }];
    }
  }
}

/** What may not be moved to another service: it speaks of the ones behind it, or has to be its own. */
const ownKeys: ReadonlySet<string> = new Set([
  ...[
    'image',
    'build',
    'extends',
    'depends_on',
    'links',
    'network_mode',
    'pid',
    'volumes_from',
    'container_name',
    'scale',
  ],
  // Lists that may hold nothing twice.
  ...['group_add', 'security_opt', 'external_links', 'device_cgroup_rules', 'extra_hosts'],
]);

type Top = { [key: string]: Written };

/** Takes keys out of a service. The services go on with what is left of it behind `<<`. */
function takeKeys(w: Writer, service: { [key: string]: Written }): Top | undefined {
  const movable = Object.keys(service).filter((key) => !ownKeys.has(key));
  if (movable.length === 0) return undefined;
  const taken: Top = {};
  for (const key of w.some(1, 2, ...movable)) {
    const value = service[key];
    if (value !== undefined) taken[key] = value;
    // An own key hides the one of the fragment.
    if (w.chance(75)) delete service[key];
  }
  return taken;
}

/** `<<` first or last: the place does not matter. */
function addMerge(w: Writer, service: { [key: string]: Written }, source: Written): void {
  if (w.chance(50)) {
    service['<<'] = source;
    return;
  }
  const own = { ...service };
  for (const key of Object.keys(own)) delete service[key];
  Object.assign(service, { '<<': source }, own);
}

function hoist(w: Writer, top: Top, services: Services): void {
  const all = Object.values(services);
  const first = w.one(...all);
  const taken = takeKeys(w, first);
  if (taken === undefined) return;
  w.feature('<<');
  top['x-common'] = marked('&common', taken);
  addMerge(w, first, '*common');
  for (const other of all) if (other !== first && w.chance(50)) addMerge(w, other, '*common');
}

function hoistTwo(w: Writer, top: Top, services: Services): void {
  const service = w.one(...Object.values(services));
  const first = takeKeys(w, service);
  if (first === undefined) return;
  w.feature('<< with a list');
  top['x-first'] = marked('&first', first);
  top['x-second'] = marked('&second', { ...first, labels: ['second=1'], init: 'true' });
  addMerge(w, service, w.one<Written>(['*first', '*second'], ['*second', '*first']));
}

function mergeInline(w: Writer, _top: Top, services: Services): void {
  const service = w.one(...Object.values(services));
  const taken = takeKeys(w, service);
  if (taken === undefined) return;
  w.feature('<< with a map');
  addMerge(w, service, taken);
}

function mergeNested(w: Writer, top: Top, services: Services): void {
  const key = w.one('environment', 'labels');
  w.feature('<< within << or within a key');
  top['x-deepest'] = marked('&deepest', { A: '1', B: 'deepest' });
  top['x-deep'] = marked('&deep', { '<<': '*deepest', B: 'deep' });
  const service = w.one(...Object.values(services));
  const before = service[key];
  service[key] = { '<<': '*deep', ...(isWrittenMap(before) ? before : { C: '3' }) };
}

function aliasValue(w: Writer, _top: Top, services: Services): void {
  const [first, second] = Object.values(services);
  const key = Object.keys(first ?? {}).find((name) => !ownKeys.has(name));
  const value = key === undefined ? undefined : first?.[key];
  if (first === undefined || second === undefined || key === undefined || value === undefined) return;
  w.feature('alias of a value');
  first[key] = marked('&value', value);
  second[key] = '*value';
}

function aliasService(w: Writer, _top: Top, services: Services): void {
  const first = Object.entries(services)[0];
  if (first === undefined) return;
  w.feature('alias of a service');
  // The anchor is at a key that comes before its alias.
  delete services[first[0]];
  const others = { ...services };
  for (const name of Object.keys(others)) delete services[name];
  Object.assign(services, { [first[0]]: marked('&first', first[1]), again: '*first' }, others);
}

/** The variables of the project, in the ways that such a file has. */
function writeDotenv(w: Writer): string {
  const lines = [...w.variables].map(([name, text]) => {
    if (/[^\w./:@-]/.test(text)) return `${name}='${text}'`;
    if (text === '') return `${name}=`;
    return w.one(`${name}=${text}`, `${name}="${text}"`, `export ${name}=${text}`, `${name}=${text} # note`);
  });
  return [...lines, ''].join('\n');
}
