// A Compose service as a workload with one container.
import { capability } from '../../model/capability.js';
import type { BuiltImage } from '../../model/compose/built-image.js';
import type { ServiceMount } from '../../model/compose/mount.js';
import type { ComposeService, Dependency, LifecycleHook, ServiceNetwork } from '../../model/compose/service.js';
import type { ImageReference } from '../../model/image-reference.js';
import type { Hop, Located, Slot } from '../../model/located.js';
import { type ContainerUser, containerUser } from '../../model/user.js';
import type { Container, PublishedPort, SeccompProfile, Workload } from '../../model/workload.js';
import type { MappedText } from '../../text/mapped-text.js';
import { once } from '../../text/once.js';
import type { Place } from '../../text/span.js';
import { asOwner, entries, placeOf, slotOf, type YamlEntry, type YamlValue } from '../yaml/document.js';
import { locate, located } from '../yaml/locate.js';
import { hookKeys } from './commands.js';
import { readDevices } from './devices.js';
import { readEnvironment } from './environment.js';
import { composeFields } from './fields.js';
import { readHidden } from './hidden.js';
import { hostMountsOf } from './host-mounts.js';
import { serviceImage } from './images.js';
import { firstKeyAt, readMounts } from './mounts.js';
import { boundBy, isCutOff, networkBinding, readPorts } from './ports.js';
import { readRefusedAddresses } from './refused-addresses.js';
import { readPrivilegeEscalation, readSeccompProfile, readSecurityOptions } from './security-options.js';
import type { Parts } from './service-parts.js';
import { absent, type ComposeValues, castBoolean, field, hasContainer, isReset, listItems } from './values.js';

export interface Service extends ComposeService {
  readonly value: YamlValue;
  readonly part: object;
  /** That of its container. */
  readonly image: () => Located<ImageReference>;
}

interface Surroundings {
  readonly values: ComposeValues;
  /** The root of the project. */
  readonly root: YamlValue;
  /** False for one that is merged onto another one. */
  readonly isBase: boolean;
  /** The image that is built for a service. */
  readonly builtOf: (service: YamlValue) => BuiltImage | undefined;
  readonly partOf: Parts['ofService'];
  readonly sharers: ReadonlyMap<string, readonly Place[]>;
}

/** The services of a project. */
export function readServices(around: Omit<Surroundings, 'sharers'>): readonly Service[] {
  const { values, root } = around;
  const services = field(root, 'services');
  if (services === undefined) return [];
  const own = entries(services).filter(
    ({ key, value }) => !key.startsWith('x-') && value.node?.kind === 'map' && !isReset(value) && !value.duplicate,
  );
  const sharers = networkSharers(values, own);
  return own.map((entry) => readService({ ...around, sharers }, entry));
}

/** `network_mode: service:NAME`, by the name. */
function networkSharers(values: ComposeValues, services: readonly YamlEntry[]): ReadonlyMap<string, readonly Place[]> {
  const sharers = new Map<string, Place[]>();
  for (const { value } of services) {
    const mode = field(value, 'network_mode');
    const name = mode && /^service:(.+)$/.exec(values.known(mode)?.value ?? '')?.[1];
    if (mode === undefined || name === undefined) continue;
    const places = sharers.get(name);
    if (places === undefined) sharers.set(name, [placeOf(mode)]);
    else places.push(placeOf(mode));
  }
  return sharers;
}

function readService(around: Surroundings, entry: YamlEntry): Service {
  const { values, root } = around;
  const service = asOwner(entry.value);
  const nameAt = entry.keyAt;
  const sharers = around.sharers.get(entry.key) ?? [];
  const networks = once(() => networksOf(values, root, service));
  const mounts = once(() => readMounts(values, service));
  const image = once(() => serviceImage(values, service, nameAt));
  const complete = once(() => isComplete(around, service));
  // At each keystroke there are new ones, and rules look at little of them: most of it is never read.
  const run = once(() =>
    readRun({ values, root, service, name: entry.key, nameAt, complete: complete(), networks, mounts, image, sharers }),
  );
  const built = once(() => around.builtOf(service));
  const securityOptions = once(() => readSecurityOptions(values, service, nameAt));
  const devices = once(() => readDevices(values, service));
  const dependencies = once(() => readDependencies(values, service));
  const hooks = once(() => readHooks(values, service));
  return {
    value: service,
    part: around.partOf(entry.key, sharers.length),
    name: entry.key,
    nameAt,
    image,
    get complete() {
      return complete();
    },
    get workload() {
      return run().workload;
    },
    get container() {
      return run().container;
    },
    fields: composeFields(values, service, nameAt),
    get built() {
      return built();
    },
    get profiles() {
      return readProfiles(values, service);
    },
    get mounts() {
      return mounts();
    },
    get securityOptions() {
      return securityOptions();
    },
    get devices() {
      return devices();
    },
    get refusedAddresses() {
      return readRefusedAddresses(values, service);
    },
    get networks() {
      return networks().map(({ name, at, via, slot }): ServiceNetwork => {
        return { name, named: { kind: 'known', value: name, at, via, slot } };
      });
    },
    get dependencies() {
      return dependencies();
    },
    get hooks() {
      return hooks();
    },
    get hidden() {
      return readHidden(values, service);
    },
  };
}

/** False where something else completes it. */
function isComplete({ isBase }: Surroundings, service: YamlValue): boolean {
  const hasSource = field(service, 'image') !== undefined || field(service, 'build') !== undefined;
  return isBase && hasSource && field(service, 'extends') === undefined;
}

/** The workload that a service is, with its container. */
function readRun(read: ReadSoFar): Pick<Service, 'workload' | 'container'> {
  const { values, root, service, name, nameAt, complete, networks, mounts, image, sharers } = read;
  const hostNetwork = once(() => readHostNetwork(values, service, networks(), nameAt));
  const ownUserNamespace = once(() => readUserNamespace(values, service, nameAt));
  const platform = field(service, 'platform');
  const os = platform !== undefined && values.known(platform)?.value.startsWith('windows') ? 'windows' : 'linux';
  const listed = once(() => readPorts(values, service));
  const published: Frame['published'] = once(() =>
    hasOwnNetwork(values, service, hostNetwork()) ? boundPorts(frame, networks(), listed()) : [],
  );
  const frame = { values, root, service, name, nameAt, complete, os, image, ownUserNamespace, published } as const;
  const hostMounts = once(() => hostMountsOf(values, root, service, mounts()));
  const container = hasContainer(service) ? readContainer(frame) : undefined;
  const workload: Workload = {
    format: 'compose',
    kind: 'service',
    name,
    nameAt,
    complete,
    os,
    containers: container === undefined ? [] : [container],
    get hostNetwork() {
      return hostNetwork();
    },
    get hostPid() {
      return locate(service, ['pid'], nameAt, values.decode(isHost));
    },
    get hostIpc() {
      return locate(service, ['ipc'], nameAt, values.decode(isHost));
    },
    get ownUserNamespace() {
      return ownUserNamespace();
    },
    get defaultUser() {
      return absent<ContainerUser>(service, nameAt, 'user');
    },
    get defaultSeccompProfile() {
      return absent<SeccompProfile>(service, nameAt, 'security_opt');
    },
    get hostMounts() {
      return hostMounts();
    },
    get reachableWithoutHostNetwork() {
      return listed().length > 0 || networks().some((network) => !network.isHost);
    },
    networkSharers: sharers,
  };
  return { workload, container };
}

/** Reads all of a service at once. */
export function readWhole({ workload, container, image, ...rest }: Service): void {
  image();
  for (const part of [workload, container ?? {}, rest]) Object.values(part);
}

/** `depends_on`: a list of names, or a map with the conditions. */
function readDependencies(values: ComposeValues, service: YamlValue): readonly Dependency[] {
  const dependencies = field(service, 'depends_on');
  if (dependencies === undefined) return [];
  if (dependencies.node?.kind === 'sequence') {
    return listItems(dependencies).map((item) => {
      const at = placeOf(item);
      const slot = slotOf(item);
      const name = located(
        item,
        values.decode((text) => text.value),
      );
      return {
        service: name,
        condition: { kind: 'absent', at, slot },
        required: { kind: 'absent', at, slot },
      };
    });
  }
  return entries(dependencies).map(({ key, keyAt, value }) => {
    const fields = composeFields(values, value, keyAt);
    return {
      service: { kind: 'known', value: key, at: keyAt, via: value.via, slot: slotOf(value) },
      condition: fields.string('condition'),
      required: fields.boolean('required'),
    };
  });
}

function readHooks(values: ComposeValues, service: YamlValue): readonly LifecycleHook[] {
  return hookKeys.flatMap((key) =>
    listItems(field(service, key)).map((hook) => ({ key, fields: composeFields(values, hook, firstKeyAt(hook)) })),
  );
}

interface Read {
  readonly values: ComposeValues;
  readonly root: YamlValue;
  readonly service: YamlValue;
  readonly name: string;
  readonly nameAt: Place;
  readonly complete: boolean;
  readonly image: Service['image'];
}

/** What a service and its workload have in common. */
interface ReadSoFar extends Read {
  readonly networks: () => readonly Network[];
  readonly mounts: () => readonly ServiceMount[];
  readonly sharers: readonly Place[];
}

interface Frame extends Read {
  readonly os: Container['os'];
  readonly ownUserNamespace: () => Located<boolean>;
  readonly published: () => readonly PublishedPort[];
}

function readContainer(frame: Frame): Container {
  const { values, service, name, nameAt, complete, os, image, ownUserNamespace, published } = frame;
  const capabilities = (key: string) => values.list(service, key, nameAt, (text) => capability(text.value));
  const privileged = once(() => values.boolean(service, ['privileged'], nameAt));
  const user = once(() => readUser(values, service, nameAt));
  const addedCapabilities = once(() => capabilities('cap_add'));
  const droppedCapabilities = once(() => capabilities('cap_drop'));
  const seccompProfile = once(() => readSeccompProfile(values, service, nameAt));
  const privilegeEscalation = once(() => readPrivilegeEscalation(values, service, nameAt));
  const environment = once(() => {
    const hooks = hookKeys.flatMap((key) => listItems(field(service, key)));
    return [service, ...hooks].flatMap((owner) => readEnvironment(values, owner));
  });
  return {
    format: 'compose',
    role: 'main',
    name,
    nameAt,
    complete,
    os,
    get ownUserNamespace() {
      return ownUserNamespace();
    },
    get image() {
      return image();
    },
    get privileged() {
      return privileged();
    },
    get user() {
      return user();
    },
    get requiresNonRoot() {
      return absent<boolean>(service, nameAt, 'user');
    },
    get addedCapabilities() {
      return addedCapabilities();
    },
    get droppedCapabilities() {
      return droppedCapabilities();
    },
    get seccompProfile() {
      return seccompProfile();
    },
    get privilegeEscalation() {
      return privilegeEscalation();
    },
    get environment() {
      return environment();
    },
    get publishedPorts() {
      return published();
    },
  };
}

function readUser(values: ComposeValues, service: YamlValue, nameAt: Place): Located<ContainerUser> {
  return locate(
    service,
    ['user'],
    nameAt,
    // An empty user is that of the image.
    values.decode((text) => (text.value === '' ? undefined : containerUser(text.value))),
  );
}

function isHost(text: MappedText): boolean {
  return text.value === 'host';
}

interface Network {
  readonly name: string;
  readonly at: Place;
  readonly via: readonly Hop[];
  readonly slot: Slot;
  /** Whether it is the engine's own network `host`. */
  readonly isHost: boolean;
}

/** The networks that a service names itself. */
function networksOf(values: ComposeValues, root: YamlValue, service: YamlValue): readonly Network[] {
  const networks = field(service, 'networks');
  if (networks === undefined) return [];
  if (networks.node?.kind === 'sequence') {
    return listItems(networks).flatMap((item) => {
      const name = values.known(item)?.value;
      if (name === undefined) return [];
      const isHost = isHostNetwork(values, root, name);
      return [{ name, at: placeOf(item), via: item.via, slot: slotOf(item), isHost }];
    });
  }
  return entries(networks).map(({ key, keyAt, value }) => {
    const isHost = isHostNetwork(values, root, key);
    return { name: key, at: keyAt, via: value.via, slot: slotOf(value), isHost };
  });
}

function isHostNetwork(values: ComposeValues, root: YamlValue, name: string): boolean {
  const external = field(root, 'networks', name, 'external');
  if (external === undefined) return false;
  const isExternal = external.node?.kind === 'map' || castBoolean(values.known(external)?.value ?? '') === true;
  const written = field(root, 'networks', name, 'name') ?? field(external, 'name');
  return isExternal && (written === undefined ? name : values.known(written)?.value) === 'host';
}

function readHostNetwork(
  values: ComposeValues,
  service: YamlValue,
  networks: readonly Network[],
  nameAt: Place,
): Located<boolean> {
  const mode = locate(service, ['network_mode'], nameAt, values.decode(isHost));
  const network = networks.find((candidate) => candidate.isHost);
  if (mode.kind !== 'absent' || network === undefined) return mode;
  return { kind: 'known', value: true, at: network.at, via: network.via, slot: network.slot };
}

/** In the network of the host, of another container, or in none, nothing can be published. */
function hasOwnNetwork(values: ComposeValues, service: YamlValue, hostNetwork: Located<boolean>): boolean {
  if (hostNetwork.kind === 'known' && hostNetwork.value) return false;
  const mode = field(service, 'network_mode');
  const text = mode === undefined ? undefined : values.withHoles(mode)?.value;
  return text === undefined || !/^(?:none$|service:|container:)/.test(text);
}

/** `host` says no; everything else is up to the daemon. */
function readUserNamespace(values: ComposeValues, service: YamlValue, nameAt: Place): Located<boolean> {
  return locate(
    service,
    ['userns_mode'],
    nameAt,
    values.decode((text) => (isHost(text) ? false : undefined)),
  );
}

function boundPorts(
  frame: Frame,
  networks: readonly Network[],
  ports: readonly PublishedPort[],
): readonly PublishedPort[] {
  const { values, root, service } = frame;
  if (ports.length === 0 || field(service, 'network_mode') !== undefined) return ports;
  const written = field(service, 'networks');
  const isList = written?.node?.kind === 'sequence';
  // One more network that cannot be told may change everything.
  if (isList && listItems(written).length > networks.length) return ports;
  const names = networks.length > 0 ? networks.map((network) => network.name) : ['default'];
  if (isCutOff(values, root, names)) return [];
  const option = networkBinding(values, root, names);
  return option === undefined ? ports : boundBy(values, option, ports);
}

function readProfiles(values: ComposeValues, service: YamlValue): readonly string[] | undefined {
  const profiles = field(service, 'profiles');
  if (profiles === undefined) return [];
  if (profiles.node?.kind !== 'sequence') return undefined;
  const names = listItems(profiles).map((item) => values.known(item)?.value);
  return names.every((name) => name !== undefined) ? names : undefined;
}
