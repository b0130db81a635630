// The reasons for which Compose does not load a project, and what makes it refuse one.
import type { Project } from './project.js';
import type { Writer } from './writer.js';

export interface Spoiling {
  readonly reason: string;
  /** What Compose says. */
  readonly message: RegExp;
  /** One of these becomes the lines of a service with an image. */
  readonly bad?: readonly string[];
  /** One of these becomes a line of the services. */
  readonly services?: readonly string[];
  /** One of these becomes a line of the top level. The service then has `bad`, whichever it is. */
  readonly top?: readonly string[];
  /** Other files, from the folder of the project. */
  readonly files?: { readonly [path: string]: string };
}

const other = '\n  other: {image: alpine}';

/** Each is a project's only reason to be refused. */
export const refusals: readonly Spoiling[] = [
  {
    reason: 'bad interpolation',
    message: /^invalid interpolation format for services\.bad\./,
    bad: [
      ...["'${}'", "'${1A}'", "'${V/a/b}'", "'${V:=x}'", "'${V'", "'${V!}'", "'a${-x}'", "'${NO_SUCH:-${}}'"].map(
        (text) => `working_dir: ${text}`,
      ),
      'environment: ["A=${V V}"]',
      'labels: {a: "${"}',
    ],
  },
  {
    reason: 'required variable without value',
    message: /required variable NO_SUCH is missing a value/,
    bad: [
      'user: ${NO_SUCH:?say it}',
      'user: ${NO_SUCH?say it}',
      'user: ${NO_SUCH:?}',
      'user: "${NO_SUCH?}"',
      'user: ${OTHER:-${NO_SUCH:?say it}}',
    ],
  },
  {
    reason: 'variable that is no truth or number',
    message: /failed to cast to expected type|invalid size: ''/,
    bad: [
      ...[
        'privileged: ${NO_SUCH}',
        'scale: "${NO_SUCH}"',
        'scale: ${NO_SUCH:-x}',
        'cpus: ${NO_SUCH}',
        'mem_limit: "${NO_SUCH}"',
      ],
      ...[
        'read_only: ${NO_SUCH:-2}',
        'pids_limit: ${NO_SUCH:-0x50}',
        'cpu_shares: ${NO_SUCH:-1_000}',
        'tty: ${NO_SUCH:-t}',
      ],
    ],
  },
  {
    reason: 'key twice',
    message: /^yaml: unmarshal errors:\n {2}line \d+: mapping key "\w+" already defined at line \d+/,
    bad: [
      'image: other',
      'environment:\n      A: 1\n      A: 2',
      'environment: {A: 1, B: 2, A: 3}',
      'tty: true\n    "tty": false',
    ],
  },
  {
    reason: 'two merge keys',
    message: /mapping key "<<" already defined/,
    bad: ['<<: {tty: true}\n    <<: {init: true}'],
  },
  {
    reason: 'merge of no map',
    message: /^yaml: map merge requires map or sequence of maps/,
    bad: ['<<: text', '<<: [text]'],
  },
  {
    reason: 'unknown anchor',
    message: /^yaml: unknown anchor 'nowhere' referenced/,
    bad: ['labels: *nowhere', '<<: *nowhere'],
  },
  {
    reason: 'list within a list',
    message: /unexpected type \[]interface|must be a string/,
    bad: ['cap_add: &caps [A]\n    cap_drop: [*caps]', 'command: &words [a]\n    entrypoint: [*words, b]'],
  },
  {
    reason: 'no YAML',
    message: /^yaml: (line \d+: )?/,
    bad: ['labels:\n    \ta: 1', 'just words', 'user: "a" b', 'command: [a: ]b'],
  },
  {
    reason: 'extends in a circle',
    message: /^Circular reference/,
    bad: [
      'extends: bad',
      `extends: {service: ring}\n  ring: {image: a, extends: bad}`,
      'extends: {file: ring.yaml, service: a}',
    ],
    files: {
      'ring.yaml': 'services: {a: {extends: {file: ring2.yaml, service: a}}}\n',
      'ring2.yaml': 'services: {a: {extends: {file: ring.yaml, service: a}}}\n',
    },
  },
  {
    reason: 'extends what is not there',
    message: /service "nobody" not found|open \/\S*absent\.yaml: no such file/,
    bad: [
      'extends: nobody',
      'extends: {service: nobody}',
      'extends: {file: lonely.yaml, service: nobody}',
      'extends: {file: absent.yaml, service: a}',
    ],
    files: { 'lonely.yaml': 'services: {a: {image: b}}\n' },
  },
  {
    reason: 'include conflict',
    message: /^services\.bad conflicts with imported resource/,
    top: ['include: [twin.yaml]', 'include: [{path: twin.yaml}]'],
    files: { 'twin.yaml': 'services: {bad: {image: other}}\n' },
  },
  {
    reason: 'include of what is not there',
    message: /open \/\S*absent\.yaml: no such file|`include` must be a list/,
    top: ['include: [absent.yaml]', 'include: [{path: [absent.yaml]}]', 'include: absent.yaml'],
  },
  {
    reason: 'include in a circle',
    message: /^include cycle detected/,
    top: ['include: [circle.yaml]'],
    files: { 'circle.yaml': 'include: [circle2.yaml]\n', 'circle2.yaml': 'include: [circle.yaml]\n' },
  },
  {
    reason: 'undefined network',
    message: /^service "bad" refers to undefined network nowhere/,
    bad: ['networks: [nowhere]', 'networks: {default: null, nowhere: {aliases: [a]}}'],
  },
  {
    reason: 'undefined volume',
    message: /^service "bad" refers to undefined volume nowhere/,
    bad: [
      'volumes: ["nowhere:/x"]',
      'volumes: [{type: volume, source: nowhere, target: /x}]',
      'volumes: ["nowhere:/x:ro"]',
    ],
  },
  {
    reason: 'undefined secret or config',
    message: /^service "bad" refers to undefined (build secret|secret|config) nowhere/,
    bad: [
      'secrets: [nowhere]',
      'secrets: [{source: nowhere}]',
      'configs: [nowhere]',
      'build: {context: ., secrets: [nowhere]}',
    ],
  },
  {
    reason: 'depends on an undefined service',
    message: /^service "bad" depends on undefined service "nobody"/,
    bad: [
      ...['depends_on: [nobody]', 'depends_on: {nobody: {condition: service_started}}', 'links: ["nobody:x"]'],
      ...[
        'volumes_from: ["nobody:ro"]',
        'network_mode: service:nobody',
        'pid: "service:nobody"',
        'ipc: service:nobody',
      ],
    ],
  },
  {
    reason: 'dependency cycle',
    message: /^dependency cycle detected: /,
    bad: [
      'depends_on: [bad]',
      'depends_on: [ring]\n  ring: {image: a, depends_on: {bad: {condition: service_healthy}}}',
      "links: [ring]\n  ring: {image: a, network_mode: 'service:bad'}",
      'volumes_from: [ring]\n  ring: {image: a, depends_on: [ring2]}\n  ring2: {image: a, depends_on: [bad]}',
    ],
  },
  {
    reason: 'conflicting limits',
    message: /^services\.bad: can't set distinct values on '\w+' and 'deploy\./,
    bad: [
      'mem_limit: 1g\n    deploy: {resources: {limits: {memory: 2g}}}',
      'cpus: 1\n    deploy: {resources: {limits: {memory: 2g}}}',
      'pids_limit: 10\n    deploy: {resources: {limits: {pids: 11}}}',
      'mem_limit: 1g\n    deploy: {resources: {limits: {}}}',
      'mem_reservation: 1g\n    deploy: {resources: {reservations: {memory: 2g}}}',
      'scale: 2\n    deploy: {replicas: 3}',
    ],
  },
  {
    reason: 'wrong type',
    message: /^validating \/\S+: services\.bad\.[\w.]+ must be an? /,
    bad: [
      ...[
        'privileged: 1',
        'privileged: null',
        'init: {}',
        'cap_add: A',
        'ports: {a: b}',
        'ports: 80',
        'user: 1000',
        'user: null',
      ],
      ...[
        'environment: text',
        'environment: {A: [1]}',
        'labels: {a: {b: c}}',
        'command: {a: b}',
        'command: 5',
        'command: [a, 5]',
      ],
      ...[
        'volumes: /x',
        'networks: x',
        'deploy: []',
        'healthcheck: x',
        'healthcheck: {test: 5}',
        'restart: 5',
        'hostname: 5',
      ],
      ...[
        'group_add: [true]',
        'security_opt: x',
        'depends_on: x',
        'logging: x',
        'secrets: x',
        'tmpfs: {a: b}',
        'profiles: dev',
      ],
      ...[
        'deploy: {resources: {limits: {memory: 5}}}',
        'build: 5',
        'build: {context: ., args: x}',
        'build: {context: ., ssh: default}',
      ],
      ...[
        'ports: [true]',
        'volumes: [5]',
        'stop_grace_period: 5',
        'mem_limit: true',
        'env_file: 5',
        'healthcheck: {interval: 5}',
      ],
      ...[
        'ports: null',
        'environment: null',
        'volumes: null',
        'healthcheck: null',
        'networks: null',
        'deploy: {resources: null}',
      ],
    ],
  },
  {
    reason: 'no such size, time or number',
    message:
      /invalid size|invalid duration|unknown unit|failed to cast|must be one of the following|is required$|expected type/,
    bad: [
      ...[
        'mem_limit: x',
        'mem_limit: 5x',
        'shm_size: "1 q"',
        'stop_grace_period: x',
        'healthcheck: {timeout: 5 bananas}',
        'cpus: x',
      ],
      ...[
        'scale: x',
        'init: maybe',
        'privileged: t',
        'privileged: ""',
        'tty: "1"',
        'pull_policy: x',
        'cgroup: x',
        'blkio_config: {weight: x}',
      ],
      ...[
        'ulimits: {nofile: {soft: 1}}',
        'ulimits: {nofile: x}',
        `depends_on: {other: {}}${other}`,
        `depends_on: {other: {condition: x}}${other}`,
      ],
    ],
  },
  {
    reason: 'unknown key',
    message: /^validating \/\S+: \S+ Additional property \S+ is not allowed/,
    bad: [
      ...[
        'privilegd: true',
        'deploy: {foo: 1}',
        'build: {context: ., foo: 1}',
        'healthcheck: {foo: 1}',
        'logging: {foo: a}',
      ],
      ...[
        'ports: [{target: 80, foo: 1}]',
        'volumes: [{type: bind, source: ., target: /x, foo: 1}]',
        'networks: {default: {foo: 1}}',
      ],
      ...[
        'ulimits: {nofile: {soft: 1, hard: 2, foo: 3}}',
        `depends_on: {other: {condition: service_started, foo: 1}}${other}`,
      ],
    ],
  },
  {
    reason: 'unknown key of the top level, or bad name',
    message: /Additional property [^/]+ is not allowed|^Non-string key /,
    top: ['servics: {}', 'foo: 1', '5: a'],
    services: ['bad name: {image: a}', "'bad!': {image: a}", '5: {image: a}', 'true: {image: a}'],
  },
  {
    reason: 'bad port',
    message: /^Invalid (containerPort|hostPort|ip address|proto|ranges)|^No port specified|is missing a target port/,
    bad: [
      ...[
        'a',
        'localhost:80:80',
        '127.1:80:80',
        '127.0.0.1:80',
        '::1:80:80',
        '80:',
        '70000',
        '80:70000',
        '80-82:80-83',
        '82-80',
      ],
      ...['80/foo', '[::1]:80', '0', '', '/tcp', '99999:80', '256.0.0.1:80:80', '80:80:80:80', '0x50', '80:80 '],
    ].map((text) => `ports: ['${text}']`),
  },
  {
    reason: 'bad volume',
    message: /^invalid (empty volume )?spec|^invalid mount config|is missing a mount target|type is required/,
    bad: [
      ...[
        "[':/x']",
        "['']",
        "['.:/a:ro:z']",
        "['x:/y:']",
        '[{type: bind, target: /x}]',
        '[{target: /x}]',
        '[{type: bind, source: /x}]',
      ].map((text) => `volumes: ${text}`),
    ],
  },
  {
    reason: 'network_mode beside networks',
    message: /declares mutually exclusive `network_mode` and `networks`/,
    bad: ['network_mode: host\n    networks: [default]', 'network_mode: none\n    networks: {default: null}'],
  },
  {
    reason: 'neither image nor build',
    message: /^service "bad" has neither an image nor a build context specified/,
    services: ['bad: {tty: true}', 'bad: {}', 'bad: {environment: {A: 1}}'],
  },
  {
    reason: 'service that is no map',
    message: /services\.bad must be a mapping/,
    services: ['bad:', 'bad: ~', 'bad: [a]', 'bad: text'],
  },
  {
    reason: 'container_name with replicas',
    message: /can't set container_name and bad as container name must be unique/,
    bad: ['container_name: x\n    scale: 2', 'container_name: x\n    deploy: {replicas: 2}'],
  },
  {
    reason: 'item twice',
    message: /array items\[0,1] must be unique/,
    bad: [
      ...[
        'group_add: [a, a]',
        'security_opt: [a, a]',
        'extra_hosts: ["a:1.1.1.1", "a:1.1.1.1"]',
        'external_links: [a, a]',
      ],
      ...[
        'networks: [default, default]',
        `depends_on: [other, other]${other}`,
        'device_cgroup_rules: [a, a]',
        'volumes_from: ["container:a", "container:a"]',
      ],
    ],
  },
  {
    reason: 'env_file that cannot be read',
    message:
      /^env file \/\S*absent\.env not found|key cannot contain a space|unterminated quoted value|unsupported env_file format/,
    bad: [
      'env_file: absent.env',
      'env_file: [{path: absent.env}]',
      'env_file: spaced.env',
      'env_file: open.env',
      'env_file: [{path: good.env, format: raw}]',
    ],
    files: { 'spaced.env': 'A B=1\n', 'open.env': "A='x\n", 'good.env': 'A=1\n' },
  },
  {
    reason: 'bad declaration',
    message:
      /conflicting parameters "external"|^(secrets|configs)\.odd: |must be a (mapping|list|string)|failed to cast|Additional property/,
    top: [
      ...['volumes: {odd: {external: true, driver: x}}', 'volumes: {odd: {external: true, labels: [a=b]}}'],
      ...[
        'volumes: [a]',
        'volumes: {odd: x}',
        'networks: x',
        'networks: {odd: {internal: x}}',
        'networks: {odd: {driver_opts: [a]}}',
      ],
      ...[
        'secrets: {odd: {}}',
        'secrets: {odd: }',
        'secrets: {odd: {file: a, environment: b}}',
        'configs: {odd: {file: a, content: b}}',
      ],
      ...['volumes: {odd: {foo: a}}', 'volumes: {odd: {name: 5}}', 'version: 3', 'name: 5'],
    ],
  },
  {
    reason: 'healthcheck without a known start',
    message: /^healthcheck\.test must start either by/,
    bad: ['healthcheck: {test: [curl]}', 'healthcheck: {test: [cmd, x]}'],
  },
  {
    reason: 'two Dockerfiles',
    message: /declares mutualy exclusive dockerfile and dockerfile_inline/,
    bad: ['build: {context: ., dockerfile: a, dockerfile_inline: b}'],
  },
];

/** Writes it into a file of the project, and what else it needs into the project's folder. */
export function spoil(w: Writer, { bad, services, top, files = {} }: Spoiling, path: string): void {
  const withImage = ['bad:', 'image: alpine', w.one(...(bad ?? ['tty: true']))].join('\n    ');
  const isTop = top !== undefined && (services === undefined || w.chance(50));
  const lines = services === undefined || isTop ? withImage : w.one(...services);
  const text = w.files.get(path) ?? '';
  const spoiled = text.replace(/^services:\n/m, (line) => `${line}  ${lines}\n`);
  // A key may be there once.
  const possible = (top ?? []).filter((line) => !text.includes(`\n${line.slice(0, line.indexOf(':') + 1)}`));
  w.files.set(path, isTop ? `${w.one(...possible)}\n${spoiled}` : spoiled);
  for (const [name, content] of Object.entries(files)) w.file(name, content);
}

/** Each way to spoil a project, in a project that holds nothing else. */
export function everyRefusal(): readonly Project[] {
  return refusals.flatMap(({ reason, message, bad = [], services = [], top = [], files = {} }) => {
    const good = service('tty: true');
    const texts = [...bad.map(service), ...services.map(inServices), ...top.map((line) => `${line}\n${good}`)];
    return texts.map((text, index) => ({
      name: `${reason}, ${index + 1}`,
      features: [reason],
      files: { 'compose.yaml': text, ...files },
      refused: { reason, message },
      unset: [],
    }));
  });

  function service(lines: string): string {
    return inServices(['bad:', 'image: alpine', lines].join('\n    '));
  }
  function inServices(lines: string): string {
    return `services:\n  ${lines}\n`;
  }
}
