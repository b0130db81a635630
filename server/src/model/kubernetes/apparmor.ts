// Where pods of Kubernetes name the AppArmor profiles of their containers.

import type { Fields } from '../fields.js';
import type { Located } from '../located.js';
import type { Pod } from './pod.js';

/** The start of the annotations of a pod; the name of a container follows. */
export const appArmorAnnotation = 'container.apparmor.security.beta.kubernetes.io/';

/** The first minor version that has fields for it. It reads the annotations all the same. */
export const appArmorFieldSince = 30;

/** The type of profile that the field of a pod, or of a container itself, asks for. */
export function appArmorField(owner: Fields): Located<string> {
  return owner.string('securityContext', 'appArmorProfile', 'type');
}

/** The profile that the annotation for a container asks for. */
export function annotatedAppArmor({ template }: Pod, container: string): Located<string> {
  return template.string('metadata', 'annotations', appArmorAnnotation + container);
}
