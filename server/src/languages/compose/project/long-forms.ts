// The long form that a key of the project has, so that each value is shown in one way (compose-go, transform/).

/**
 * `arguments`: a text is split like a shell would. `test`: a text is for a shell. `mapping`: a list of `KEY=value` is a
 * map. `conditions`: a list of services to wait for. `names`: a list of names is a map without values. `texts`: one text
 * is a list.
 */
export type LongForm =
  | 'arguments'
  | 'boolean'
  | 'build'
  | 'conditions'
  | 'configs'
  | 'contexts'
  | 'devices'
  | 'env-files'
  | 'hosts'
  | 'mapping'
  | 'names'
  | 'number'
  | 'path'
  | 'ports'
  | 'secrets'
  | 'ssh'
  | 'test'
  | 'text'
  | 'texts'
  | 'ulimit'
  | 'volumes';

/** Of the keys of a service; `*` stands for any one. */
const ofService: { readonly [key: string]: LongForm } = {
  annotations: 'mapping',
  attach: 'boolean',
  build: 'build',
  'build.additional_contexts': 'contexts',
  'build.args': 'mapping',
  'build.context': 'path',
  'build.cache_from': 'texts',
  'build.cache_to': 'texts',
  'build.extra_hosts': 'hosts',
  'build.labels': 'mapping',
  'build.no_cache': 'boolean',
  'build.privileged': 'boolean',
  'build.pull': 'boolean',
  'build.secrets': 'secrets',
  'build.ssh': 'ssh',
  'build.ulimits.*': 'ulimit',
  command: 'arguments',
  configs: 'configs',
  cpu_count: 'number',
  cpu_percent: 'number',
  cpu_period: 'number',
  cpu_quota: 'number',
  cpu_rt_period: 'number',
  cpu_rt_runtime: 'number',
  cpu_shares: 'number',
  cpus: 'number',
  depends_on: 'conditions',
  'deploy.labels': 'mapping',
  'deploy.rollback_config.max_failure_ratio': 'number',
  'deploy.update_config.max_failure_ratio': 'number',
  'deploy.placement.max_replicas_per_node': 'number',
  'deploy.replicas': 'number',
  'deploy.resources.limits.pids': 'number',
  'deploy.restart_policy.max_attempts': 'number',
  'deploy.rollback_config.parallelism': 'number',
  'deploy.update_config.parallelism': 'number',
  devices: 'devices',
  dns: 'texts',
  dns_opt: 'texts',
  dns_search: 'texts',
  entrypoint: 'arguments',
  env_file: 'env-files',
  environment: 'mapping',
  expose: 'texts',
  extra_hosts: 'hosts',
  group_add: 'texts',
  'healthcheck.disable': 'boolean',
  'healthcheck.retries': 'number',
  'healthcheck.test': 'test',
  init: 'boolean',
  label_file: 'texts',
  labels: 'mapping',
  links: 'texts',
  'logging.options': 'mapping',
  mem_swappiness: 'number',
  models: 'names',
  networks: 'names',
  'networks.*.priority': 'number',
  oom_kill_disable: 'boolean',
  oom_score_adj: 'number',
  pids_limit: 'number',
  ports: 'ports',
  privileged: 'boolean',
  read_only: 'boolean',
  restart: 'text',
  scale: 'number',
  secrets: 'secrets',
  stdin_open: 'boolean',
  sysctls: 'mapping',
  tmpfs: 'texts',
  tty: 'boolean',
  'ulimits.*': 'ulimit',
  use_api_socket: 'boolean',
  volumes: 'volumes',
};

/** Of the keys of networks, volumes, secrets and configs. */
const ofResource: { readonly [key: string]: LongForm } = {
  attachable: 'boolean',
  driver_opts: 'mapping',
  enable_ipv4: 'boolean',
  enable_ipv6: 'boolean',
  external: 'boolean',
  file: 'path',
  internal: 'boolean',
  'ipam.options': 'mapping',
  labels: 'mapping',
};

/** `path` leads from the root of the project. Undefined: it has only one form. */
export function longFormAt(path: readonly string[]): LongForm | undefined {
  const [section, , ...keys] = path;
  if (keys.length === 0) return undefined;
  if (section !== 'services') return ofResource[keys.join('.')];
  return ofService[keys.join('.')] ?? ofService[[...keys.slice(0, -1), '*'].join('.')] ?? starred(keys);
}

/** `networks.front.priority` as `networks.*.priority`. */
function starred(keys: readonly string[]): LongForm | undefined {
  const [first, , ...rest] = keys;
  return rest.length === 0 ? undefined : ofService[[first, '*', ...rest].join('.')];
}
