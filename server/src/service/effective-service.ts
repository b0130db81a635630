// What is in force for a service of a Compose project: each value, and every place that had a say in it.

import { breakOutCapabilities } from '../model/capability.js';
import type { Effective, Origin } from '../model/compose/effective.js';
import type { ServiceMount } from '../model/compose/mount.js';
import { optionInForce } from '../model/compose/security-option.js';
import type { ComposeService } from '../model/compose/service.js';
import { isDisk, isKernelMemory } from '../model/host-device.js';
import { hostPathKind } from '../model/host-path.js';
import { is, knownItems, type Located, mapLocated, valueOf } from '../model/located.js';
import { isRoot } from '../model/user.js';
import type { Container, PortRange, PublishedPort } from '../model/workload.js';
import { type Written, writtenAt } from '../model/written.js';
import type { Place, Span } from '../text/span.js';
import { type NamedProject, projectsOf } from './effective-compose.js';
import type { Linted } from './lint-text.js';
import { literal, type ShownValue, words } from './shown-value.js';

export interface EffectiveService {
  readonly name: string;
  readonly project: string;
  /** The key that was asked about. */
  readonly at: Span;
  /** Undefined where the rest of it is written elsewhere, so that nobody knows. */
  readonly isolation: Isolation | undefined;
  /** Whether a provider runs it, and no container. */
  readonly isProvided: boolean;
  readonly values: readonly ServiceValue[];
  /** The keys that nobody set. */
  readonly notSet: readonly string[];
}

export interface Isolation {
  /** What lets it out of its container, as it is written. */
  readonly opened: readonly string[];
  /** What keeps it in beyond what all containers have. */
  readonly hardened: readonly string[];
  /** Whether it is told to run as root. */
  readonly asRoot: boolean;
  /** Whether something that decides cannot be told. */
  readonly isUncertain: boolean;
}

export interface ServiceValue {
  readonly field: string;
  /** Undefined where it cannot be told. */
  readonly value: ShownValue | undefined;
  /** Undefined where it says how many more there are. */
  readonly origin: Origin | undefined;
}

/** Of one field, more are only counted. */
const maxEach = 5;

/**
 * The service whose key is at an offset, in any file of its project; undefined elsewhere, and in files of other formats.
 * Of several projects, that of the folder of the file.
 */
export function serviceAt(linted: Linted, offset: number): EffectiveService | undefined {
  const projects = projectsOf(linted);
  if (projects.length === 0) return undefined;
  const named = serviceKeys(linted).find(({ at }) => holds(at.span, offset));
  for (const project of projects) {
    for (const service of project.project.services) {
      const isOwn = service.nameAt.file === linted.file.source.id && holds(service.nameAt.span, offset);
      if (!isOwn && service.name !== named?.name) continue;
      const origins = new Origins(project, service.name);
      const key = isOwn ? service.nameAt : named?.at;
      if (key === undefined || !(isOwn || isPartOf(project, named, origins))) continue;
      return describe(project, service, origins, key.span);
    }
  }
  return undefined;
}

interface ServiceKey {
  readonly name: string;
  readonly at: Place;
  /** From the key to the end of what it holds. */
  readonly block: Span;
}

/** The keys of the services as the file writes them. */
function serviceKeys({ file }: Linted): readonly ServiceKey[] {
  const documents = (file.subjects.composeFile ?? []).flatMap((one) => one.documents);
  return documents.flatMap(({ written }) => {
    const services = writtenAt(written, 'services');
    return (services?.entries() ?? []).map(({ key, keyAt, value }) => ({
      name: key,
      at: keyAt,
      block: { start: keyAt.span.start, end: Math.max(keyAt.span.end, endOf(value, keyAt)) },
    }));
  });
}

/** What an alias stands for is elsewhere. */
function endOf({ via, at }: Written, keyAt: Place): number {
  const [hop] = via;
  const place = hop?.at ?? at;
  return place.file === keyAt.file ? place.span.end : keyAt.span.end;
}

/** Whether what stands below a key is in the service of that name: another file may have one of its own. */
function isPartOf({ project }: NamedProject, key: ServiceKey | undefined, origins: Origins): boolean {
  if (key === undefined) return false;
  return project.main.includes(key.at.file) || origins.anyIn({ file: key.at.file, span: key.block });
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** Where the values of a service come from. */
class Origins {
  readonly #all: Origin[] = [];
  readonly #byPlace = new Map<string, Origin>();

  constructor({ project }: NamedProject, service: string) {
    const services = entryOf(project.effective(), 'services');
    const value = entryOf(services, service);
    if (value !== undefined) this.#collect(value);
  }

  #collect(value: Effective): void {
    const { origin } = value;
    if (origin.at !== undefined) {
      this.#all.push(origin);
      const key = keyOf(origin.at);
      if (!this.#byPlace.has(key)) this.#byPlace.set(key, origin);
    }
    if (value.kind === 'map') for (const entry of value.entries) this.#collect(entry.value);
    if (value.kind === 'list') for (const item of value.items) this.#collect(item);
  }

  anyIn({ file, span }: Place): boolean {
    const isIn = (place: Place | undefined) =>
      place?.file === file && span.start <= place.span.start && place.span.end <= span.end;
    return this.#all.some(
      ({ at, via, replaces }) => isIn(at) || replaces.some(isIn) || via.some((hop) => isIn(hop.at)),
    );
  }

  /** The origin of what stands at a place, or around it where a default inside a variable is meant. */
  of(at: Place, via?: Origin['via']): Origin {
    const around = ({ at: place }: Origin) =>
      place?.file === at.file && place.span.start <= at.span.start && at.span.end <= place.span.end;
    const known = this.#byPlace.get(keyOf(at)) ?? this.#all.findLast(around);
    return { at, via: via ?? known?.via ?? [], replaces: known?.replaces ?? [] };
  }
}

function entryOf(value: Effective | undefined, key: string): Effective | undefined {
  return value?.kind === 'map' ? value.entries.find((entry) => entry.key === key)?.value : undefined;
}

function keyOf({ file, span }: Place): string {
  return `${file}:${span.start}-${span.end}`;
}

/** A value before its origin is looked up. */
interface Field {
  readonly field: string;
  /** None: nobody set it. */
  readonly found: readonly Located<ShownValue>[];
  /** Whether it is worth no word where nobody set it. */
  readonly isRare?: boolean;
}

function describe(
  { name, project }: NamedProject,
  service: ComposeService,
  origins: Origins,
  at: Span,
): EffectiveService {
  const { container } = service;
  const fields = container === undefined ? [] : fieldsOf(service, container);
  const isComplete = service.complete && project.whole;
  return {
    name: service.name,
    project: name,
    at,
    isolation: isComplete && container !== undefined ? isolationOf(service, container) : undefined,
    isProvided: container === undefined,
    values: fields.flatMap((field) => valuesOf(field, origins)),
    // What a part of a project leaves out the rest of it may say.
    notSet: isComplete
      ? fields.filter(({ found, isRare }) => found.length === 0 && !isRare).map(({ field }) => field)
      : [],
  };
}

function valuesOf({ field, found }: Field, origins: Origins): readonly ServiceValue[] {
  const shown = found.slice(0, maxEach).map((one) => ({
    field,
    value: valueOf(one),
    origin: one.kind === 'absent' ? undefined : origins.of(one.at, one.via.length > 0 ? one.via : undefined),
  }));
  const rest = found.length - shown.length;
  return rest === 0 ? shown : [...shown, { field, value: words(`and ${rest} more`), origin: undefined }];
}

const namespaces = ['network_mode', 'pid', 'ipc', 'uts', 'userns_mode', 'cgroup'] as const;

function fieldsOf(service: ComposeService, container: Container): readonly Field[] {
  const { fields, securityOptions } = service;
  const { privileged, user } = container;
  const text = (...path: readonly string[]) => mapLocated(fields.string(...path), literal);
  const option = (name: string): Located<ShownValue> | undefined => {
    const inForce = optionInForce(securityOptions, name);
    return inForce === undefined ? undefined : mapLocated(inForce, ({ value }) => literal(value ?? 'true'));
  };
  // A list with an item that cannot be told may say anything of them.
  const isOpen =
    securityOptions.kind === 'unknown' ||
    (securityOptions.kind === 'known' && securityOptions.value.some(({ kind }) => kind === 'unknown'));
  return [
    single('privileged', mapLocated(privileged, shownBoolean)),
    ...(isOpen
      ? [single('security_opt', { ...securityOptions, kind: 'unknown' })]
      : [
          single('no-new-privileges', option('no-new-privileges')),
          { ...single('seccomp', option('seccomp')), isRare: true },
          { ...single('apparmor', option('apparmor')), isRare: true },
        ]),
    single(
      'user',
      mapLocated(user, (one) => literal(one.text)),
    ),
    single('read_only', mapLocated(fields.boolean('read_only'), shownBoolean)),
    ...capabilitiesOf(container),
    ...namespaces.map((key) => ({ ...single(key, text(key)), isRare: true })),
    { field: 'networks', found: networksOf(service) },
    { field: 'ports', found: portsOf(service, container) },
    { field: 'volumes', found: service.mounts.map(mountOf) },
  ];
}

function single(field: string, found: Located<ShownValue> | undefined): Field {
  return { field, found: found === undefined || found.kind === 'absent' ? [] : [found] };
}

function shownBoolean(value: boolean): ShownValue {
  return literal(String(value));
}

/** A privileged container has all of them, whatever the lists say. */
function capabilitiesOf({ privileged, addedCapabilities, droppedCapabilities }: Container): readonly Field[] {
  if (is(privileged, true)) return [{ field: 'capabilities', found: [{ ...privileged, value: words('all') }] }];
  return [
    { field: 'cap_drop', found: namesIn(droppedCapabilities) },
    { field: 'cap_add', found: namesIn(addedCapabilities) },
  ];
}

function namesIn(list: Container['addedCapabilities']): readonly Located<ShownValue>[] {
  if (list.kind === 'absent') return [];
  if (list.kind === 'unknown') return [list];
  return list.value.map((item) => mapLocated(item, ({ text }) => literal(text)));
}

function networksOf({ networks, fields }: ComposeService): readonly Located<ShownValue>[] {
  if (networks.length > 0) return networks.map(({ named }) => mapLocated(named, literal));
  const keys = fields.keys('networks');
  return keys.kind === 'unknown' && fields.strings('networks').kind === 'unknown' ? [keys] : [];
}

/** In the network of somebody else nothing is published, whatever is written. */
function portsOf({ fields }: ComposeService, { publishedPorts }: Container): readonly Located<ShownValue>[] {
  if (publishedPorts.length > 0) return publishedPorts.map(portOf);
  const written = fields.items('ports');
  if (written.kind === 'unknown') return [written];
  return written.kind === 'known' && written.value.length > 0 ? [{ ...written, value: words('not published') }] : [];
}

function portOf({ at, slot, hostAddress, hostPorts, containerPorts, protocol }: PublishedPort): Located<ShownValue> {
  const base = { at, via: [], slot };
  if (hostAddress.kind === 'unknown' || hostPorts === 'unknown' || containerPorts === 'unknown') {
    return { kind: 'unknown', ...base };
  }
  const address = valueOf(hostAddress) || '*';
  const host = address.includes(':') ? `[${address}]` : address;
  const port = hostPorts === 'random' ? 'any' : rangeText(hostPorts);
  const value = literal(`${host}:${port} → ${rangeText(containerPorts)}/${protocol}`);
  return { kind: 'known', value, ...base };
}

function rangeText({ from, to }: PortRange): string {
  return from === to ? `${from}` : `${from}-${to}`;
}

function mountOf({ type, at, slot, source, target, readOnly }: ServiceMount): Located<ShownValue> {
  const base = { at, via: source.kind === 'absent' ? (target.kind === 'absent' ? [] : target.via) : source.via, slot };
  if (type === 'unknown' || source.kind === 'unknown' || target.kind !== 'known') return { kind: 'unknown', ...base };
  const from = valueOf(source) === undefined ? '' : `${valueOf(source)} → `;
  const access = readOnly === 'unknown' ? '' : readOnly ? ', ro' : ', rw';
  return { kind: 'known', value: literal(`${type} ${from}${target.value}${access}`), ...base };
}

function isolationOf(service: ComposeService, container: Container): Isolation {
  const { privileged, user, addedCapabilities, droppedCapabilities, seccompProfile, privilegeEscalation } = container;
  const { workload, fields, securityOptions, mounts } = service;
  const apparmor = optionInForce(securityOptions, 'apparmor')?.value;
  const added = knownItems(addedCapabilities).flatMap(({ value: { name } }) =>
    breakOutCapabilities.has(name) ? [`cap_add: ${name}`] : [],
  );
  const paths = mounts.flatMap(({ source, readOnly }) =>
    source.kind === 'known' && opensHost(source.value, readOnly) ? [source.value] : [],
  );
  const disks = service.devices.flatMap(({ source }) =>
    source.kind === 'known' && (isDisk(source.value) || isKernelMemory(source.value)) ? [source.value] : [],
  );
  const hasAll = (list: Container['addedCapabilities']) => knownItems(list).some(({ value }) => value.name === 'ALL');
  const readOnly = fields.boolean('read_only');
  const told: readonly (readonly [boolean, string])[] = [
    [is(privileged, true), 'privileged'],
    [is(workload.hostNetwork, true), 'the network of the host'],
    [is(workload.hostPid, true), 'pid: host'],
    [is(workload.hostIpc, true), 'ipc: host'],
    [valueOf(seccompProfile)?.type === 'unconfined', 'seccomp: unconfined'],
    [apparmor?.value === 'unconfined', 'apparmor: unconfined'],
  ];
  const kept: readonly (readonly [boolean, string])[] = [
    [user.kind === 'known' && !isRoot(user.value), `user ${valueOf(user)?.text}`],
    [hasAll(droppedCapabilities), 'cap_drop: ALL'],
    [valueOf(privilegeEscalation)?.allowed === false, 'no-new-privileges'],
    [is(readOnly, true), 'read_only'],
  ];
  const deciding = [privileged, workload.hostNetwork, workload.hostPid, workload.hostIpc, addedCapabilities];
  const lists = [addedCapabilities, securityOptions];
  return {
    opened: [...told.flatMap(([holds, what]) => (holds ? [what] : [])), ...added, ...paths, ...disks],
    hardened: kept.flatMap(([holds, what]) => (holds ? [what] : [])),
    asRoot: user.kind === 'known' && isRoot(user.value),
    isUncertain:
      [...deciding, seccompProfile].some(({ kind }) => kind === 'unknown') ||
      lists.some((list) => list.kind === 'known' && list.value.some(({ kind }) => kind === 'unknown')) ||
      mounts.some(({ type, source }) => type === 'unknown' || source.kind === 'unknown'),
  };
}

/** The control socket of an engine, all that the host has, or what it runs by where that can be written to. */
function opensHost(path: string, readOnly: ServiceMount['readOnly']): boolean {
  const kind = hostPathKind(path, 'compose');
  return path === '/' || kind === 'socket' || (kind === 'sensitive' && readOnly === false);
}
