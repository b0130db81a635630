// Numbers of users and groups that a security context gives, each where it is written.
import { is, type Known } from '../located.js';
import { named } from '../quoted.js';
import type { Pod } from './pod.js';

export interface WrittenId {
  /** Whom it is given to, as the subject of a sentence. */
  readonly subject: string;
  readonly id: Known<number>;
}

/**
 * The values of a field that containers inherit from their pod, once for each place where one is written. That of the
 * pod counts where a container takes it. There is none on Windows, which knows no such numbers.
 */
export function writtenIds(pod: Pod, field: 'runAsUser' | 'runAsGroup'): readonly WrittenId[] {
  const { workload, spec, containers } = pod;
  if (workload.os === 'windows') return [];
  const own = containers.map(({ container, own }) => ({
    subject: named('container', container.name),
    id: own.number('securityContext', field),
  }));
  const ofPod = { subject: named(workload.kind, workload.name), id: spec.number('securityContext', field) };
  const isTaken = own.length === 0 || own.some(({ id }) => id.kind === 'absent');
  return [...(isTaken ? [ofPod] : []), ...own].flatMap(({ subject, id }) =>
    id.kind === 'known' ? [{ subject, id }] : [],
  );
}

/** Whether the numbers of its users and groups are those of its host, as far as the file tells. */
export function sharesIdsWithHost({ workload }: Pod): boolean {
  return !is(workload.ownUserNamespace, true);
}

/** Those ids that are no root's but lower than `lowest`. Empty where the pod has ids of its own. */
export function lowIds(pod: Pod, field: 'runAsUser' | 'runAsGroup', lowest: number): readonly WrittenId[] {
  if (!sharesIdsWithHost(pod)) return [];
  return writtenIds(pod, field).filter(({ id }) => id.value > 0 && id.value < lowest);
}
