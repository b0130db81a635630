// Which networks the services of a project are in, so that two of them can be compared.
import { valueOf } from '../located.js';
import type { ComposeProject, ComposeResource } from './project.js';
import type { ComposeService } from './service.js';

export interface NetworkMembership {
  /**
   * What names the networks of a service, `network_mode` included: the same text for the same network. Empty where it is
   * in none; undefined where that cannot be told.
   */
  networksOf(service: ComposeService): ReadonlySet<string> | undefined;
  /** Whether two services are in one network; undefined where that cannot be told. */
  areConnected(a: ComposeService, b: ComposeService): boolean | undefined;
}

export function networkMembership(project: ComposeProject): NetworkMembership {
  const services = new Map(project.services.map((service) => [service.name, service]));
  const networks = new Map(project.networks.map((network) => [network.name, network]));
  const known = new Map<ComposeService, ReadonlySet<string> | undefined>();
  const identify = (name: string): string | undefined => {
    const network = networks.get(name);
    // Nobody needs to declare the default network.
    return network === undefined && name !== 'default' ? undefined : identityOf(name, network);
  };
  const read = (service: ComposeService): ReadonlySet<string> | undefined => {
    const owner = networkOwner(service, services);
    if (owner === undefined) return undefined;
    const mode = owner.fields.string('network_mode');
    if (mode.kind === 'unknown') return undefined;
    if (mode.kind === 'known' && mode.value !== '') return networksOfMode(mode.value);
    const names = namedNetworks(owner);
    const identities = names?.map(identify);
    return identities?.every((identity) => identity !== undefined) ? new Set(identities) : undefined;
  };
  const networksOf = (service: ComposeService) => {
    if (!known.has(service)) known.set(service, read(service));
    return known.get(service);
  };
  return {
    networksOf,
    areConnected(a, b) {
      const others = networksOf(b);
      const own = networksOf(a);
      if (own === undefined || others === undefined) return undefined;
      return [...own].some((network) => others.has(network));
    },
  };
}

/** The names of the networks that a service joins, `default` where it names none; undefined where one cannot be told. */
export function namedNetworks(service: ComposeService): readonly string[] | undefined {
  const list = service.fields.strings('networks');
  const isTold =
    list.kind === 'known'
      ? list.value.every((item) => item.kind === 'known')
      : list.kind === 'absent' || service.fields.keys('networks').kind === 'known';
  if (!isTold) return undefined;
  return service.networks.length === 0 ? ['default'] : service.networks.map((network) => network.name);
}

/** The services that join a network of the file, by its name; without those of which that cannot be told. */
export function servicesByNetwork({ services }: ComposeProject): ReadonlyMap<string, readonly ComposeService[]> {
  const joined = new Map<string, ComposeService[]>();
  for (const service of services) {
    const mode = service.fields.string('network_mode');
    if (mode.kind !== 'absent' && valueOf(mode) !== '') continue;
    for (const name of namedNetworks(service) ?? []) {
      const others = joined.get(name);
      if (others === undefined) joined.set(name, [service]);
      else others.push(service);
    }
  }
  return joined;
}

/** What the engine calls a network that is made elsewhere; undefined for one of the project, and where it is not known. */
export function externalName({ name, external, fields }: ComposeResource): string | undefined {
  if (external !== true) return undefined;
  const written = fields.string('name');
  if (written.kind !== 'absent') return valueOf(written);
  // `external: {name: x}` is the old way.
  const old = fields.fields('external');
  const oldName = old.kind === 'known' ? old.value.string('name') : undefined;
  return oldName === undefined || oldName.kind === 'absent' ? name : valueOf(oldName);
}

function identityOf(name: string, network: ComposeResource | undefined): string | undefined {
  if (network === undefined) return `own ${name}`;
  const { external, fields } = network;
  if (external === undefined) return undefined;
  const written = external ? externalName(network) : fields.string('name');
  if (written === undefined || typeof written === 'string') return written && `named ${written}`;
  if (written.kind === 'absent') return `own ${name}`;
  return written.kind === 'known' ? `named ${written.value}` : undefined;
}

/** The service whose network this one is in; undefined where it is not of this project. */
function networkOwner(
  service: ComposeService,
  services: ReadonlyMap<string, ComposeService>,
): ComposeService | undefined {
  const seen = new Set<ComposeService>();
  let owner: ComposeService | undefined = service;
  while (owner !== undefined && !seen.has(owner)) {
    seen.add(owner);
    const mode = valueOf(owner.fields.string('network_mode')) ?? '';
    if (!mode.startsWith('service:')) return owner;
    owner = services.get(mode.slice('service:'.length));
  }
  return undefined;
}

function networksOfMode(mode: string): ReadonlySet<string> | undefined {
  if (mode.startsWith('container:')) return undefined;
  if (mode === 'none') return new Set();
  return new Set([`named ${mode === 'default' ? 'bridge' : mode}`]);
}
