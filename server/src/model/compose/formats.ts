// The texts that Compose reads more into than the schema says: sizes, durations, numbers in quotes, short forms.
// As Compose 2.26 refuses them, but for what later versions take.
import { type PortFault, portFault } from './short-port.js';
import { type VolumeFault, volumeFault } from './short-volume.js';

/** `microseconds`: the specification has durations there, too. `mode`: the permissions of a file. `count`: a number of devices, or all of them. `host`: a name with its address. */
type ScalarFormat = 'size' | 'duration' | 'integer' | 'microseconds' | 'number' | 'mode' | 'count';
export type Format = ScalarFormat | 'port' | 'volume' | 'host';

export type FormatFault =
  | { readonly kind: 'empty' }
  /** All of the text is wrong. */
  | { readonly kind: ScalarFormat | 'host' }
  /** `words`: the part that is wrong. */
  | {
      readonly kind: 'port';
      readonly fault: PortFault['kind'];
      readonly words: string;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'volume'; readonly fault: VolumeFault['kind']; readonly start: number; readonly end: number };

/** By the key, and the one around it: `service` is a service, `*` any key. */
const formats: ReadonlyMap<string, Format> = new Map([
  ...keys('integer', 'service', 'cpu_count cpu_shares oom_score_adj pids_limit scale'),
  ...keys('microseconds', 'service', 'cpu_period cpu_quota cpu_rt_period cpu_rt_runtime'),
  ...keys('number', 'service', 'cpu_percent cpus'),
  ...keys('size', 'service', 'mem_limit mem_reservation mem_swappiness memswap_limit shm_size'),
  ...keys('duration', 'service', 'stop_grace_period'),
  ...keys('port', 'service', 'ports'),
  ...keys('volume', 'service', 'volumes'),
  ...keys('host', 'service', 'extra_hosts'),
  ...keys('host', 'build', 'extra_hosts'),
  ...keys('size', 'build', 'shm_size'),
  ...keys('integer', 'blkio_config', 'weight'),
  ...keys('integer', 'weight_device', 'weight'),
  ...['device_read_bps', 'device_read_iops', 'device_write_bps', 'device_write_iops'].flatMap((owner) =>
    keys('size', owner, 'rate'),
  ),
  ...keys('integer', 'ulimits', '*'),
  ...keys('integer', 'ulimits.*', 'soft hard'),
  ...keys('integer', 'ports', 'target'),
  ...keys('mode', 'secrets', 'mode'),
  ...keys('mode', 'configs', 'mode'),
  ...keys('mode', 'tmpfs', 'mode'),
  ...keys('size', 'tmpfs', 'size'),
  ...keys('integer', 'healthcheck', 'retries'),
  ...keys('duration', 'healthcheck', 'interval timeout start_period start_interval'),
  ...keys('integer', 'deploy', 'replicas'),
  ...['update_config', 'rollback_config'].flatMap((owner) => [
    ...keys('integer', owner, 'parallelism'),
    ...keys('number', owner, 'max_failure_ratio'),
    ...keys('duration', owner, 'delay monitor'),
  ]),
  ...keys('integer', 'restart_policy', 'max_attempts'),
  ...keys('duration', 'restart_policy', 'delay window'),
  ...keys('integer', 'placement', 'max_replicas_per_node'),
  ...keys('number', 'limits', 'cpus'),
  ...keys('size', 'limits', 'memory'),
  ...keys('integer', 'limits', 'pids'),
  ...keys('number', 'reservations', 'cpus'),
  ...keys('size', 'reservations', 'memory'),
  ...keys('count', 'devices', 'count'),
  ...keys('count', 'gpus', 'count'),
  ...keys('integer', 'discrete_resource_spec', 'value'),
]);

function keys(format: Format, owner: string, names: string): readonly (readonly [string, Format])[] {
  return names.split(' ').map((name) => [`${owner} ${name}`, format]);
}

/** What the texts behind a key have to be; of a list, its items. */
export function formatOf(owner: string, name: string): Format | undefined {
  return formats.get(`${owner} ${name}`) ?? (owner === 'ulimits' ? formats.get('ulimits *') : undefined);
}

/** What is wrong with a text; the first thing of several. */
export function formatFault(format: Format, text: string): FormatFault | undefined {
  // No text is looked at for long.
  if (text.length > 4096) return undefined;
  switch (format) {
    case 'port': {
      const fault = portFault(text);
      if (fault === undefined) return undefined;
      const { kind, start, end } = fault;
      return { kind: 'port', fault: kind, words: text.slice(start, end), start, end };
    }
    case 'volume': {
      const fault = volumeFault(text);
      if (fault === undefined) return undefined;
      const { kind, start, end } = fault;
      return { kind: 'volume', fault: kind, start, end };
    }
    case 'host':
      return /[:=]/.test(text) ? undefined : { kind: 'host' };
    default:
      if (text === '') return { kind: 'empty' };
      return isOf[format](text) ? undefined : { kind: format };
  }
}

/** A port that is written as a number. */
export function portNumberFault(number: number, text: string): FormatFault | undefined {
  if (number >= 1 && number <= 65_535) return undefined;
  return { kind: 'port', fault: 'container-port', words: text, start: 0, end: text.length };
}

const isOf: { readonly [format in ScalarFormat]: (text: string) => boolean } = {
  // docker/go-units, `RAMInBytes`, of all versions. Minus one is no limit.
  size: (text) => /^\+?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)? ?[kmgtp]?i?b?$/i.test(text) || text === '-1',
  // Days and weeks came later.
  duration: (text) => text === '0' || /^[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|[smhdw]))+$/.test(text),
  integer: (text) => /^[-+]?\d+$/.test(text),
  microseconds: (text) => /^[-+]?\d+(?:us|ms|s)?$/.test(text),
  // Go's `ParseFloat`.
  number: (text) =>
    /^[-+]?(?:\d+(?:_\d+)*(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ||
    /^[-+]?(?:inf(?:inity)?|nan|0x[\da-f.]*p[-+]?\d+)$/i.test(text),
  mode: (text) => /^(?:0o)?\d+$/.test(text),
  count: (text) => /^(?:all|[-+]?\d+)$/i.test(text),
};
