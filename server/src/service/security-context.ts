// What is in force for a container or a whole pod: each value, where it comes from, and the level that it meets.
import type { Finding } from '../engine/finding.js';
import type { Rule } from '../engine/rule.js';
import { runRules } from '../engine/run-rules.js';
import type { Settings } from '../engine/settings.js';
import { inherit, type Pod, type PodContainer } from '../model/kubernetes/pod.js';
import { breaksLevel, type PodSecurityLevel } from '../model/kubernetes/pod-security-labels.js';
import { is, knownItems, type Located, mapLocated } from '../model/located.js';
import { appliesTo } from '../standards/standards.js';
import type { Place, Span } from '../text/span.js';
import type { Linted } from './lint-text.js';
import { literal, type ShownValue, words } from './shown-value.js';

export interface SecurityContext {
  /** `container` or the kind of the object: `Deployment`. */
  readonly kind: string;
  readonly name: string;
  /** The token that was asked about. */
  readonly at: Span;
  readonly values: readonly ContextValue[];
  /** The strictest level that all of it meets, as far as it can be told; undefined for a part of a patch. */
  readonly level: PodSecurityLevel | undefined;
  /** Whether a value that decides cannot be told. */
  readonly isUncertain: boolean;
  /** Of a pod: the containers that do not meet the level that the pod itself does. */
  readonly weaker: readonly string[];
}

export interface ContextValue {
  /** The field, as the API calls it. */
  readonly field: string;
  /** Undefined where it cannot be told. */
  readonly value: ShownValue | undefined;
  readonly from: 'container' | 'pod' | 'default';
  /** Where it is written; undefined for a default. */
  readonly at: Place | undefined;
  /** The strictest level that it meets; undefined where that cannot be told, or no level asks for it. */
  readonly level: PodSecurityLevel | undefined;
}

export interface ContextRequest {
  readonly linted: Linted;
  readonly settings: Settings;
  /** The rules that stand for checks of the Pod Security admission controller. */
  readonly rules: readonly Rule[];
}

/** A field with its value, before it is judged. */
interface Field {
  readonly field: string;
  readonly found: Located<ShownValue>;
  readonly otherwise: ShownValue;
  /** The rules that stand for what the admission controller asks of it. */
  readonly rules: readonly string[];
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
  const findings = findingsOf(request, pod);
  const ofPod = findings.filter(({ owner }) => owner === undefined).map(({ finding }) => finding);
  const of = (container: PodContainer) => [
    ...ofPod,
    ...findings.filter(({ owner }) => owner === container).map(({ finding }) => finding),
  ];
  const own = one === undefined ? ofPod : of(one);
  const { kind, name } = one === undefined ? pod.workload : { kind: 'container', name: one.container.name };
  const isComplete = one === undefined ? pod.workload.complete : one.container.complete;
  const isWindows = pod.workload.os === 'windows';
  const fields = one === undefined ? podFields(pod) : containerFields(pod, one);
  // What a patch leaves out its base says; and the defaults of Linux are none of Windows.
  const shown = fields.filter(({ found }) => found.kind !== 'absent' || (isComplete && !isWindows));
  const values = shown.map((field) => judged(field, own, { isOfPod: one === undefined, isTold: systemIsTold(pod) }));
  const level = levelOf(own);
  const weaker =
    one === undefined
      ? pod.containers.filter((container) => strictness[levelOf(of(container))] < strictness[level])
      : [];
  return {
    kind,
    name,
    at,
    values,
    level: isComplete ? weakest([level, ...weaker.map((container) => levelOf(of(container)))]) : undefined,
    isUncertain: !systemIsTold(pod) || shown.some(({ found, rules }) => found.kind === 'unknown' && rules.length > 0),
    weaker: weaker.map(({ container }) => container.name),
  };
}

/** Level restricted asks less of Windows: where a template may say what the pod is for, nobody knows what it asks. */
function systemIsTold({ spec }: Pod): boolean {
  return spec.string('os', 'name').kind !== 'unknown';
}

interface OwnedFinding {
  readonly finding: Finding;
  /** The container that it stands in; undefined where it is about the pod. */
  readonly owner: PodContainer | undefined;
}

/** What the admission controller would say of a pod. */
function findingsOf({ linted, settings, rules }: ContextRequest, pod: Pod): readonly OwnedFinding[] {
  const all = { ...settings, profile: 'all', rules: new Map(), only: undefined } as const;
  const { findings } = runRules({ file: linted.file, rules, settings: all, appliesTo });
  return findings
    .filter(({ at: { span } }) => holds(pod.object.at.span, span.start))
    .map((finding) => ({
      finding,
      owner: pod.containers.find(({ own }) => holds(own.at.span, finding.at.span.start)),
    }));
}

const strictness: { readonly [level in PodSecurityLevel]: number } = { privileged: 0, baseline: 1, restricted: 2 };

function weakest(levels: readonly PodSecurityLevel[]): PodSecurityLevel {
  return levels.reduce((a, b) => (strictness[b] < strictness[a] ? b : a));
}

function levelOf(findings: readonly Finding[]): PodSecurityLevel {
  const broken = (level: PodSecurityLevel) => findings.some(({ standards }) => breaksLevel(standards, level));
  return broken('baseline') ? 'privileged' : broken('restricted') ? 'baseline' : 'restricted';
}

interface Judging {
  readonly isOfPod: boolean;
  readonly isTold: boolean;
}

function judged(
  { field, found, otherwise, rules }: Field,
  findings: readonly Finding[],
  { isOfPod, isTold }: Judging,
): ContextValue {
  const own = levelOf(findings.filter(({ rule }) => rules.includes(rule)));
  const level = rules.length === 0 ? undefined : own;
  if (found.kind === 'absent') {
    // What is wrong with a default is known even then.
    const isDoubtful = !isTold && level === 'restricted';
    return { field, value: otherwise, from: 'default', at: undefined, level: isDoubtful ? undefined : level };
  }
  const isInherited = found.via.some((hop) => hop.kind === 'pod-default');
  const from = isOfPod || isInherited ? 'pod' : 'container';
  const place = { field, from, at: found.at } as const;
  return found.kind === 'known'
    ? { ...place, value: found.value, level }
    : { ...place, value: undefined, level: undefined };
}

const shown = (found: Located<boolean | number | string>) => mapLocated(found, (value) => literal(String(value)));

const leftToContainers = words('left to the containers');
const none = words('none');

function podFields({ workload, spec }: Pod): readonly Field[] {
  const context = (...path: readonly string[]) => shown(spec.scalar('securityContext', ...path));
  return [
    { field: 'hostNetwork', found: shown(workload.hostNetwork), otherwise: literal('false'), rules: ['host-network'] },
    { field: 'hostPID', found: shown(workload.hostPid), otherwise: literal('false'), rules: ['host-pid'] },
    { field: 'hostIPC', found: shown(workload.hostIpc), otherwise: literal('false'), rules: ['host-ipc'] },
    { field: 'hostUsers', found: shown(spec.scalar('hostUsers')), otherwise: literal('true'), rules: [] },
    { field: 'runAsNonRoot', found: context('runAsNonRoot'), otherwise: leftToContainers, rules: nonRootRules },
    { field: 'runAsUser', found: context('runAsUser'), otherwise: leftToContainers, rules: userRules },
    { field: 'runAsGroup', found: context('runAsGroup'), otherwise: leftToContainers, rules: [] },
    { field: 'fsGroup', found: context('fsGroup'), otherwise: none, rules: [] },
    {
      field: 'seccompProfile',
      found: mapLocated(workload.defaultSeccompProfile, ({ text }) => literal(text)),
      otherwise: leftToContainers,
      rules: seccompRules,
    },
    {
      field: 'appArmorProfile',
      found: context('appArmorProfile', 'type'),
      otherwise: leftToContainers,
      rules: ['apparmor-unconfined'],
    },
    {
      field: 'sysctls',
      found: mapLocated(spec.list('securityContext', 'sysctls'), (items) => words(countOf(items.length, 'sysctl'))),
      otherwise: none,
      rules: ['unsafe-sysctl'],
    },
    {
      field: 'volumes',
      found: mapLocated(spec.list('volumes'), (items) => words(countOf(items.length, 'volume'))),
      otherwise: none,
      rules: ['host-path-mount', 'sensitive-host-path-mount', 'docker-socket-mount', 'restricted-volume-type'],
    },
    {
      field: 'automountServiceAccountToken',
      found: shown(spec.scalar('automountServiceAccountToken')),
      otherwise: words('what the service account says, else true'),
      rules: [],
    },
  ];
}

const nonRootRules = ['missing-non-root-user', 'run-as-root'];
const userRules = ['run-as-root', 'contradictory-non-root'];
const seccompRules = ['seccomp-unconfined', 'missing-seccomp-profile'];
const capabilityRules = [
  'missing-cap-drop-all',
  'added-capability',
  'non-default-added-capability',
  'dangerous-added-capability',
];

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
    const isKept = field.field === 'appArmorProfile' && isLocalhost(field.found);
    if (value === undefined || isKept) return field;
    return { ...field, found: { ...privileged, value }, rules: ['privileged'] };
  });
}

/** What is in force for a privileged container. */
const inForce: ReadonlyMap<string, ShownValue> = new Map([
  ['allowPrivilegeEscalation', literal('true')],
  ['capabilities', words('all')],
  ['seccompProfile', literal('Unconfined')],
  ['appArmorProfile', literal('Unconfined')],
]);

function isLocalhost(found: Located<ShownValue>): boolean {
  return found.kind === 'known' && 'literal' in found.value && found.value.literal === 'Localhost';
}

function writtenFields({ spec }: Pod, { container, own }: PodContainer): readonly Field[] {
  const { nameAt } = container;
  const inherited = (...path: readonly string[]) =>
    shown(inherit(own.scalar('securityContext', ...path), spec.scalar('securityContext', ...path), nameAt));
  return [
    { field: 'privileged', found: shown(container.privileged), otherwise: literal('false'), rules: ['privileged'] },
    {
      field: 'allowPrivilegeEscalation',
      found: mapLocated(container.privilegeEscalation, ({ allowed }) => literal(String(allowed))),
      otherwise: literal('true'),
      rules: ['allow-privilege-escalation', 'missing-no-new-privileges'],
    },
    {
      field: 'capabilities',
      found: capabilitiesOf(container),
      otherwise: ofRuntime('those'),
      rules: capabilityRules,
    },
    {
      field: 'runAsNonRoot',
      found: shown(container.requiresNonRoot),
      otherwise: literal('false'),
      rules: nonRootRules,
    },
    {
      field: 'runAsUser',
      found: mapLocated(container.user, (user) => literal(user.text)),
      otherwise: words('the user of the image'),
      rules: userRules,
    },
    { field: 'runAsGroup', found: inherited('runAsGroup'), otherwise: words('the group of the image'), rules: [] },
    {
      field: 'readOnlyRootFilesystem',
      found: shown(own.scalar('securityContext', 'readOnlyRootFilesystem')),
      otherwise: literal('false'),
      rules: [],
    },
    {
      field: 'seccompProfile',
      found: mapLocated(container.seccompProfile, ({ text, obsolete }) =>
        obsolete ? words('an annotation that the cluster no longer reads') : literal(text),
      ),
      otherwise: words('none, unless the node sets one'),
      rules: seccompRules,
    },
    {
      field: 'appArmorProfile',
      found: inherited('appArmorProfile', 'type'),
      otherwise: ofRuntime('that'),
      rules: ['apparmor-unconfined'],
    },
    {
      field: 'seLinuxOptions',
      found: inherited('seLinuxOptions', 'type'),
      otherwise: ofRuntime('those'),
      rules: ['selinux-custom-options'],
    },
    {
      field: 'procMount',
      found: shown(own.scalar('securityContext', 'procMount')),
      otherwise: literal('Default'),
      rules: ['unmasked-proc-mount'],
    },
  ];
}

function ofRuntime(what: 'that' | 'those'): ShownValue {
  return words(`${what} of the runtime`);
}

/** `drop ALL, add NET_BIND_SERVICE`, at the first of the lists that is there. */
function capabilitiesOf(container: PodContainer['container']): Located<ShownValue> {
  const { droppedCapabilities, addedCapabilities } = container;
  const lists = (
    [
      ['drop', droppedCapabilities],
      ['add', addedCapabilities],
    ] as const
  ).filter(([, list]) => list.kind !== 'absent');
  const [first] = lists;
  if (first === undefined) return { kind: 'absent', at: droppedCapabilities.at, slot: droppedCapabilities.slot };
  const [, list] = first;
  const isTold = lists.every(
    ([, items]) => items.kind === 'known' && items.value.every(({ kind }) => kind === 'known'),
  );
  if (list.kind !== 'known' || !isTold) {
    const { at, slot } = list;
    return { kind: 'unknown', at, slot, via: list.kind === 'absent' ? [] : list.via };
  }
  const parts = lists.flatMap(([what, items]) => {
    const names = knownItems(items).map(({ value }) => value.text);
    return names.length === 0 ? [] : [`${what} ${names.join(', ')}`];
  });
  return { ...list, value: parts.length === 0 ? ofRuntime('those') : literal(parts.join('; ')) };
}
