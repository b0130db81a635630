// What the containers of a pod may take of CPU and memory, and what is kept for them.

import type { Fields } from '../fields.js';
import type { Located } from '../located.js';
import { named } from '../quoted.js';
import type { Pod, PodContainer } from './pod.js';

export type Resource = 'cpu' | 'memory';

/** A container without a limit or a request. */
export interface Unlimited {
  /** The container as the subject of a sentence. */
  readonly subject: string;
  readonly own: Fields;
  /** Absent, or a zero that stands for no limit. */
  readonly at: Located<string>;
}

/**
 * The containers that have no limit. One of the pod itself holds for all of them. Ephemeral containers can have none. An
 * unfinished container, or a quantity that cannot be told, is not listed.
 */
export function withoutLimit(pod: Pod, resource: Resource): readonly Unlimited[] {
  if (!isNone(pod.spec.scalar('resources', 'limits', resource))) return [];
  return candidates(pod).flatMap(({ container, own }) => {
    const at = own.scalar('resources', 'limits', resource);
    return isNone(at) ? [{ subject: named('container', container.name), own, at }] : [];
  });
}

/** The containers that have no request. A limit is one too, where nothing else is said. */
export function withoutRequest(pod: Pod, resource: Resource): readonly Unlimited[] {
  if (has(pod.spec.scalar('resources', 'requests', resource))) return [];
  return withoutLimit(pod, resource).flatMap(({ subject, own }) => {
    const at = own.scalar('resources', 'requests', resource);
    return has(at) ? [] : [{ subject, own, at }];
  });
}

function candidates({ containers }: Pod): readonly PodContainer[] {
  return containers.filter(({ list, container }) => list !== 'ephemeralContainers' && container.complete);
}

function has(quantity: Located<string>): boolean {
  return quantity.kind !== 'absent';
}

/** The kubelet takes a limit of zero for none. */
function isNone(quantity: Located<string>): boolean {
  return quantity.kind === 'absent' || (quantity.kind === 'known' && isZero(quantity.value));
}

/** Whether a quantity is zero, whatever its unit. */
export function isZero(quantity: string): boolean {
  return /^[+-]?0+(?:\.0*)?[A-Za-z]*$/.test(quantity);
}
