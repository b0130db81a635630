import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { type Change, type Data, remove, replaceText, set } from '../../../model/change.js';
import type { Pod } from '../../../model/kubernetes/pod.js';
import { type UnknownKey, violationsOf } from '../../../model/kubernetes/schema.js';
import {
  canBeNamed,
  type SecurityFields,
  type SecurityKey,
  securityFieldsOf,
  securityKeyOf,
} from '../../../model/kubernetes/security-fields.js';
import { quoted } from '../../../model/quoted.js';
import { dataOf, type Written, writtenAt } from '../../../model/written.js';
import { kindType } from '../../../standards/kubernetes/api.js';

/** The annotations that seccomp profiles were in before they had fields; without effect from 1.27 on. */
const podAnnotation = 'seccomp.security.alpha.kubernetes.io/pod';
const containerAnnotation = 'container.seccomp.security.alpha.kubernetes.io/';
const lastMinorWithAnnotations = 26;

/** Moved to where it works, any other value of these would take protection away. */
const weakening: ReadonlySet<string> = new Set(['privileged', 'allowPrivilegeEscalation', 'procMount']);

export default defineRule({
  meta: {
    id: 'misplaced-security-field',
    summary: 'A security setting is misspelt, or stands where nothing reads it.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: {},
  },
  check: {
    manifest({ apiVersion, kind, written }, report) {
      const type = kindType(apiVersion, kind);
      const pod = kindType('v1', 'Pod');
      const fields = pod === undefined ? undefined : securityFieldsOf(pod);
      if (type === undefined || fields === undefined) return;
      for (const violation of violationsOf(written, type)) {
        if (violation.kind !== 'unknown-key') continue;
        const key = securityKeyOf(violation, fields);
        if (key === undefined) continue;
        const { keyAt: at, value } = violation;
        report({
          at: { kind: 'known', value: violation.key, at, via: value.via, slot: value.slot },
          message: messageOf(violation.key, key),
          fix: fixOf(violation, key, fields),
        });
      }
    },
    pod(pod, report, { kubernetesMinor }) {
      if (kubernetesMinor <= lastMinorWithAnnotations) return;
      const annotations = pod.template.keys('metadata', 'annotations');
      if (annotations.kind !== 'known') return;
      for (const { name, at } of annotations.value) {
        if (!isReplaced(pod, name)) {
          report({ at, message: `${quoted(name)} is not read since 1.27: it belongs in 'seccompProfile'.` });
        }
      }
    },
  },
});

function messageOf(written: string, key: SecurityKey): string {
  switch (key.kind) {
    case 'misspelt':
      return `${quoted(written, 28)} has no effect: did you mean ${quoted(key.meant)}?`;
    case 'misplaced':
      return `${quoted(written)} has no effect here: it belongs in the ${key.home}.`;
    case 'unknown':
      return `${quoted(written)} is no field of a securityContext: it has no effect.`;
  }
}

function fixOf(violation: UnknownKey, key: SecurityKey, fields: SecurityFields): ReportedFix | undefined {
  if (key.kind === 'misspelt') {
    if (!canBeNamed(key.meant, violation.inside)) return undefined;
    const change = replaceText(violation.keyAt, key.meant);
    return { title: `Rename to \`${key.meant}\``, safety: 'unsafe', change };
  }
  return key.kind === 'misplaced' && violation.key === key.meant ? moved(violation, fields) : undefined;
}

/** To a securityContext that one can tell: that of each container, or of the pod or container it stands in. */
function moved({ key, keyAt, value, inside }: UnknownKey, fields: SecurityFields): ReportedFix | undefined {
  const data = dataOf(value);
  const own = inside.at(-1);
  if (data === undefined || own === undefined || value.via.length > 0 || isWeakening(key, value)) return undefined;
  if (own.type === fields.podContext && fields.containerContext.fields.has(key)) {
    const containers = containersIn(inside.at(-2)?.map);
    const changes = containers.map((container) => setIn(container, key, data));
    if (changes.length === 0 || changes.some((change) => change === undefined)) return undefined;
    return moveTo('the securityContext of each container', [
      ...changes.flatMap((change) => change ?? []),
      remove(value.slot),
    ]);
  }
  const context = new Map([
    [fields.container, fields.containerContext],
    [fields.podSpec, fields.podContext],
  ]).get(own.type);
  if (context?.fields.has(key) !== true) return undefined;
  if (writtenAt(own.map, 'securityContext') === undefined) {
    return moveTo('a `securityContext`', [replaceText(keyAt, 'securityContext'), set(value.slot, { [key]: data })]);
  }
  const changes = setIn(own.map, key, data);
  return changes && moveTo('`securityContext`', [...changes, remove(value.slot)]);
}

function moveTo(where: string, change: readonly Change[]): ReportedFix {
  return { title: `Move it to ${where}`, safety: 'unsafe', change };
}

function isWeakening(key: string, value: Written): boolean {
  if (key === 'capabilities') return value.kind !== 'map' || writtenAt(value, 'add') !== undefined;
  return weakening.has(key) && dataOf(value) !== false;
}

function containersIn(spec: Written | undefined): readonly Written[] {
  if (spec === undefined) return [];
  return ['initContainers', 'containers'].flatMap((list) => writtenAt(spec, list)?.items() ?? []);
}

/** Gives a container, or a pod, the field in its securityContext, if it has none; undefined where that is not told. */
function setIn(owner: Written, key: string, data: Data): readonly Change[] | undefined {
  if (owner.kind !== 'map' || owner.via.length > 0) return undefined;
  const context = writtenAt(owner, 'securityContext');
  if (context !== undefined) {
    if ((context.kind !== 'map' && context.kind !== 'null') || context.via.length > 0) return undefined;
    if (writtenAt(context, key) !== undefined) return [];
  }
  return [set(owner.slotBelow('securityContext', key), data)];
}

/** True for other annotations, and for one whose profile is also written where it is read. */
function isReplaced({ spec, containers }: Pod, annotation: string): boolean {
  const isOfPod = annotation === podAnnotation;
  if (!isOfPod && !annotation.startsWith(containerAnnotation)) return true;
  if (spec.fields('securityContext', 'seccompProfile').kind !== 'absent') return true;
  const meant = containers.filter(
    ({ container }) => isOfPod || container.name === annotation.slice(containerAnnotation.length),
  );
  return meant.every(({ own }) => own.fields('securityContext', 'seccompProfile').kind !== 'absent');
}
