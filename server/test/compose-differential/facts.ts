// What Compose does, in one small project each. The titles are promises about Compose and about us.
import { isJsonMap, type Json, type JsonMap, type Project } from './project.js';

export interface Fact {
  readonly title: string;
  readonly project: Project;
  /** What Compose makes of it: a value in its answer. */
  readonly expected?: { readonly in: (config: JsonMap) => Json | undefined; readonly is: Json | undefined };
  /** Where a newer Compose is known to do something else. */
  readonly newer?: string;
}

type Files = Project['files'];
type Look = (config: JsonMap) => Json | undefined;

/** A value by its path. */
function at(path: string): Look {
  return (config) => path.split('.').reduce<Json | undefined>(inside, config);
}

function inside(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)];
  return isJsonMap(value) ? value[key] : undefined;
}

/** One field of each item of a list. */
function each(path: string, field: string): Look {
  return (config) => {
    const list = at(path)(config);
    return Array.isArray(list) ? list.map((item: Json) => inside(item, field) ?? null) : undefined;
  };
}

/** The ports of `web`, in the short form. */
const ports: Look = (config) => {
  const list = at('services.web.ports')(config);
  if (!Array.isArray(list)) return undefined;
  return list.map((port: Json) => {
    const [ip, published, target, protocol] = ['host_ip', 'published', 'target', 'protocol'].map((key) =>
      inside(port, key),
    );
    return `${ip === undefined ? '' : `${String(ip)} `}${String(published ?? '?')}:${String(target)}/${String(protocol)}`;
  });
};
/** The mounts of `web`: source, target, and whether it can only be read. */
const mounts: Look = (config) => {
  const list = at('services.web.volumes')(config);
  if (!Array.isArray(list)) return undefined;
  return list.map(
    (mount: Json) =>
      `${String(inside(mount, 'source') ?? '')}:${String(inside(mount, 'target'))}${inside(mount, 'read_only') === true ? ':ro' : ''}`,
  );
};
const services: Look = (config) => (isJsonMap(config.services) ? Object.keys(config.services).sort() : undefined);
const web = (key: string) => at(`services.web.${key}`);

/** A project whose value at the place is this one. */
function becomes(
  title: string,
  files: Files,
  look: Look,
  is: Json | undefined,
  more: Partial<Fact> & { readonly main?: readonly string[]; readonly unset?: readonly string[] } = {},
): Fact {
  const { main, unset = [], ...rest } = more;
  const project: Project = { name: title, features: [], files, unset, ...(main === undefined ? {} : { main }) };
  return { title, project, expected: { in: look, is }, ...rest };
}

function refused(
  title: string,
  files: Files,
  message: RegExp,
  more: { readonly newer?: string; readonly main?: readonly string[] } = {},
): Fact {
  const { main, ...rest } = more;
  const project = {
    name: title,
    features: [],
    files,
    unset: [],
    refused: { reason: title, message },
    ...(main === undefined ? {} : { main }),
  };
  return { title, project, ...rest };
}

/** One file with the service `web` of these lines. */
function one(...lines: readonly string[]): Files {
  return { 'compose.yaml': service(...lines) };
}
/** A file and its override, each with the service `web`. */
function two(base: string, override: string): Files {
  return { 'compose.yaml': service('image: a', base), 'compose.override.yaml': service(override) };
}
function service(...lines: readonly string[]): string {
  return `services:\n  web:\n${lines.map((line) => `    ${line}\n`).join('')}`;
}
const named = (image: string) => service(`image: ${image}`);

const whichFiles: readonly Fact[] = [
  becomes(
    'compose.yaml is read before all other names',
    {
      'compose.yaml': named('first'),
      'compose.yml': named('b'),
      'docker-compose.yml': named('c'),
      'docker-compose.yaml': named('d'),
    },
    web('image'),
    'first',
  ),
  becomes(
    'compose.yml is read before docker-compose.yml',
    { 'compose.yml': named('first'), 'docker-compose.yml': named('c'), 'docker-compose.yaml': named('d') },
    web('image'),
    'first',
  ),
  becomes(
    'docker-compose.yml is read before docker-compose.yaml',
    { 'docker-compose.yml': named('first'), 'docker-compose.yaml': named('d') },
    web('image'),
    'first',
  ),
  becomes(
    'compose.override.yml is read before compose.override.yaml, other than with the base',
    {
      'compose.yaml': named('a'),
      'compose.override.yml': named('first'),
      'compose.override.yaml': named('b'),
      'docker-compose.override.yml': named('c'),
    },
    web('image'),
    'first',
  ),
  becomes(
    'docker-compose.override.yml is read before docker-compose.override.yaml',
    {
      'compose.yaml': named('a'),
      'docker-compose.override.yml': named('first'),
      'docker-compose.override.yaml': named('d'),
    },
    web('image'),
    'first',
  ),
  becomes(
    'an override need not have the stem of the base',
    { 'compose.yaml': named('a'), 'docker-compose.override.yml': named('b') },
    web('image'),
    'b',
  ),
  becomes(
    'listed files switch the override off',
    { 'compose.yaml': named('a'), 'compose.override.yaml': named('b') },
    web('image'),
    'a',
    { main: ['compose.yaml'] },
  ),
  becomes('the last listed file wins', { 'x.yaml': named('a'), 'y.yaml': named('b') }, web('image'), 'a', {
    main: ['y.yaml', 'x.yaml'],
  }),
  becomes(
    'COMPOSE_FILE in .env lists the files',
    { '.env': 'COMPOSE_FILE=x.yaml:y.yaml\n', 'compose.yaml': named('c'), 'x.yaml': named('a'), 'y.yaml': named('b') },
    web('image'),
    'b',
  ),
  becomes(
    'COMPOSE_PATH_SEPARATOR in .env parts the files of COMPOSE_FILE',
    { '.env': 'COMPOSE_PATH_SEPARATOR=,\nCOMPOSE_FILE=x.yaml,y.yaml\n', 'x.yaml': named('a'), 'y.yaml': named('b') },
    web('image'),
    'b',
  ),
  becomes(
    'the paths of all listed files begin at the folder of the first one',
    { 'deploy/x.yaml': named('a'), 'other/y.yaml': service('volumes: ["./d:/d"]') },
    mounts,
    ['/project/deploy/d:/d'],
    { main: ['deploy/x.yaml', 'other/y.yaml'] },
  ),
  becomes(
    'the .env beside the first listed file is read',
    { 'deploy/x.yaml': named('${TAG}'), '.env': 'TAG=root\n', 'deploy/.env': 'TAG=deploy\n' },
    web('image'),
    'deploy',
    { main: ['deploy/x.yaml'] },
  ),
  becomes(
    'COMPOSE_PROJECT_NAME in .env names the project',
    { '.env': 'COMPOSE_PROJECT_NAME=given\n', 'compose.yaml': named('a') },
    at('name'),
    'given',
  ),
  becomes(
    'a name in the file wins over that of the folder',
    { 'compose.yaml': `name: own\n${named('a')}` },
    at('name'),
    'own',
  ),
  becomes(
    'several documents in a file merge in order',
    { 'compose.yaml': `${service('image: a', 'ports: ["80:80"]')}---\n${service('image: b', 'ports: ["81:81"]')}` },
    ports,
    ['80:80/tcp', '81:81/tcp'],
  ),
];

const merging: readonly Fact[] = [
  becomes('an override replaces a scalar', two('user: root', 'user: "1000"'), web('user'), '1000'),
  becomes(
    'ports are appended: an override leaves the old port open',
    two('ports: ["80:80"]', 'ports: ["127.0.0.1:80:80"]'),
    ports,
    ['80:80/tcp', '127.0.0.1 80:80/tcp'],
  ),
  becomes(
    'the same port in two forms is one port',
    two('ports: ["80:80"]', 'ports: [{target: 80, published: "80", protocol: tcp}]'),
    ports,
    ['80:80/tcp'],
  ),
  becomes('an empty list clears nothing', two('cap_add: [SYS_ADMIN]', 'cap_add: []'), web('cap_add'), ['SYS_ADMIN']),
  becomes(
    'a volume override for the same target loses the :ro',
    two('volumes: ["/etc:/etc:ro", "/b:/b"]', 'volumes: [{type: bind, source: /etc, target: /etc}]'),
    mounts,
    ['/etc:/etc', '/b:/b'],
  ),
  becomes(
    'a mount is known by its target with or without a slash at its end',
    two('volumes: ["/a:/data/"]', 'volumes: ["/b:/data"]'),
    mounts,
    ['/b:/data'],
  ),
  becomes('commands are replaced whole', two('command: [a, b]', 'command: c d'), web('command'), ['c', 'd']),
  becomes('entrypoints are replaced whole', two('entrypoint: [a, b]', 'entrypoint: [c]'), web('entrypoint'), ['c']),
  becomes(
    'the test of a health check is replaced whole, and the rest merges',
    two('healthcheck: {test: [CMD, a], retries: 3}', 'healthcheck: {test: b, interval: 5s}'),
    web('healthcheck'),
    { test: ['CMD-SHELL', 'b'], interval: '5s', retries: 3 },
  ),
  becomes(
    'environment merges by key between a list and a map',
    two('environment: [A=1, B=1]', 'environment: {B: 2, C: 3}'),
    web('environment'),
    { A: '1', B: '2', C: '3' },
  ),
  becomes('labels merge by key between a map and a list', two('labels: {a: 1, b: 1}', 'labels: [b=2]'), web('labels'), {
    a: '1',
    b: '2',
  }),
  becomes(
    'devices are known by their target',
    two('devices: ["/dev/a:/dev/x:r"]', 'devices: ["/dev/b:/dev/x"]'),
    each('services.web.devices', 'source'),
    ['/dev/b'],
  ),
  becomes(
    'NET_ADMIN and CAP_NET_ADMIN both stay',
    two('cap_add: [NET_ADMIN]', 'cap_add: [NET_ADMIN, CAP_NET_ADMIN]'),
    web('cap_add'),
    ['NET_ADMIN', 'CAP_NET_ADMIN'],
  ),
  refused(
    'a group that is added twice is refused',
    two('group_add: [docker]', 'group_add: [docker]'),
    /group_add array items\[0,1] must be unique/,
  ),
  refused(
    'a security option that is given twice is refused',
    two('security_opt: [a:b]', 'security_opt: [a:b]'),
    /security_opt array items\[0,1] must be unique/,
  ),
  becomes(
    'security options of both files stay',
    two('security_opt: ["no-new-privileges:false"]', 'security_opt: ["no-new-privileges:true"]'),
    web('security_opt'),
    ['no-new-privileges:false', 'no-new-privileges:true'],
  ),
  becomes(
    'logging options merge for the same driver',
    two('logging: {driver: json-file, options: {a: "1"}}', 'logging: {options: {b: "2"}}'),
    web('logging'),
    { driver: 'json-file', options: { a: '1', b: '2' } },
  ),
  becomes(
    'logging is replaced for another driver',
    two('logging: {driver: json-file, options: {a: "1"}}', 'logging: {driver: syslog}'),
    web('logging'),
    { driver: 'syslog' },
  ),
  becomes('a build of one string merges with a map', two('build: ./app', 'build: {target: prod}'), web('build'), {
    context: '/project/app',
    dockerfile: 'Dockerfile',
    target: 'prod',
  }),
  becomes(
    'networks merge between a list and a map',
    two('networks: [default]', 'networks: {default: {aliases: [x]}}'),
    web('networks'),
    { default: { aliases: ['x'] } },
  ),
  becomes(
    'a limit is replaced whole',
    two('ulimits: {nofile: {soft: 1, hard: 2}}', 'ulimits: {nofile: 5}'),
    web('ulimits'),
    { nofile: 5 },
  ),
  refused(
    'a limit needs both ends, also where the base has the other one',
    two('ulimits: {nofile: {soft: 1, hard: 2}}', 'ulimits: {nofile: {soft: 5}}'),
    /ulimits\.nofile hard is required/,
  ),
  becomes(
    'both addresses of a host stay',
    two('extra_hosts: ["a:1.1.1.1"]', 'extra_hosts: ["a:2.2.2.2"]'),
    web('extra_hosts'),
    ['a=1.1.1.1', 'a=2.2.2.2'],
  ),
  becomes(
    'address pools are matched by their subnet',
    {
      'compose.yaml': `${service('image: a')}networks: {default: {ipam: {config: [{subnet: 10.0.0.0/8}]}}}\n`,
      'compose.override.yaml':
        'networks: {default: {ipam: {config: [{subnet: 10.0.0.0/8, gateway: 10.0.0.1}, {subnet: 10.1.0.0/16}]}}}\n',
    },
    at('networks.default.ipam.config'),
    [{ subnet: '10.0.0.0/8', gateway: '10.0.0.1' }, { subnet: '10.1.0.0/16' }],
  ),
  becomes(
    'a secret is known by its target',
    {
      'compose.yaml': `${service('image: a', 'secrets: [s]')}secrets: {s: {file: a}, t: {file: b}}\n`,
      'compose.override.yaml': service('secrets: [{source: t, target: /run/secrets/s}]'),
    },
    each('services.web.secrets', 'source'),
    ['t'],
  ),
  becomes(
    'an env_file is known by its path',
    { ...two('env_file: [a.env, b.env]', 'env_file: [a.env]'), 'a.env': 'A=a\n', 'b.env': 'A=b\n' },
    web('environment'),
    { A: 'b' },
  ),
  becomes('tmpfs of a string and of a list are appended', two('tmpfs: /a', 'tmpfs: [/b]'), web('tmpfs'), ['/a', '/b']),
  becomes('a key without value leaves the one of the base as it is', two('ports: ["80:80"]', 'ports:'), ports, [
    '80:80/tcp',
  ]),
  becomes(
    'an environment key without value takes the value of the base away',
    two('environment: {A: 1}', 'environment: {A: }'),
    web('environment'),
    { A: null },
  ),
  refused(
    'an empty list of security options loads in one file only',
    two('security_opt: []', 'tty: true'),
    /security_opt must be a list/,
  ),
  becomes(
    'an empty list of security options loads',
    one('image: a', 'security_opt: []'),
    web('security_opt'),
    undefined,
  ),
  refused(
    'the keys of a build for SSH cannot be merged',
    two('build: {context: ., ssh: [default]}', 'build: {ssh: [default]}'),
    /cannot override services\.web\.build\.ssh/,
  ),
  becomes(
    'a build of one string keeps the other keys of the base',
    two('build: {context: ./x, target: t}', 'build: ./y'),
    web('build'),
    { context: '/project/y', dockerfile: 'Dockerfile', target: 't' },
  ),
  becomes(
    'a dependency in the list form takes the condition of the base away, and nothing else',
    {
      'compose.yaml': `${service('image: a', 'depends_on: {db: {condition: service_healthy, restart: true}}')}  db: {image: b}\n`,
      'compose.override.yaml': service('depends_on: [db]'),
    },
    web('depends_on.db'),
    { condition: 'service_started', restart: true, required: true },
  ),
  refused(
    'a network mode does not take the networks of the base away',
    two('networks: [default]', 'network_mode: host'),
    /mutually exclusive `network_mode` and `networks`/,
  ),
];

const tags: readonly Fact[] = [
  becomes(
    '!reset takes a key of the base away',
    two('privileged: true', 'privileged: !reset null'),
    web('privileged'),
    undefined,
  ),
  becomes(
    '!reset takes a key away whatever its value is',
    two('ports: ["80:80"]', 'ports: !reset ["81:81"]'),
    ports,
    undefined,
  ),
  becomes(
    '!reset works within a map',
    two('environment: {A: 1, B: 2}', 'environment: {A: !reset null}'),
    web('environment'),
    { B: '2' },
  ),
  becomes('!override replaces a list', two('ports: ["80:80"]', 'ports: !override ["81:81"]'), ports, ['81:81/tcp']),
  becomes(
    '!override with an empty list empties it',
    two('cap_add: [A]', 'cap_add: !override []'),
    web('cap_add'),
    undefined,
  ),
  becomes(
    '!reset in a file without a base drops the key',
    one('image: a', 'privileged: !reset true'),
    web('privileged'),
    undefined,
  ),
  becomes(
    '!override in a file without a base does nothing',
    one('image: a', 'cap_add: !override [A]'),
    web('cap_add'),
    ['A'],
  ),
  becomes(
    '!reset at an item of a list leaves the base as it is',
    two('cap_add: [A, B]', 'cap_add: [!reset A]'),
    web('cap_add'),
    ['A', 'B'],
  ),
  becomes(
    '!reset works against an extended service',
    { 'compose.yaml': `${service('extends: base', 'privileged: !reset null')}  base: {image: a, privileged: true}\n` },
    web('privileged'),
    undefined,
  ),
  becomes(
    '!override works against an extended service',
    { 'compose.yaml': `${service('extends: base', 'cap_add: !override [B]')}  base: {image: a, cap_add: [A]}\n` },
    web('cap_add'),
    ['B'],
  ),
  becomes(
    '!reset does not find a key of the environment that the base has in a list',
    two('environment: [A=1, B=2]', 'environment: {A: !reset null}'),
    web('environment'),
    { A: '1', B: '2' },
  ),
  becomes(
    '!reset finds a network that the base has in a list',
    {
      'compose.yaml': `${service('image: a', 'networks: [x, default]')}networks: {x: }\n`,
      'compose.override.yaml': service('networks: {x: !reset null}'),
    },
    web('networks'),
    { default: null },
  ),
  becomes(
    '!reset takes a whole service away',
    { 'compose.yaml': `${named('a')}  db: {image: b}\n`, 'compose.override.yaml': 'services: {db: !reset null}\n' },
    services,
    ['web'],
  ),
  becomes(
    'a number behind !override is a text: it is decimal, and keeps its zeros',
    two('cpu_shares: 1', 'cpu_shares: !override 010\n    environment: {A: !override 010, B: !override 1.50}'),
    (config) => [web('cpu_shares')(config) ?? null, web('environment')(config) ?? null],
    [10, { A: '010', B: '1.50' }],
  ),
];

const yaml: readonly Fact[] = [
  becomes(
    'an own key hides that of a fragment whole',
    {
      'compose.yaml': `x-f: &f {environment: {A: 1}, cap_drop: [ALL]}\n${service('<<: *f', 'image: a', 'environment: {B: 2}')}`,
    },
    web('environment'),
    { B: '2' },
  ),
  becomes(
    'an own key wins also where it stands before <<',
    { 'compose.yaml': `x-f: &f {user: root}\n${service('image: a', 'user: "1000"', '<<: *f')}` },
    web('user'),
    '1000',
  ),
  becomes(
    'the first of several fragments wins',
    { 'compose.yaml': `x-f: &f {user: f}\nx-g: &g {user: g, tty: true}\n${service('<<: [*f, *g]', 'image: a')}` },
    web('user'),
    'f',
  ),
  becomes('<< takes a map that is written there', one('image: a', '<<: {user: inline}'), web('user'), 'inline'),
  refused(
    'two << in a map are refused',
    one('image: a', '<<: {user: a}', '<<: {tty: true}'),
    /mapping key "<<" already defined/,
  ),
  refused('a key that is there twice is refused', one('image: a', 'image: b'), /mapping key "image" already defined/),
  becomes(
    'an anchor reaches the later documents of its file',
    { 'compose.yaml': `x-f: &f {user: a}\n${named('a')}---\n${service('<<: *f')}` },
    web('user'),
    'a',
  ),
  refused(
    'an anchor does not reach another file',
    { 'compose.yaml': `x-f: &f {user: a}\n${named('a')}`, 'compose.override.yaml': service('<<: *f') },
    /unknown anchor 'f'/,
  ),
  refused(
    'an alias of a list does not splice it into a list',
    one('image: a', 'cap_add: &l [A]', 'cap_drop: [*l]'),
    /unexpected type \[]interface/,
  ),
];

const extending: readonly Fact[] = [
  becomes(
    'a child appends to the lists of its base',
    { 'compose.yaml': `${service('extends: {service: base}', 'cap_drop: []')}  base: {image: a, cap_drop: [ALL]}\n` },
    web('cap_drop'),
    ['ALL'],
  ),
  becomes(
    'a child overrides a flag of its base',
    { 'compose.yaml': `${service('extends: base', 'privileged: false')}  base: {image: a, privileged: true}\n` },
    web('privileged'),
    undefined,
  ),
  becomes(
    'ports and dependencies are inherited',
    {
      'compose.yaml': `${service('extends: base')}  base: {image: a, ports: ["80:80"], depends_on: [db]}\n  db: {image: b}\n`,
    },
    (config) => [ports(config) ?? null, isJsonMap(web('depends_on')(config))],
    [['80:80/tcp'], true],
  ),
  becomes(
    'paths of a base in another file begin at its folder',
    {
      'compose.yaml': service('extends: {file: lib/base.yaml, service: base}'),
      'lib/base.yaml': 'services: {base: {image: a, volumes: ["./d:/d"]}}\n',
    },
    mounts,
    ['/project/lib/d:/d'],
  ),
  becomes(
    'variables of a base in another file come from the main .env',
    {
      'compose.yaml': service('extends: {file: lib/base.yaml, service: base}'),
      'lib/base.yaml': 'services: {base: {image: "${TAG}"}}\n',
      '.env': 'TAG=main\n',
      'lib/.env': 'TAG=lib\n',
    },
    web('image'),
    'main',
  ),
  becomes(
    'an override of the base does not reach what extends it',
    {
      'compose.yaml': `${service('extends: base')}  base: {image: a}\n`,
      'compose.override.yaml': 'services: {base: {privileged: true}}\n',
    },
    web('privileged'),
    undefined,
  ),
  refused(
    'a service of the override cannot be extended in the base',
    { 'compose.yaml': service('extends: base'), 'compose.override.yaml': 'services: {base: {image: a}}\n' },
    /service "base" not found/,
  ),
  refused(
    'extends in a circle is refused',
    { 'compose.yaml': `${service('extends: base')}  base: {extends: web}\n` },
    /^Circular reference/,
  ),
  refused(
    'declarations of the file of the base are not taken over',
    {
      'compose.yaml': service('extends: {file: b.yaml, service: base}'),
      'b.yaml': 'services: {base: {image: a, volumes: ["data:/d"]}}\nvolumes: {data: {}}\n',
    },
    /undefined volume data/,
  ),
];

const including: readonly Fact[] = [
  becomes(
    'services of an included file are added',
    {
      'compose.yaml': `include: [inc/compose.yaml]\n${named('a')}`,
      'inc/compose.yaml': 'services: {db: {image: b}}\n',
    },
    services,
    ['db', 'web'],
  ),
  becomes(
    'paths of an included file begin at its folder',
    { 'compose.yaml': `include: [inc/compose.yaml]\n`, 'inc/compose.yaml': service('image: a', 'volumes: ["./d:/d"]') },
    mounts,
    ['/project/inc/d:/d'],
  ),
  becomes(
    'an included file has its own .env',
    { 'compose.yaml': 'include: [inc/compose.yaml]\n', 'inc/compose.yaml': named('${TAG}'), 'inc/.env': 'TAG=inc\n' },
    web('image'),
    'inc',
  ),
  becomes(
    'the .env of the main project wins over that of an included one',
    {
      'compose.yaml': 'include: [inc/compose.yaml]\n',
      'inc/compose.yaml': named('${TAG}'),
      '.env': 'TAG=main\n',
      'inc/.env': 'TAG=inc\n',
    },
    web('image'),
    'main',
  ),
  becomes(
    'the env_file of an include takes the place of its .env',
    {
      'compose.yaml': 'include: [{path: inc/compose.yaml, env_file: given.env}]\n',
      'inc/compose.yaml': named('${TAG:-none}'),
      'inc/.env': 'TAG=inc\n',
      'given.env': 'TAG=given\n',
    },
    web('image'),
    'given',
  ),
  becomes(
    'the files of one include merge',
    {
      'compose.yaml': 'include: [{path: [a.yaml, b.yaml]}]\n',
      'a.yaml': service('image: a', 'user: root'),
      'b.yaml': service('user: "1"'),
    },
    web('user'),
    '1',
  ),
  becomes(
    'an override beside an included file is not read',
    {
      'compose.yaml': 'include: [inc/compose.yaml]\n',
      'inc/compose.yaml': named('a'),
      'inc/compose.override.yaml': named('b'),
    },
    web('image'),
    'a',
  ),
  becomes(
    'project_directory moves the paths of an include',
    {
      'compose.yaml': 'include: [{path: inc/compose.yaml, project_directory: .}]\n',
      'inc/compose.yaml': service('image: a', 'volumes: ["./d:/d"]'),
    },
    mounts,
    ['/project/d:/d'],
  ),
  refused(
    'a service of the main file may not be in an included one',
    { 'compose.yaml': `include: [inc.yaml]\n${named('a')}`, 'inc.yaml': named('b') },
    /services\.web conflicts with imported resource/,
    { newer: 'They are merged, and the including file wins.' },
  ),
];

/** What a text becomes with SET=set and EMPTY= in .env. */
function interpolated(text: string, is: string, unset: readonly string[] = []): Fact {
  const files = { ...one('image: a', `working_dir: '${text}'`), '.env': 'SET=set\nEMPTY=\n' };
  return becomes(`'${text}' becomes '${is}'`, files, (config) => inDollars(web('working_dir')(config)) ?? '', is, {
    unset,
  });
}

/** Compose doubles the dollar signs that it prints. */
function inDollars(value: Json | undefined): Json | undefined {
  return typeof value === 'string' ? value.replaceAll('$$', '$') : value;
}

const badInterpolation = /^invalid interpolation format for services\.web\.working_dir/;

const interpolation: readonly Fact[] = [
  interpolated('$SET ${SET}', 'set set'),
  interpolated('${EMPTY:-d} ${EMPTY-d}x ${NO:-d} ${NO-d}', 'd x d d'),
  interpolated('${SET:+r} ${EMPTY:+r} ${EMPTY+r} ${NO+r}', 'r  r '),
  interpolated('${NO:-${EMPTY:-${SET}/x}}y', 'set/xy'),
  interpolated('$$SET $ a$ $5 $$$$', '$SET $ a$ $5 $$'),
  interpolated('a${NO}b', 'ab', ['NO']),
  ...['${}', '${1A}', '${SET/a/b}', '${SET:=x}', '${SET'].map((text) =>
    refused(`'${text}' is refused`, one('image: a', `working_dir: '${text}'`), badInterpolation),
  ),
  refused(
    'a required variable without value is refused',
    one('image: "${TAG:?say which}"'),
    /required variable TAG is missing a value: say which/,
  ),
  becomes(
    'keys are not interpolated',
    one('image: a', 'labels: {"$KEY": b}'),
    (config) => Object.keys((web('labels')(config) ?? {}) as object).map((key) => key.replaceAll('$$', '$')),
    ['$KEY'],
  ),
  becomes(
    'a value is read again after it is interpolated',
    one('image: a', 'privileged: "${NO:-true}"', 'scale: "${NO:-2}"'),
    (config) => [web('privileged')(config) ?? null, web('scale')(config) ?? null],
    [true, 2],
  ),
  refused(
    'a truth that hangs on an unset variable is refused',
    one('image: a', 'privileged: ${NO}'),
    /failed to cast to expected type: invalid boolean/,
  ),
  becomes(
    'an interpolated number is decimal where a written one is octal',
    one('image: a', 'scale: "${NO:-010}"', 'cpu_shares: 010'),
    (config) => [web('scale')(config) ?? null, web('cpu_shares')(config) ?? null],
    [10, 8],
  ),
  becomes(
    'the short form of a mount is parted outside of variables',
    one('image: a', 'volumes: ["${NO:-/a}:/b:${MODE:-ro}"]'),
    mounts,
    ['/a:/b:ro'],
  ),
  becomes(
    'the env_file of a service feeds no variable',
    { ...one('image: "${TAG:-none}"', 'env_file: x.env'), 'x.env': 'TAG=x\n' },
    web('image'),
    'none',
  ),
  becomes(
    'an environment key without value passes one of .env on',
    { ...one('image: a', 'environment: [SET, NO]'), '.env': 'SET=set\n' },
    web('environment'),
    { SET: 'set', NO: null },
  ),
  becomes(
    'the environment of a service wins over its env_file',
    { ...one('image: a', 'env_file: x.env', 'environment: {A: own}'), 'x.env': 'A=file\nB=file\n' },
    web('environment'),
    { A: 'own', B: 'file' },
  ),
];

const forms: readonly Fact[] = [
  becomes('a port alone is published at any port of all addresses', one('image: a', 'ports: [80, "81/udp"]'), ports, [
    '?:80/tcp',
    '?:81/udp',
  ]),
  becomes('a range of ports is one port each', one('image: a', 'ports: ["8000-8001:80-81"]'), ports, [
    '8000:80/tcp',
    '8001:81/tcp',
  ]),
  becomes('a range for one port stays a range', one('image: a', 'ports: ["8000-8005:80"]'), ports, [
    '8000-8005:80/tcp',
  ]),
  becomes(
    'a port may name its address',
    one('image: a', 'ports: ["127.0.0.1:80:80", "127.0.0.1::81", "[::1]:82:82", ":83:83"]'),
    ports,
    ['127.0.0.1 80:80/tcp', '127.0.0.1 ?:81/tcp', '::1 82:82/tcp', '83:83/tcp'],
  ),
  becomes(
    'the protocol may have any case, and what follows it is ignored',
    one('image: a', 'ports: ["80:80/UDP", "81:81/tcp/udp"]'),
    ports,
    ['80:80/udp', '81:81/tcp'],
  ),
  ...['localhost:80:80', '127.1:80:80', '127.0.0.1:80', '::1:80:80'].map((port) =>
    refused(`the port '${port}' is refused`, one('image: a', `ports: ["${port}"]`), /^Invalid/),
  ),
  becomes(
    'a published address loads where a port should be',
    one('image: a', 'ports: [{target: 80, published: "127.0.0.1:8080"}]'),
    ports,
    ['127.0.0.1:8080:80/tcp'],
  ),
  becomes('unknown options of a mount are ignored', one('image: a', 'volumes: ["/a:/a:ro,strange"]'), mounts, [
    '/a:/a:ro',
  ]),
  becomes('a mount without a source is anonymous', one('image: a', 'volumes: [/data]'), mounts, [':/data']),
  becomes('the home of the user is a host path', one('image: a', 'volumes: ["~/x:/x"]'), mounts, ['~/x:/x']),
  becomes(
    'an environment key without value is passed on, and one with nothing is empty',
    one('image: a', 'environment: {A: null, B: "", C: }'),
    web('environment'),
    { A: null, B: '', C: null },
  ),
  becomes(
    'test: NONE as a string is a command',
    one('image: a', 'healthcheck: {test: NONE}'),
    web('healthcheck.test'),
    ['CMD-SHELL', 'NONE'],
  ),
  becomes(
    'a command is split as a shell does, without one',
    one('image: a', "command: sh -c 'a && b'"),
    web('command'),
    ['sh', '-c', 'a && b'],
  ),
  refused(
    'limits have to agree',
    one('image: a', 'mem_limit: 1g', 'deploy: {resources: {limits: {memory: 2g}}}'),
    /can't set distinct values on 'mem_limit'/,
  ),
  refused(
    'limits have to agree also where one of them is left out',
    one('image: a', 'cpus: 1', 'deploy: {resources: {limits: {memory: 2g}}}'),
    /can't set distinct values on 'cpus'/,
  ),
];

/** How a text is read where a truth is wanted, in the environment, or as a number. */
const typing: readonly Fact[] = [
  becomes(
    'yes, on and y are true where a truth is wanted, also in quotes',
    one('image: a', 'tty: yes', 'init: "on"', 'privileged: y', 'read_only: TRUE', 'stdin_open: "true"'),
    (config) => ['tty', 'init', 'privileged', 'read_only', 'stdin_open'].map((key) => web(key)(config) ?? null),
    [true, true, true, true, true],
  ),
  ...['1', '"1"', 't', 'null', '""'].map((text) =>
    refused(`${text} is no truth`, one('image: a', `privileged: ${text}`), /privileged/),
  ),
  becomes(
    'numbers are read as YAML 1.1 has them',
    one('image: a', 'environment: {A: 010, B: 0o10, C: 0x50, D: 1_000}'),
    web('environment'),
    { A: '8', B: '8', C: '80', D: '1000' },
  ),
  becomes(
    '22:22 and 12:30:45 are texts',
    one('image: a', 'environment: {A: 12:30:45}', 'ports: [22:22]'),
    (config) => [web('environment.A')(config) ?? null, ports(config) ?? null],
    ['12:30:45', ['22:22/tcp']],
  ),
  becomes(
    'yes and no are texts in the environment',
    one('image: a', 'environment: {A: yes, B: no, C: true, D: TRUE}'),
    web('environment'),
    { A: 'yes', B: 'no', C: 'true', D: 'true' },
  ),
  becomes(
    'a day is a time, and a number is written as Go writes it',
    one('image: a', 'environment: {A: 2024-01-01, B: 1.50, C: 1234567.0, D: 09, E: 1e3, F: .5, G: 0b11}'),
    web('environment'),
    { A: '2024-01-01 00:00:00 +0000 UTC', B: '1.5', C: '1.234567e+06', D: '9', E: '1000', F: '0.5', G: '3' },
  ),
  becomes('a colon at the end of a flow map belongs to the key', one('image: a', 'labels: {b:}'), web('labels'), {
    'b:': '',
  }),
  becomes(
    'an argument of a build without value is left out',
    one('image: a', 'build: {context: ., args: {A: 1, B: ~}}'),
    web('build.args'),
    { A: '1' },
  ),
  refused('a user that is a number is refused', one('image: a', 'user: 1000'), /user must be a string/),
  becomes('restart: no is a text', one('image: a', 'restart: no'), web('restart'), 'no'),
];

export const facts: readonly Fact[] = [
  ...[...whichFiles, ...merging, ...tags, ...yaml, ...extending, ...including, ...interpolation, ...forms, ...typing],
];
