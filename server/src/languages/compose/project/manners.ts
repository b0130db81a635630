// How the values of a key are merged (compose-go, override/merge.go and override/uncity.go).

/**
 * `assignments`: a map or a list of `KEY=value`, of one key the last. `texts`: one text or a list, each text once.
 * `set`: a list, each text once. `names`: a list of names or a map. `append`: a list as it is, or a map.
 */
export type MergeManner =
  | 'append'
  | 'replace'
  | 'assignments'
  /** Like `assignments`, but one name may have several values. */
  | 'hosts'
  | 'texts'
  /** Like `texts`, each a path. */
  | 'files'
  | 'set'
  /** A list of maps, of which those with one subnet are one. */
  | 'subnets'
  /** Lists of which each item has a place in the container, and of one place the last. */
  | 'secrets'
  | 'configs'
  | 'devices'
  | 'names'
  /** Like `names`; a list says that the usual condition is enough. */
  | 'conditions'
  | 'build'
  | 'logging';

/** Of the keys of a service; `*` stands for any one. */
const ofService: { readonly [key: string]: MergeManner } = {
  annotations: 'assignments',
  build: 'build',
  'build.additional_contexts': 'assignments',
  'build.args': 'assignments',
  'build.labels': 'assignments',
  cap_add: 'set',
  cap_drop: 'set',
  command: 'replace',
  configs: 'configs',
  depends_on: 'conditions',
  'deploy.labels': 'assignments',
  devices: 'devices',
  dns: 'texts',
  dns_opt: 'texts',
  dns_search: 'texts',
  entrypoint: 'replace',
  env_file: 'files',
  environment: 'assignments',
  expose: 'set',
  links: 'set',
  extra_hosts: 'hosts',
  'healthcheck.test': 'replace',
  label_file: 'files',
  labels: 'assignments',
  logging: 'logging',
  models: 'names',
  networks: 'names',
  'networks.*.aliases': 'set',
  'networks.*.link_local_ips': 'set',
  profiles: 'set',
  secrets: 'secrets',
  sysctls: 'assignments',
  tmpfs: 'texts',
  'ulimits.*': 'replace',
};

/** `path` leads from the root of the project: `['services', 'web', 'ports']`. */
export function mannerAt(path: readonly string[]): MergeManner {
  const [section, , ...keys] = path;
  if (section === 'networks' && keys.join('.') === 'ipam.config') return 'subnets';
  if (section !== 'services') return keys.join('.') === 'labels' ? 'assignments' : 'append';
  if (keys.length === 0) return 'append';
  const [first, , ...rest] = keys;
  return (
    ofService[keys.join('.')] ?? (keys.length > 1 ? ofService[[first, '*', ...rest].join('.')] : undefined) ?? 'append'
  );
}
