// Every key of a service in every form, as the generator writes them. Values are few, so that layers meet.
import type { Writer } from './writer.js';
import type { Written, WrittenMap } from './yaml-text.js';

type Key = (writer: Writer) => Written;

/** YAML has many ways to write a value, and Compose reads them its own way. */
const scalars = [
  ...['1', '1.5', '1.50', '.5', '1e3', '010', '0x50', '0o17', '1_000', '-7', '"010"', '12345678901', '1234567.5'],
  ...['true', 'True', 'yes', 'on', 'no', 'off', 'y', '"true"', "'no'"],
  ...['text', '"two words"', '12:30:45', '2024-01-02', '~', 'null', '', '""', "''", 'NULL', '22:22', '"a: b"', 'a#b'],
  ...['$$HOME', 'a$$', 'a$', '"$5"', '"100%"', '"a=b"', '"é"', '"tab\\tend"', "'it''s'"],
] as const;

const truths = [
  'true',
  'false',
  'yes',
  'no',
  'on',
  'off',
  'True',
  'TRUE',
  'False',
  '"true"',
  "'yes'",
  '"no"',
  'y',
  'n',
] as const;
const truth: Key = (w) => w.value(w.one(...truths));
const sizes = ['64m', '1g', '1048576', '"1.5g"', '512M', '64mb', '10kb', '"100b"', '2gb', '1GB'] as const;
const size: Key = (w) => w.value(w.one(...sizes));
const whole: Key = (w) => w.value(w.one('10', '0x50', '010', '0o17', '1_000', '100', '3'));
const duration: Key = (w) => w.value(w.one('90s', '1m30s', '1h', '500ms', '1h5m30s20ms', '"10s"'));

/** A list of texts or one. */
const textOrList =
  (...choices: readonly string[]): Key =>
  (w) =>
    w.chance(40) ? w.one(...choices) : w.some(1, 2, ...choices);

/** `KEY=value` lists and maps. */
const pairs =
  (names: readonly string[], { alone = false, value = (w: Writer): string => w.one(...scalars) } = {}): Key =>
  (w) => {
    const picked = w.some(1, 3, ...names);
    if (w.chance(60)) {
      return Object.fromEntries(
        picked.map((name) => {
          const scalar = value(w);
          return [name, w.maybeUnset(/^[\w.]+$/.test(scalar) && w.chance(30) ? w.value(scalar) : scalar)];
        }),
      );
    }
    return picked.map((name) => {
      if (alone && w.chance(20)) return name;
      return `${name}=${w.one('', '1', 'x', 'true', 'a=b', 'two words', '"q"', w.words('w'), w.maybeUnset('u'))}`;
    });
  };

const ports: Key = (w) =>
  w.some(
    1,
    3,
    w.one('80', '"81"', '82/udp', '"8000-8002"', '8000-8001/tcp'),
    w.one(`"${w.words('8080')}:80"`, '"8080:80/udp"', '"8080:80/TCP"', '8443:443', '"22:22"', '"9000:90/sctp"'),
    w.one('"9000-9002:9000-9002"', '"7000-7001:70-71/udp"', '"6000-6005:60"'),
    w.one('"127.0.0.1:8080:80"', '"127.0.0.1::81"', '"127.0.0.1:5000-5001:50-51"', '"0.0.0.0:8443:443"', '":8085:85"'),
    w.one('"[::1]:8080:80"', '"[::]:8081:81"', '"[fe80::1]:9000-9001:90-91/udp"'),
    w.one<Written>(
      { target: w.value('80'), published: w.value('"8080"') },
      { target: '80', published: '8080', protocol: w.one('tcp', 'udp'), mode: w.one('host', 'ingress') },
      { target: '"80"', published: '"8080-8085"', host_ip: w.words('127.0.0.1') },
      { target: '0x50', host_ip: '"::1"', name: 'http', app_protocol: 'http' },
      { target: '443' },
    ),
  );

const volumes: Key = (w) =>
  w.some(
    1,
    3,
    w.one('/anonymous', '/data/'),
    w.one(
      `${w.use('volumes', 'data')}:/data`,
      `${w.use('volumes', 'data')}:/data:${w.one('ro', 'rw', 'nocopy', 'ro,nocopy', 'z', 'strange')}`,
      `${w.use('volumes', 'more')}:/srv/`,
    ),
    w.one(
      `${w.words('./src')}:/srv`,
      './src:/srv:ro',
      `../beside:/beside:${w.one('ro', 'rw', 'z', 'Z', 'ro,z', 'rshared', 'slave,ro', 'rprivate')}`,
      `${w.words('/etc')}:/etc:ro`,
      '"~/keys:/keys:ro"',
      '.:/app',
      '/var/run/docker.sock:/var/run/docker.sock',
    ),
    w.one<Written>(
      { type: 'bind', source: w.words('./src'), target: '/srv', read_only: w.value(w.one(...truths)) },
      { type: 'bind', source: '/etc', target: '/etc', bind: { propagation: 'rshared', selinux: 'z' } },
      { type: 'bind', source: '.', target: '/data', bind: { create_host_path: w.one('true', 'false') } },
      { type: 'volume', source: w.use('volumes', 'data'), target: '/data', volume: { nocopy: 'true', subpath: 'sub' } },
      { type: 'volume', target: '/anonymous' },
      { type: 'tmpfs', target: '/tmp' },
      { type: 'tmpfs', target: '/data', tmpfs: { size: w.one('64m', '1000'), mode: w.one('0755', '0o700', '448') } },
      { type: 'bind', source: '/var/run/docker.sock', target: '/var/run/docker.sock', consistency: 'cached' },
    ),
  );

const references =
  (kind: 'secrets' | 'configs', folder: string): Key =>
  (w) =>
    w.some(
      1,
      2,
      w.use(kind, `${kind}-a`),
      w.one<Written>(
        { source: w.use(kind, `${kind}-b`) },
        {
          source: w.use(kind, `${kind}-b`),
          target: `${folder}b`,
          uid: '"1000"',
          gid: '"1000"',
          mode: w.one('0440', '0o400', '288'),
        },
        { source: w.use(kind, `${kind}-a`), target: `${folder}${kind}-a` },
      ),
    );

const networks: Key = (w) => {
  const names = w.some(1, 2, 'front', 'back').map((name) => w.use('networks', name));
  if (w.chance(15)) return [...names, 'default'];
  if (w.chance(40)) return names;
  return Object.fromEntries(
    names.map((name): [string, Written] => [
      name,
      w.one<Written>(
        'null',
        '',
        {},
        { aliases: w.some(1, 2, 'one', 'two') },
        { ipv4_address: '10.1.0.5', aliases: ['three'] },
        { ipv6_address: '"2001:db8::5"', priority: '100', link_local_ips: ['169.254.8.8'] },
        { mac_address: '"02:42:ac:11:00:03"' },
      ),
    ]),
  );
};

const dependsOn: Key = (w) => {
  const names = w.some(1, 2, ...w.targets);
  if (w.chance(50)) return names;
  return Object.fromEntries(
    names.map((name): [string, Written] => [
      name,
      w.one<Written>(
        { condition: 'service_started' },
        { condition: 'service_healthy', restart: w.one('true', 'false') },
        { condition: 'service_completed_successfully', required: w.one('true', 'false') },
      ),
    ]),
  );
};

const build: Key = (w) =>
  w.one<() => Written>(
    () => w.one('.', './app', '../sibling', w.words('./app'), 'https://github.com/docker/getting-started.git#main'),
    () => ({
      context: w.words('./app'),
      dockerfile: w.one('Dockerfile', 'docker/Dockerfile.dev'),
      target: w.value('prod'),
    }),
    () => ({ context: './app', args: pairs(['A', 'B', 'C'], { alone: true })(w), labels: pairs(['l.a', 'l.b'])(w) }),
    () => ({ context: '.', network: 'host', privileged: truth(w), no_cache: 'true', pull: 'true', shm_size: size(w) }),
    () => ({
      context: '.',
      extra_hosts: ['"host.one:10.0.0.1"'],
      cache_from: ['a:b'],
      cache_to: ['type=inline'],
      tags: ['a:1'],
    }),
    () => ({
      context: '.',
      additional_contexts: w.one<Written>({ base: './base' }, ['base=./base', 'img=docker-image://a']),
    }),
    () => ({ context: '.', secrets: [w.use('secrets', 'secrets-a')], platforms: ['linux/amd64'] }),
    () => ({ args: ['A=1'], ulimits: { nofile: '1024' }, isolation: 'default', entitlements: ['network.host'] }),
  )();

const healthcheck: Key = (w) =>
  w.one<() => Written>(
    () => ({
      test: w.one<Written>(
        'curl -f http://localhost',
        ['CMD', '"true"'],
        ['CMD-SHELL', '"true || false"'],
        ['NONE'],
        'NONE',
      ),
    }),
    () => ({ test: ['CMD', 'curl', w.words('localhost')], interval: duration(w), retries: whole(w) }),
    () => ({ interval: duration(w), timeout: duration(w), start_period: duration(w), start_interval: duration(w) }),
    () => ({ disable: truth(w) }),
  )();

const words: Key = (w) =>
  w.one<() => Written>(
    () => w.one('echo hello', '"sh -c \'echo $$HOME && true\'"', '\'a "b c" d\'', 'null', '', '""', 'a\\ b c'),
    () => `run --port ${w.words('80')}`,
    () => w.one<Written>([], ['sh', '-c', '"echo $$HOME"'], ['a', '"b c"', w.words('d')]),
  )();

const logging: Key = (w) =>
  w.one<Written>(
    { driver: 'json-file', options: { 'max-size': w.one('10m', '"10m"'), 'max-file': w.one('3', '"3"') } },
    { driver: w.words('syslog'), options: { tag: 'x' } },
    { options: { 'max-size': '1m', compress: '"true"' } },
    { driver: 'none' },
  );

const ulimits: Key = (w) => {
  const one = () =>
    w.one<Written>('1024', w.value('65535'), { soft: '1024', hard: w.value('2048') }, { soft: '1', hard: '2' });
  return Object.fromEntries(w.some(1, 2, 'nofile', 'nproc', 'core').map((name): [string, Written] => [name, one()]));
};

const envFile: Key = (w) => {
  w.file('web.env', 'A=from-file\n# note\nFILE_ONLY="quoted text"\n');
  w.file('more.env', "export B='single $NOT'\nA=more\nEMPTY=\n");
  return w.one<Written>(
    'web.env',
    ['web.env', 'more.env'],
    ['more.env', './web.env'],
    [{ path: w.words('web.env') }, { path: 'absent.env', required: 'false' }],
    [{ path: './more.env', required: 'true' }, 'web.env'],
  );
};

const restartPolicy: Written = { condition: 'on-failure', delay: '5s', max_attempts: '3', window: '1m' };

/** What `deploy` may hold without a word about limits or replicas, which other keys have to agree with. */
const deploy: Key = (w) =>
  w.one<() => Written>(
    () => ({ mode: w.one('replicated', 'global'), endpoint_mode: w.one('vip', 'dnsrr') }),
    () => ({ labels: pairs(['d.a', 'd.b'])(w) }),
    () => ({ restart_policy: w.chance(50) ? restartPolicy : { condition: w.one('none', 'any') } }),
    () => ({
      update_config: { parallelism: '2', delay: duration(w), order: 'start-first', failure_action: 'rollback' },
    }),
    () => ({ rollback_config: { parallelism: '0', monitor: '5s', max_failure_ratio: '0.5' } }),
    () => ({
      placement: { constraints: w.some(1, 2, 'node.role==manager', 'node.labels.a==b'), max_replicas_per_node: '1' },
    }),
    () => ({ placement: { preferences: [{ spread: 'node.labels.zone' }] } }),
    () => ({ resources: { reservations: { cpus: w.one("'0.25'", '0.5'), memory: w.one('20M', '64m') } } }),
    () => ({
      resources: { reservations: { devices: [{ driver: 'nvidia', count: w.one('1', 'all'), capabilities: ['gpu'] }] } },
    }),
  )();

const limits: Key = (w) => ({
  resources: {
    limits: w.one<Written>(
      { cpus: w.one("'0.5'", '0.5', '2'), memory: w.value(w.one('50M', '1g')) },
      { pids: w.one('100', '0x50') },
      { memory: '"1.5g"', pids: '-1' },
    ),
    ...(w.chance(30) ? { reservations: { memory: '20M' } } : {}),
  },
});

const blkio: Key = (w) =>
  w.one<Written>(
    { weight: '300' },
    { weight_device: [{ path: '/dev/sda', weight: '400' }], weight: '0x50' },
    {
      device_read_bps: [{ path: '/dev/sdb', rate: w.one('12mb', '1024') }],
      device_write_iops: [{ path: '/dev/sdb', rate: '30' }],
    },
  );

/** Keys that say the same, or that Compose does not take beside each other: a project uses one of each row. */
export const rivals: readonly (readonly string[])[] = [
  ['mem_limit', 'limits', 'deploy'],
  ['pids_limit', 'limits', 'deploy'],
  ['cpus', 'limits', 'deploy'],
  ['mem_reservation', 'limits', 'deploy'],
  ['networks', 'network_mode'],
  ['build', 'inline'],
  ['container_name', 'scale', 'replicas'],
  ['replicas', 'limits', 'deploy'],
];

/** By name, what a key can be. A name may be one of several for a key: see {@link writeKey}. */
export const keys: { readonly [name: string]: Key } = {
  annotations: pairs(['a.one', 'a.two']),
  attach: truth,
  blkio_config: blkio,
  build,
  cap_add: (w) => w.some(0, 2, 'NET_ADMIN', 'CAP_NET_ADMIN', 'SYS_TIME', 'net_raw'),
  cap_drop: (w) => w.some(0, 2, 'ALL', 'all', 'MKNOD', w.words('CHOWN')),
  cgroup: (w) => w.one('host', 'private'),
  cgroup_parent: () => 'm-executor',
  command: words,
  configs: references('configs', '/'),
  container_name: (w) => w.value('my-container'),
  cpu_count: () => '2',
  cpu_percent: () => '50',
  cpu_period: () => '10000',
  cpu_quota: (w) => w.value('50000'),
  cpu_rt_period: () => '950000',
  cpu_rt_runtime: () => '95000',
  cpu_shares: whole,
  cpus: (w) => w.value(w.one('0.5', '"0.5"', '1', '1.50', '.25')),
  cpuset: (w) => w.one('"0"', '0-3', '"0,1"'),
  credential_spec: (w) => w.one<Written>({ file: 'cred.json' }, { registry: 'key' }),
  depends_on: dependsOn,
  deploy,
  device_cgroup_rules: (w) => [`"${w.fresh('c 1:')} mr"`],
  devices: (w) =>
    w.some(
      1,
      2,
      w.one('/dev/fuse', '/dev/ttyUSB0:/dev/ttyUSB0'),
      w.one('/dev/sda:/dev/xvda:r', '/dev/sdb:/dev/xvda:rwm'),
      w.words('/dev/kvm'),
    ),
  dns: textOrList('8.8.8.8', '1.1.1.1', '"2001:db8::1"'),
  dns_opt: (w) => w.some(1, 2, 'use-vc', 'no-tld-query'),
  dns_search: textOrList('example.com', 'dev.example.com'),
  domainname: () => 'example.com',
  entrypoint: words,
  env_file: envFile,
  environment: pairs(['A', 'B', 'C', 'D', 'LONG_NAME'], { alone: true }),
  expose: (w) => w.some(1, 2, '3000', '"3000"', '"4000-4001"', '5000/udp'),
  external_links: (w) => [w.fresh('redis'), `${w.fresh('database')}:mysql`],
  extra_hosts: (w) =>
    w.one<Written>(
      w.some(
        1,
        2,
        '"somehost:162.242.195.82"',
        '"host.docker.internal:host-gateway"',
        'other=10.0.0.2',
        '"v6=[::1]"',
        '"v6b:::1"',
      ),
      { somehost: '162.242.195.82', other: w.one('10.0.0.1', '"::1"') },
    ),
  group_add: (w) => w.one<Written>([w.fresh('group'), w.fresh('100')], [`"${w.fresh('7')}"`]),
  healthcheck,
  hostname: (w) => w.value('host'),
  init: truth,
  inline: (w) => ({ context: w.one('.', './app'), dockerfile_inline: w.one('"FROM scratch"', w.words('FROM alpine')) }),
  ipc: (w) => w.one('host', 'private', 'shareable'),
  isolation: () => 'default',
  labels: pairs(['com.example.a', 'com.example.b', 'traefik.enable']),
  limits,
  links: (w) => w.some(1, 1, ...w.targets.flatMap((name) => [name, `${name}:alias`])),
  logging,
  mac_address: () => '"02:42:ac:11:00:02"',
  mem_limit: size,
  mem_reservation: size,
  mem_swappiness: (w) => w.one('0', '60', '"60"'),
  memswap_limit: (w) => w.one('-1', '1g', '"2g"', '0'),
  network_mode: (w) => w.one('host', 'none', 'bridge', ...w.targets.map((name) => `service:${name}`)),
  networks,
  oom_kill_disable: truth,
  oom_score_adj: (w) => w.one('-500', '100', '0x50'),
  pid: (w) => w.one('host', ...w.targets.map((name) => `service:${name}`)),
  pids_limit: (w) => w.one('100', '-1', '0', '0x50', w.value('50')),
  platform: (w) => w.value('linux/amd64'),
  ports,
  privileged: truth,
  profiles: (w) => w.some(0, 2, 'dev', 'debug', w.words('test')),
  pull_policy: (w) => w.one('always', 'never', 'missing', 'if_not_present', 'build'),
  read_only: truth,
  replicas: (w) => ({ replicas: w.value(w.one('1', '2', '3')) }),
  restart: (w) => w.one('no', '"no"', 'always', 'unless-stopped', 'on-failure', 'on-failure:3', w.words('always')),
  runtime: () => 'runc',
  scale: (w) => w.value(w.one('1', '2', '3')),
  secrets: references('secrets', ''),
  security_opt: (w) => w.one<Written>([w.fresh('label:user:u')], [w.fresh('label=level:s'), w.fresh('seccomp=./p')]),
  shm_size: size,
  stdin_open: truth,
  stop_grace_period: duration,
  stop_signal: (w) => w.value('SIGINT'),
  storage_opt: () => ({ size: '1G' }),
  sysctls: pairs(['net.core.somaxconn', 'net.ipv4.ip_forward'], {
    value: (w) => w.one('1', '"1024"', '0', 'text', '010'),
  }),
  tmpfs: textOrList('/run', '/tmp:size=64m,mode=1777', '/run:noexec'),
  tty: truth,
  ulimits,
  user: (w) => w.value(w.one('"1000"', '"1000:1000"', 'root', 'node', '1000:1000', '"0"')),
  userns_mode: () => 'host',
  uts: () => 'host',
  volumes,
  volumes_from: (w) => [w.one(`container:${w.fresh('other')}`, `container:${w.fresh('other')}:ro`)],
  working_dir: (w) => w.maybeUnset(w.value('/app')),
  'x-own': (w) => w.one<Written>('text', { deep: ['1', 'true'] }, '010'),
};

/** The keys that need another service to speak of. */
export const needTarget: ReadonlySet<string> = new Set(['depends_on', 'links']);

/** What a project declares at its top level, by kind. */
export const declarations: Readonly<
  Record<'networks' | 'volumes' | 'secrets' | 'configs', (w: Writer, name: string) => Written>
> = {
  networks: (w) =>
    w.one<Written>(
      '',
      'null',
      {},
      { driver: 'bridge', internal: w.one(...truths) },
      { driver: w.value('overlay'), attachable: 'true', driver_opts: { 'com.example.mtu': w.one('1500', '"1500"') } },
      {
        ipam: {
          driver: 'default',
          config: [{ subnet: '10.1.0.0/16', gateway: '10.1.0.1' }, { subnet: '"2001:db8::/64"' }],
        },
      },
      { name: w.value('shared'), external: 'true' },
      { external: 'true' },
      { enable_ipv6: truth(w), labels: pairs(['n.a', 'n.b'])(w) },
    ),
  volumes: (w) =>
    w.one<Written>(
      '',
      '~',
      {},
      { driver: 'local' },
      { driver_opts: { type: 'none', o: 'bind', device: w.words('/srv/data') } },
      { driver_opts: { type: 'nfs', o: '"addr=10.0.0.1,rw"', device: '":/export"' }, labels: pairs(['v.a', 'v.b'])(w) },
      { external: w.one('true', 'yes') },
      { name: w.words('real-name') },
      { external: 'true', name: 'outside' },
    ),
  secrets: (w) =>
    w.one<Written>(
      { file: w.words('./secret.txt') },
      { environment: 'SECRET' },
      { external: 'true' },
      { external: 'true', name: 'outside' },
      { file: '/run/s', name: 'named' },
    ),
  configs: (w) =>
    w.one<Written>(
      { file: './config.txt' },
      { content: w.one('"a=1"', '"user $$x"', '"${NO_SUCH:-made}"') },
      { environment: 'CONFIG' },
      { external: 'true' },
      { file: '../config.txt', labels: { a: 'b' } },
    ),
};

/** The key that a name of {@link keys} stands for, where it is another. */
const realKeys = new Map([
  ['limits', 'deploy'],
  ['replicas', 'deploy'],
  ['inline', 'build'],
]);

export function writeKey(w: Writer, name: string): WrittenMap {
  w.feature(name);
  return { [realKeys.get(name) ?? name]: keys[name]?.(w) ?? '' };
}
