// One Kubernetes object, for rules about kinds that have no model of their own.
import type { Place } from '../../text/span.js';
import type { Fields } from '../fields.js';
import type { Located } from '../located.js';
import type { HostMount } from '../workload.js';
import type { Written } from '../written.js';

export interface Manifest extends Fields {
  /** `apps/v1`; the core group has no slash. */
  readonly apiVersion: string;
  /** `apps`; empty for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly kindAt: Place;
  /** Empty where it has none (`generateName`, a patch), or it cannot be told. */
  readonly name: string;
  /** The value of `metadata.name` or `generateName`; the kind where there is neither. */
  readonly nameAt: Place;
  readonly namespace: Located<string>;
  /** False for a patch, which another object completes: nothing may be called missing there. */
  readonly complete: boolean;
  /** The host paths that it offers itself: PersistentVolume `spec.hostPath` and `spec.local`. */
  readonly hostMounts: readonly HostMount[];
  /** All that is written in it. */
  readonly written: Written;
}
