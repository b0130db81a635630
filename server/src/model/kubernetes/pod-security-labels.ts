// What namespaces ask of the pods in them: the labels that the Pod Security admission controller reads
// (kubernetes.io/docs/concepts/security/pod-security-admission).
import type { Place } from '../../text/span.js';
import type { Manifest } from './manifest.js';

export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/** What the controller does with a pod that does not meet the level: refuse it, warn whoever made it, or write it down. */
export type PodSecurityMode = 'enforce' | 'warn' | 'audit';

/** From the one with the least consequences. */
const podSecurityModes: readonly PodSecurityMode[] = ['audit', 'warn', 'enforce'];

export interface PodSecurityLabel {
  readonly mode: PodSecurityMode;
  readonly level: PodSecurityLevel;
  /** The minor version whose rules count; undefined: those of the cluster. */
  readonly minor: number | undefined;
  /** The value of the label. */
  readonly at: Place;
}

/** A namespace, as one file has it. */
export interface NamespaceLevels {
  readonly name: string;
  readonly labels: readonly PodSecurityLabel[];
}

const prefix = 'pod-security.kubernetes.io/';
/** A file without these bytes says nothing of levels. */
export const podSecurityMark: string = prefix;

const levels: ReadonlySet<string> = new Set<PodSecurityLevel>(['privileged', 'baseline', 'restricted']);

/** The levels that a Namespace sets; undefined for an object of another kind and for one without any. */
export function namespaceLevels(manifest: Manifest): NamespaceLevels | undefined {
  const { group, kind, name } = manifest;
  if (kind !== 'Namespace' || group !== '' || name === '') return undefined;
  const labels = podSecurityModes.flatMap((mode): readonly PodSecurityLabel[] => {
    const level = label(manifest, mode);
    if (level.kind !== 'known' || !isLevel(level.value)) return [];
    const version = label(manifest, `${mode}-version`);
    const minor = version.kind === 'known' ? /^v1\.(\d{1,3})$/.exec(version.value)?.[1] : undefined;
    return [{ mode, level: level.value, minor: minor === undefined ? undefined : Number(minor), at: level.at }];
  });
  return labels.length === 0 ? undefined : { name, labels };
}

function label(manifest: Manifest, name: string) {
  return manifest.string('metadata', 'labels', prefix + name);
}

function isLevel(text: string): text is PodSecurityLevel {
  return levels.has(text);
}

/** Whether a pod that breaks these items of standards is below a level. */
export function breaksLevel(standards: readonly string[], level: PodSecurityLevel): boolean {
  if (level === 'privileged') return false;
  return standards.includes('pss/baseline') || (level === 'restricted' && standards.includes('pss/restricted'));
}
