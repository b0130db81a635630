// Keys of Compose that take no empty text: booleans, numbers, sizes and durations.

/** As Docker Compose 2.26 refuses them. `*` stands for a name that the user chooses, `[]` for an item. */
const keys: ReadonlySet<string> = new Set([
  'configs.*.external',
  'networks.*.attachable',
  'networks.*.enable_ipv6',
  'networks.*.external',
  'networks.*.internal',
  'secrets.*.external',
  'services.*.attach',
  'services.*.build.no_cache',
  'services.*.build.privileged',
  'services.*.build.pull',
  'services.*.configs.[].mode',
  'services.*.cpu_count',
  'services.*.cpu_percent',
  'services.*.cpu_period',
  'services.*.cpu_quota',
  'services.*.cpu_rt_period',
  'services.*.cpu_rt_runtime',
  'services.*.cpu_shares',
  'services.*.cpus',
  'services.*.depends_on.*.required',
  'services.*.depends_on.*.restart',
  'services.*.deploy.replicas',
  'services.*.deploy.resources.limits.cpus',
  'services.*.deploy.resources.limits.memory',
  'services.*.deploy.resources.limits.pids',
  'services.*.deploy.restart_policy.max_attempts',
  'services.*.env_file.[].required',
  'services.*.healthcheck.disable',
  'services.*.healthcheck.interval',
  'services.*.healthcheck.retries',
  'services.*.init',
  'services.*.mem_limit',
  'services.*.mem_reservation',
  'services.*.mem_swappiness',
  'services.*.memswap_limit',
  'services.*.oom_kill_disable',
  'services.*.oom_score_adj',
  'services.*.pids_limit',
  'services.*.ports.[].target',
  'services.*.post_start.[].privileged',
  'services.*.privileged',
  'services.*.read_only',
  'services.*.scale',
  'services.*.secrets.[].mode',
  'services.*.shm_size',
  'services.*.stdin_open',
  'services.*.stop_grace_period',
  'services.*.tty',
  'services.*.ulimits.*',
  'services.*.ulimits.*.hard',
  'services.*.ulimits.*.soft',
  'services.*.volumes.[].bind.create_host_path',
  'services.*.volumes.[].read_only',
  'services.*.volumes.[].volume.nocopy',
  'volumes.*.external',
]);

/** Keys of a service whose own keys are names. */
const holdNames: ReadonlySet<string> = new Set(['depends_on', 'ulimits']);

/** Whether Compose refuses an empty text at the end of a path of keys, an item of a list being `[]`. */
export function mayNotBeEmpty(path: readonly string[]): boolean {
  const isName = (index: number) => index === 1 || (index === 3 && holdNames.has(path[2] ?? ''));
  return keys.has(path.map((key, index) => (isName(index) ? '*' : key)).join('.'));
}
