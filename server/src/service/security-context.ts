// What is in force for a container or a whole pod: each value, where it comes from, and the level that it meets.
import type { Finding } from '../engine/finding.js';
import type { Rule } from '../engine/rule.js';
import { runRules } from '../engine/run-rules.js';
import type { Settings } from '../engine/settings.js';
import { is, knownItems, type Located, mapLocated } from '../model/located.js';
import { inherit, type Pod, type PodContainer } from '../model/pod.js';
import { breaksLevel, type PodSecurityLevel } from '../model/pod-security-labels.js';
import { appliesTo } from '../standards/standards.js';
import type { Place, Span } from '../text/span.js';
import type { Linted } from './lint-text.js';

export interface SecurityContext {
  /** `container` or the kind of the object: `Deployment`. */
  readonly kind: string;
  readonly name: string;
  /** The token that was asked about. */
  readonly at: Span;
  readonly values: readonly ContextValue[];
  /** The strictest level that all of it meets. */
  readonly level: PodSecurityLevel;
}

export interface ContextValue {
  /** The field, as the API calls it. */
  readonly field: string;
  /** Undefined where it cannot be told. */
  readonly value: string | undefined;
  readonly from: 'container' | 'pod' | 'default';
  /** Where it is written; undefined for a default. */
  readonly at: Place | undefined;
  /** The strictest level that it meets; undefined where the value cannot be told. */
  readonly level: PodSecurityLevel | undefined;
}

export interface ContextRequest {
  readonly linted: Linted;
  readonly settings: Settings;
  /** The rules that stand for checks of the Pod Security admission controller. */
  readonly rules: readonly Rule[];
}

/** A field with its value as text, before it is judged. */
interface Field {
  readonly field: string;
  readonly found: Located<string>;
  readonly otherwise: string;
  /** The checks of the admission controller that look at it. */
  readonly checks: readonly string[];
}

/**
 * The context of the container or pod whose name, kind or `securityContext` is at an offset; undefined elsewhere, and in
 * files of other formats.
 */
export function securityContextAt(request: ContextRequest, offset: number): SecurityContext | undefined {
  for (const pod of request.linted.file.subjects.pod ?? []) {
    const { object, containers } = pod;
    if (!holds(object.at.span, offset)) continue;
    for (const one of containers) {
      const at = holds(one.own.at.span, offset) ? keyAt(one, offset) : undefined;
      if (at !== undefined) return contextOf(request, pod, one, at);
    }
    const at = [object.kindAt, object.nameAt, ...keysOf(pod.spec, 'securityContext')].find((place) =>
      holds(place.span, offset),
    );
    if (at !== undefined) return contextOf(request, pod, undefined, at.span);
  }
  return undefined;
}

function keyAt({ own, container }: PodContainer, offset: number): Span | undefined {
  const places = [container.nameAt, ...keysOf(own, 'name'), ...keysOf(own, 'securityContext')];
  return places.find(({ span }) => holds(span, offset))?.span;
}

function keysOf(fields: PodContainer['own'], name: string): readonly Place[] {
  const keys = fields.keys();
  return keys.kind === 'known' ? keys.value.filter((key) => key.name === name).map(({ at }) => at) : [];
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

function contextOf(request: ContextRequest, pod: Pod, one: PodContainer | undefined, at: Span): SecurityContext {
  const findings = findingsOf(request, pod, one);
  const fields = one === undefined ? podFields(pod) : containerFields(pod, one);
  const { kind, name } = one === undefined ? pod.workload : { kind: 'container', name: one.container.name };
  return {
    kind,
    name,
    at,
    values: fields.map((field) => judged(field, one, findings, request.rules)),
    level: levelOf(findings),
  };
}

/** What the admission controller would say of the container and of what its pod gives to it; of a pod, all of it. */
function findingsOf(
  { linted, settings, rules }: ContextRequest,
  pod: Pod,
  one: PodContainer | undefined,
): readonly Finding[] {
  const { findings } = runRules({
    file: linted.file,
    rules,
    settings: { ...settings, profile: 'all', rules: new Map() },
    appliesTo,
  });
  return findings.filter(({ at: { span } }) => {
    if (!holds(pod.object.at.span, span.start)) return false;
    const owner = pod.containers.find(({ own }) => holds(own.at.span, span.start));
    return one === undefined || owner === undefined || owner === one;
  });
}

function levelOf(findings: readonly Finding[]): PodSecurityLevel {
  const broken = (level: PodSecurityLevel) => findings.some(({ standards }) => breaksLevel(standards, level));
  return broken('baseline') ? 'privileged' : broken('restricted') ? 'baseline' : 'restricted';
}

function judged(
  { field, found, otherwise, checks }: Field,
  one: PodContainer | undefined,
  findings: readonly Finding[],
  rules: readonly Rule[],
): ContextValue {
  const own = findings.filter(({ rule }) =>
    rules.some(({ meta }) => meta.id === rule && meta.peers.psa?.some((check) => checks.includes(check))),
  );
  const level = levelOf(own);
  if (found.kind === 'absent') return { field, value: otherwise, from: 'default', at: undefined, level };
  const isInherited = found.via.some((hop) => hop.kind === 'pod-default');
  const from = one === undefined || isInherited ? 'pod' : 'container';
  const place = { field, from, at: found.at } as const;
  return found.kind === 'known'
    ? { ...place, value: found.value, level }
    : { ...place, value: undefined, level: undefined };
}

const text = (found: Located<boolean | number | string>) => mapLocated(found, String);

function podFields({ workload, spec }: Pod): readonly Field[] {
  const context = (key: string) => spec.scalar('securityContext', key);
  return [
    { field: 'hostNetwork', found: text(workload.hostNetwork), otherwise: 'false', checks: ['hostNamespaces'] },
    { field: 'hostPID', found: text(workload.hostPid), otherwise: 'false', checks: ['hostNamespaces'] },
    { field: 'hostIPC', found: text(workload.hostIpc), otherwise: 'false', checks: ['hostNamespaces'] },
    { field: 'hostUsers', found: spec.scalar('hostUsers'), otherwise: 'true', checks: [] },
    {
      field: 'runAsNonRoot',
      found: context('runAsNonRoot'),
      otherwise: 'left to the containers',
      checks: ['runAsNonRoot'],
    },
    { field: 'runAsUser', found: context('runAsUser'), otherwise: 'left to the containers', checks: ['runAsUser'] },
    { field: 'runAsGroup', found: context('runAsGroup'), otherwise: 'left to the containers', checks: [] },
    { field: 'fsGroup', found: context('fsGroup'), otherwise: 'none', checks: [] },
    {
      field: 'seccompProfile',
      found: mapLocated(workload.defaultSeccompProfile, (profile) => profile.text),
      otherwise: 'left to the containers',
      checks: ['seccompProfile_baseline', 'seccompProfile_restricted'],
    },
    {
      field: 'appArmorProfile',
      found: spec.scalar('securityContext', 'appArmorProfile', 'type'),
      otherwise: 'left to the containers',
      checks: ['appArmorProfile'],
    },
    {
      field: 'sysctls',
      found: mapLocated(spec.list('securityContext', 'sysctls'), (items) => countOf(items.length, 'sysctl')),
      otherwise: 'none',
      checks: ['sysctls'],
    },
    {
      field: 'volumes',
      found: mapLocated(spec.list('volumes'), (items) => countOf(items.length, 'volume')),
      otherwise: 'none',
      checks: ['hostPathVolumes', 'restrictedVolumes'],
    },
    {
      field: 'automountServiceAccountToken',
      found: spec.scalar('automountServiceAccountToken'),
      otherwise: 'true, unless the service account says otherwise',
      checks: [],
    },
  ];
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** A privileged container has all there is, whatever its other fields say: what they are worth is told in their places. */
function containerFields(pod: Pod, one: PodContainer): readonly Field[] {
  const { privileged } = one.container;
  const fields = writtenFields(pod, one);
  if (!is(privileged, true)) return fields;
  return fields.map((field) => {
    const value = inForce.get(field.field);
    // The one profile that its runtime keeps to.
    const isKept = field.field === 'appArmorProfile' && is(field.found, 'Localhost');
    if (value === undefined || isKept) return field;
    return { ...field, found: { ...privileged, value }, checks: ['privileged'] };
  });
}

/** What is in force for a privileged container. */
const inForce: ReadonlyMap<string, string> = new Map([
  ['allowPrivilegeEscalation', 'true'],
  ['capabilities', 'all'],
  ['seccompProfile', 'Unconfined'],
  ['appArmorProfile', 'Unconfined'],
]);

function writtenFields({ spec }: Pod, { container, own }: PodContainer): readonly Field[] {
  const { nameAt } = container;
  const inherited = (...path: readonly string[]) =>
    inherit(own.scalar('securityContext', ...path), spec.scalar('securityContext', ...path), nameAt);
  return [
    { field: 'privileged', found: text(container.privileged), otherwise: 'false', checks: ['privileged'] },
    {
      field: 'allowPrivilegeEscalation',
      found: mapLocated(container.privilegeEscalation, ({ allowed }) => String(allowed)),
      otherwise: 'true',
      checks: ['allowPrivilegeEscalation'],
    },
    {
      field: 'capabilities',
      found: capabilitiesOf(container),
      otherwise: 'those that the runtime gives',
      checks: ['capabilities_baseline', 'capabilities_restricted'],
    },
    {
      field: 'runAsNonRoot',
      found: text(container.requiresNonRoot),
      otherwise: 'false',
      checks: ['runAsNonRoot'],
    },
    {
      field: 'runAsUser',
      found: mapLocated(container.user, (user) => user.text),
      otherwise: 'the user of the image',
      checks: ['runAsUser'],
    },
    { field: 'runAsGroup', found: inherited('runAsGroup'), otherwise: 'the group of the image', checks: [] },
    {
      field: 'readOnlyRootFilesystem',
      found: own.scalar('securityContext', 'readOnlyRootFilesystem'),
      otherwise: 'false',
      checks: [],
    },
    {
      field: 'seccompProfile',
      found: mapLocated(container.seccompProfile, ({ text: profile, obsolete }) =>
        obsolete ? `${profile}, in an annotation that the cluster no longer reads` : profile,
      ),
      otherwise: 'Unconfined, unless the node sets a default',
      checks: ['seccompProfile_baseline', 'seccompProfile_restricted'],
    },
    {
      field: 'appArmorProfile',
      found: inherited('appArmorProfile', 'type'),
      otherwise: 'the profile of the runtime',
      checks: ['appArmorProfile'],
    },
    {
      field: 'seLinuxOptions',
      found: inherited('seLinuxOptions', 'type'),
      otherwise: 'the type of the runtime',
      checks: ['seLinuxOptions'],
    },
    {
      field: 'procMount',
      found: own.scalar('securityContext', 'procMount'),
      otherwise: 'Default',
      checks: ['procMount', 'procMount_restricted'],
    },
  ];
}

/** `drop ALL, add NET_BIND_SERVICE`, at the first of the lists that is there. */
function capabilitiesOf({ droppedCapabilities, addedCapabilities }: PodContainer['container']): Located<string> {
  const lists = (
    [
      ['drop', droppedCapabilities],
      ['add', addedCapabilities],
    ] as const
  ).filter(([, list]) => list.kind !== 'absent');
  const [first] = lists;
  if (first === undefined) return { kind: 'absent', at: droppedCapabilities.at, slot: droppedCapabilities.slot };
  const [, list] = first;
  const unknown = lists.find(([, { kind }]) => kind === 'unknown');
  if (list.kind !== 'known' || unknown !== undefined) {
    const { at, slot } = list;
    return { kind: 'unknown', at, slot, via: list.kind === 'absent' ? [] : list.via };
  }
  const words = lists.flatMap(([what, items]) => {
    const names = knownItems(items).map(({ value }) => value.text);
    return names.length === 0 ? [] : [`${what} ${names.join(', ')}`];
  });
  return { ...list, value: words.join('; ') || 'those that the runtime gives' };
}
