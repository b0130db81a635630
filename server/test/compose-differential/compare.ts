// Compares the answer of Compose with ours, field by field. What the two may write in different words is in one table.
import { isJsonMap, type Json, type JsonMap, notKnown } from './project.js';

export interface Difference {
  /** The keys to the place, joined by dots. */
  readonly path: string;
  readonly theirs: Json | undefined;
  readonly ours: Json | undefined;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** The paths that we say we cannot know. */
  readonly unknown: readonly string[];
}

export function compareConfigs(theirs: JsonMap, ours: JsonMap): Comparison {
  const differences: Difference[] = [];
  const unknown: string[] = [];
  compare(normalize(theirs, 'theirs'), normalize(ours, 'ours'), []);
  return { differences, unknown };

  function compare(one: Json | undefined, other: Json | undefined, path: readonly string[]): void {
    if (other === notKnown) unknown.push(path.join('.'));
    else if (isJsonMap(one) && isJsonMap(other)) {
      for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
        compare(one[key], other[key], [...path, key]);
      }
    } else if (Array.isArray(one) && Array.isArray(other)) {
      for (let at = 0; at < Math.max(one.length, other.length); at++) {
        compare(one[at], other[at], [...path, String(at)]);
      }
    } else if (one !== other) {
      differences.push({ path: path.join('.'), theirs: one, ours: other });
    }
  }
}

/** A difference in one line. */
export function describeDifference({ path, theirs, ours }: Difference): string {
  return `${path}: Compose says ${inWords(theirs)}, we say ${inWords(ours)}`;
}

function inWords(value: Json | undefined): string {
  return value === undefined
    ? 'nothing'
    : JSON.stringify(value, (_, inner) => (inner === notKnown ? 'not known' : inner));
}

/** A form that may differ where the meaning does not. */
interface Form {
  readonly reason: string;
  /** Only this answer has to be put straight. */
  readonly of?: 'theirs' | 'ours';
  /** The keys from the root: `*` is any one key or place in a list, `**` any number of them, `(a|b)` one of both. */
  readonly at: string;
  /** What stands there from now on; `undefined` takes it away. It is not called where nothing stands. */
  readonly as: (value: Json, place: Place) => Json | undefined;
}

interface Place {
  readonly root: JsonMap;
  readonly path: readonly string[];
}

/** In this order. A form never takes away what a person wrote: only what Compose adds, or what says nothing. */
const forms: readonly Form[] = [
  {
    reason: 'Fragments have done their work where they are used; we do not show them again.',
    at: '',
    as: (root) =>
      isJsonMap(root) ? Object.fromEntries(Object.entries(root).filter(([key]) => !key.startsWith('x-'))) : root,
  },
  {
    reason: 'Compose prints what links, namespaces and mounts of other services need as dependencies, too.',
    of: 'ours',
    at: 'services.*',
    as: (service) => (isJsonMap(service) ? withImpliedDependencies(service) : service),
  },
  {
    reason: '`config` prints what can be read again: each dollar sign is doubled, in keys too.',
    of: 'theirs',
    at: '**',
    as: (value) => {
      if (isJsonMap(value)) return mapKeys(value, withoutDoubling);
      return typeof value === 'string' ? withoutDoubling(value) : value;
    },
  },
  {
    reason: 'Two fields are printed with a capital letter: they have no name for JSON in Compose.',
    at: 'services.*.blkio_config.*.*',
    as: (value) => (isJsonMap(value) ? mapKeys(value, (key) => key.toLowerCase()) : value),
  },
  {
    reason: 'Times are printed as Go writes them: 90s is 1m30s.',
    at: 'services.*.(stop_grace_period|healthcheck.(interval|timeout|start_period|start_interval))',
    as: duration,
  },
  {
    reason: 'Times are printed as Go writes them: 90s is 1m30s.',
    at: 'services.*.deploy.(update_config|rollback_config|restart_policy).(delay|monitor|window)',
    as: duration,
  },
  {
    reason: 'Sizes are printed in bytes, as text.',
    at: 'services.*.(mem_limit|mem_reservation|memswap_limit|mem_swappiness|shm_size|build.shm_size)',
    as: bytes,
  },
  {
    reason: 'Sizes are printed in bytes, as text.',
    at: 'services.*.(deploy.resources.*.memory|volumes.*.tmpfs.size|blkio_config.*.*.rate)',
    as: bytes,
  },
  {
    reason: 'Processors are printed as a number, as a text in later versions.',
    at: 'services.*.(cpus|deploy.resources.*.cpus)',
    as: number,
  },
  {
    reason: 'A published port is text in Compose, because it may be a range.',
    at: 'services.*.ports.*.published',
    as: (value) => (typeof value === 'number' ? String(value) : value),
  },
  {
    reason: 'All devices are minus one device.',
    at: 'services.*.deploy.resources.reservations.devices.*.count',
    as: (value) => (value === -1 ? 'all' : value),
  },
  {
    reason: 'An argument of a build that nobody gives a value is left out.',
    of: 'ours',
    at: 'services.*.build.args.*',
    as: (value) => value ?? undefined,
  },
  {
    reason: 'A port is published at each node, by TCP, unless it says otherwise.',
    at: 'services.*.ports.*',
    as: withDefaults({ mode: 'ingress', protocol: 'tcp' }),
  },
  {
    reason: 'A device may be read, written and made, unless it says otherwise.',
    at: 'services.*.devices.*',
    as: withDefaults({ permissions: 'rwm' }),
  },
  {
    reason: 'A service waits until the other one has started, and needs it, unless it says otherwise.',
    at: 'services.*.depends_on.*',
    as: withDefaults({ condition: 'service_started', required: true }),
  },
  {
    reason: 'A secret without a target is below /run/secrets. Compose does not print so of the secrets of a build.',
    at: 'services.*.secrets.*',
    as: (secret) =>
      isJsonMap(secret) && !('target' in secret)
        ? { ...secret, target: `/run/secrets/${String(secret.source)}` }
        : secret,
  },
  {
    reason: 'The Dockerfile is called Dockerfile, unless it says otherwise.',
    at: 'services.*.build',
    as: (build) =>
      isJsonMap(build) && !('dockerfile' in build || 'dockerfile_inline' in build)
        ? { ...build, dockerfile: 'Dockerfile' }
        : build,
  },
  {
    reason: 'A service without network and network mode is in the network `default`.',
    at: 'services.*',
    as: (service) =>
      isJsonMap(service) && !('networks' in service || 'network_mode' in service)
        ? { ...service, networks: { default: null } }
        : service,
  },
  {
    reason: 'The network `default` need not be declared.',
    of: 'ours',
    at: '',
    as: (root) =>
      isJsonMap(root)
        ? { ...root, networks: { default: {}, ...(isJsonMap(root.networks) ? root.networks : {}) } }
        : root,
  },
  {
    reason: 'What is declared is called after its key, with the name of the project before it.',
    at: '(networks|volumes|secrets|configs).*',
    as: (declared, { root, path }) => {
      const own = isJsonMap(declared) ? declared : {};
      const key = path.at(-1) ?? '';
      const prefix = own.external === true ? '' : `${String(root.name)}_`;
      return 'name' in own ? own : { ...own, name: `${prefix}${key}` };
    },
  },
  {
    reason: 'Compose prints what services use only.',
    of: 'ours',
    at: '(networks|volumes|secrets|configs)',
    as: (declared, { root, path }) =>
      isJsonMap(declared)
        ? Object.fromEntries(Object.entries(declared).filter(([name]) => isUsed(root, path[0] ?? '', name)))
        : declared,
  },
  {
    reason: 'A folder is made for a bind mount in the short form; Compose does not print that it is not made.',
    at: 'services.*.volumes.*.bind.create_host_path',
    as: (value) => (value === false ? undefined : value),
  },
  {
    reason: 'Hosts are printed in the order of their names.',
    at: 'services.*.(extra_hosts|build.extra_hosts)',
    as: (hosts) => (Array.isArray(hosts) ? [...hosts].sort() : hosts),
  },
  {
    reason: 'Compose prints the command and the entrypoint also where there is none.',
    at: 'services.*.(command|entrypoint|develop.watch.*.exec.command)',
    as: (value) => value ?? undefined,
  },
  {
    reason: 'Compose keeps one name for two policies.',
    at: 'services.*.pull_policy',
    as: (value) => (value === 'if_not_present' ? 'missing' : value),
  },
  {
    reason: 'A service may be in a network with nothing more to say.',
    at: 'services.*.networks.*',
    as: (value) => value ?? {},
  },
  {
    reason: 'Go leaves out what is zero, false or empty where nothing else can be meant.',
    at: '**',
    as: (value, { path }) =>
      (value === false || value === 0 || value === '') && saysNothing(path) ? undefined : value,
  },
  {
    reason: 'An empty map or list says nothing, and Compose prints some of them. An empty command says something.',
    at: '**',
    as: (value, { path }) => (isEmpty(value) && !isKeptEmpty(path) ? undefined : value),
  },
];

/** No key of a project holds it. */
const separator = '\n';
const compiled = forms.map((form) => ({ ...form, pattern: compilePath(form.at) }));

function normalize(answer: JsonMap, side: 'theirs' | 'ours'): JsonMap {
  let root = answer;
  for (const form of compiled) {
    if (form.of !== undefined && form.of !== side) continue;
    const before = root;
    const after = rewrite(before, []);
    if (isJsonMap(after)) root = after;

    /** The inner values first: what is empty then can go too. */
    function rewrite(value: Json, path: readonly string[]): Json | undefined {
      const inner = mapInner(value, (item, key) => rewrite(item, [...path, key]));
      if (!form.pattern.test(path.join(separator))) return inner;
      return form.as(inner, { root: before, path });
    }
  }
  return root;
}

function mapInner(value: Json, change: (value: Json, key: string) => Json | undefined): Json {
  if (isJsonMap(value)) {
    const entries = Object.entries(value).map(([key, item]) => [key, change(item, key)] as const);
    return Object.fromEntries(entries.flatMap(([key, item]) => (item === undefined ? [] : [[key, item]])));
  }
  if (!Array.isArray(value)) return value;
  // The items of a list stay, so that the others keep their places.
  return value.map((item: Json, at) => change(item, String(at)) ?? item);
}

function compilePath(path: string): RegExp {
  const source = path.replaceAll('.', separator).replaceAll('**', '[^]+').replaceAll('*', `[^${separator}]+`);
  return new RegExp(`^${source}$`);
}

/** Maps whose keys a person chooses: what is empty there has been written. */
const freeMaps =
  /^(services\n[^\n]+\n(build\n|deploy\n|logging\n)?|[^\n]+\n[^\n]+\n)(environment|labels|annotations|args|additional_contexts|options|sysctls|storage_opt|driver_opts)\n/;
/** Fields that Compose prints also where they are zero or false. */
const printed: ReadonlySet<string> = new Set([
  'init',
  'attach',
  'scale',
  'replicas',
  'required',
  'parallelism',
  'enable_ipv6',
]);

function saysNothing(path: readonly string[]): boolean {
  const joined = path.join(separator);
  return !(printed.has(path.at(-1) ?? '') || freeMaps.test(joined) || path.some((key) => key.startsWith('x-')));
}

function isEmpty(value: Json): boolean {
  return (isJsonMap(value) || Array.isArray(value)) && Object.keys(value).length === 0;
}

function isKeptEmpty(path: readonly string[]): boolean {
  const [kind, , key] = path;
  return (
    kind === 'services' && (key === 'command' || key === 'entrypoint' || (key === 'networks' && path.length === 4))
  );
}

function isUsed({ services }: JsonMap, kind: string, name: string): boolean {
  return isJsonMap(services) && Object.values(services).some((service) => isJsonMap(service) && usesIt(service));

  function usesIt(service: JsonMap): boolean {
    const { build, [kind]: own } = service;
    const ofBuild = isJsonMap(build) ? build[kind] : undefined;
    if (isJsonMap(own)) return name in own;
    return [own, ofBuild].some((list) => Array.isArray(list) && list.some((item) => isJsonMap(item) && isItem(item)));
  }
  function isItem(item: JsonMap): boolean {
    return item.source === name && (kind !== 'volumes' || item.type === 'volume');
  }
}

function withImpliedDependencies(service: JsonMap): JsonMap {
  const texts = (key: string): readonly string[] => {
    const list = service[key];
    return Array.isArray(list) ? list.filter((item: Json) => typeof item === 'string') : [];
  };
  const linked = texts('links').map((link) => link.split(':')[0] ?? '');
  const shared = ['network_mode', 'ipc', 'pid', 'uts', 'cgroup'].flatMap((key) => {
    const text = service[key];
    return typeof text === 'string' && text.startsWith('service:') ? [text.slice('service:'.length)] : [];
  });
  const mounted = texts('volumes_from').flatMap((text) =>
    text.startsWith('container:') ? [] : [text.split(':')[0] ?? ''],
  );
  const started = { condition: 'service_started', required: true };
  const implied = [
    ...mounted.map((name) => [name, started] as const),
    ...[...linked, ...shared].map((name) => [name, { ...started, restart: true }] as const),
  ];
  if (implied.length === 0) return service;
  const own = isJsonMap(service.depends_on) ? service.depends_on : {};
  return { ...service, depends_on: { ...Object.fromEntries(implied), ...own } };
}

function withDefaults(defaults: JsonMap): Form['as'] {
  return (value) => (isJsonMap(value) ? { ...defaults, ...value } : value);
}

function withoutDoubling(text: string): string {
  return text.replaceAll('$$', '$');
}

function number(value: Json): Json {
  return typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;
}

const nanoseconds: { readonly [unit: string]: number } = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 6e10,
  h: 3.6e12,
};

function duration(value: Json): Json {
  if (typeof value !== 'string' || !/^(?:[\d.]+[a-zµ]+)+$/.test(value)) return value;
  const parts = [...value.matchAll(/([\d.]+)([a-zµ]+)/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (nanoseconds[unit ?? ''] ?? Number.NaN), 0);
}

function bytes(value: Json): Json {
  const match = /^(-?[\d.]+) ?([kmgtp]?)b?$/i.exec(typeof value === 'number' ? String(value) : asText(value));
  if (match === null) return value;
  return Math.floor(Number(match[1]) * 1024 ** ' kmgtp'.indexOf((match[2] || ' ').toLowerCase()));
}

function asText(value: Json): string {
  return typeof value === 'string' ? value : '';
}

function mapKeys(map: JsonMap, change: (key: string) => string): JsonMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [change(key), value]));
}
