// Host paths that a service sees: bind mounts in both forms, named volumes that bind, and the engine's socket.
import type { ServiceMount } from '../../model/compose/mount.js';
import type { HostMount } from '../../model/workload.js';
import { placeOf, slotOf, type YamlValue } from '../yaml/document.js';
import { hostPath } from './mounts.js';
import { type ComposeValues, castBoolean, field, isShort } from './values.js';

/** The host mounts among the mounts of a service. `root` has the top-level volumes. */
export function hostMountsOf(
  values: ComposeValues,
  root: YamlValue,
  service: YamlValue,
  mounts: readonly ServiceMount[],
): readonly HostMount[] {
  const found = mounts.map((mount) => hostMount(values, root, mount));
  const socket = field(service, 'use_api_socket');
  if (socket !== undefined && castBoolean(values.known(socket)?.value ?? '') === true) found.push(apiSocket(socket));
  return found.filter((mount) => mount !== undefined);
}

function hostMount(values: ComposeValues, root: YamlValue, mount: ServiceMount): HostMount | undefined {
  const { type, source, sourceText, readOnly, slot } = mount;
  if (type === 'volume' && source.kind === 'known') return namedVolume(values, root, source.value, readOnly);
  const mayBind = type === 'bind' || type === 'npipe' || (type === 'unknown' && mount.form === 'short');
  if (!mayBind || source.kind === 'absent') return undefined;
  return { written: 'volume', name: undefined, source, sourceText, readOnly, slot, removable: true };
}

function namedVolume(
  values: ComposeValues,
  root: YamlValue,
  name: string,
  readOnly: HostMount['readOnly'],
): HostMount | undefined {
  const options = field(root, 'volumes', name, 'driver_opts');
  if (options === undefined) return undefined;
  const flags = field(options, 'o');
  const words = flags === undefined ? [] : (values.known(flags)?.value.split(',') ?? []);
  const isBind = words.some((word) => word === 'bind' || word === 'rbind');
  const device = isBind ? field(options, 'device') : field(options, 'mountpoint');
  const text = device === undefined ? undefined : values.withHoles(device);
  if (device === undefined || text === undefined || !isShort(text)) return undefined;
  return {
    ...hostPath(device, text),
    readOnly: words.includes('ro') ? true : readOnly,
    slot: slotOf(options),
    written: 'driver_opts',
    name,
    removable: false,
  };
}

function apiSocket(value: YamlValue): HostMount {
  const source = '/var/run/docker.sock';
  return {
    written: 'use_api_socket',
    name: undefined,
    source: { kind: 'known', value: source, at: placeOf(value), via: value.via, slot: slotOf(value) },
    sourceText: undefined,
    readOnly: false,
    slot: slotOf(value),
    removable: true,
  };
}
