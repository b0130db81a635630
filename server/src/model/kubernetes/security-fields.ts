// The fields of a pod that decide what its processes may do, and keys that were meant to be one of them.
import { closest } from '../../text/closest.js';
import type { Written } from '../written.js';
import type { ObjectType, UnknownKey } from './schema.js';

/** Where a field belongs, in words for messages. */
export type Home =
  | 'spec of a pod'
  | 'spec of a pod or container'
  | 'securityContext of a pod'
  | 'securityContext of a container'
  | 'securityContext of a pod or container';

export interface SecurityFields {
  readonly homes: ReadonlyMap<string, Home>;
  readonly podSpec: ObjectType;
  readonly podContext: ObjectType;
  readonly container: ObjectType;
  readonly containerContext: ObjectType;
}

/** What a key that has no effect has to do with security. */
export type SecurityKey =
  /** It stands where it belongs, in wrong letters. */
  | { readonly kind: 'misspelt'; readonly meant: string }
  | { readonly kind: 'misplaced'; readonly meant: string; readonly home: Home }
  /** In a securityContext, where nothing tells what was meant. */
  | { readonly kind: 'unknown' };

const ofPodSpec = [
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'hostUsers',
  'automountServiceAccountToken',
  'shareProcessNamespace',
];

const read = new WeakMap<ObjectType, SecurityFields>();

/** The fields of security; `pod` is the type of a Pod. Undefined where it does not have them. */
export function securityFieldsOf(pod: ObjectType): SecurityFields | undefined {
  const known = read.get(pod);
  if (known !== undefined) return known;
  const podSpec = typeAt(pod, 'spec');
  const podContext = typeAt(podSpec, 'securityContext');
  const container = typeAt(podSpec, 'containers');
  const containerContext = typeAt(container, 'securityContext');
  if (podSpec === undefined || podContext === undefined) return undefined;
  if (container === undefined || containerContext === undefined) return undefined;
  const homes = new Map<string, Home>([['securityContext', 'spec of a pod or container']]);
  for (const field of ofPodSpec) homes.set(field, 'spec of a pod');
  for (const field of podContext.fields.keys()) homes.set(field, 'securityContext of a pod');
  for (const field of containerContext.fields.keys()) {
    homes.set(
      field,
      podContext.fields.has(field) ? 'securityContext of a pod or container' : 'securityContext of a container',
    );
  }
  const fields = { homes, podSpec, podContext, container, containerContext };
  read.set(pod, fields);
  return fields;
}

/** Undefined for a key that has nothing to do with security. */
export function securityKeyOf({ key, inside }: UnknownKey, fields: SecurityFields): SecurityKey | undefined {
  const { homes } = fields;
  const misplaced = (name: string): SecurityKey | undefined => {
    const home = homes.get(name);
    return home === undefined ? undefined : { kind: 'misplaced', meant: name, home };
  };
  const exact = misplaced(key);
  if (exact !== undefined) return exact;
  const isInContext = inside.some(({ type }) => type === fields.podContext || type === fields.containerContext);
  const meant = meantKey(key, inside);
  if (meant !== undefined && (isInContext || homes.has(meant))) return { kind: 'misspelt', meant };
  const small = key.toLowerCase();
  const elsewhere = [...homes.keys()].find((name) => name.toLowerCase() === small);
  if (elsewhere !== undefined) return misplaced(elsewhere);
  return isInContext ? { kind: 'unknown' } : undefined;
}

/** The field of its own map that a key was probably meant to be. */
export function meantKey(key: string, inside: UnknownKey['inside']): string | undefined {
  return closest(key, (inside.at(-1) ?? inside[0]).type.fields.keys());
}

/** Whether a key can be renamed, i.e. no other key of its map has that name. */
export function canBeNamed(name: string, inside: UnknownKey['inside']): boolean {
  return !keysOf((inside.at(-1) ?? inside[0]).map).has(name);
}

const keys = new WeakMap<Written, ReadonlySet<string>>();

/** Kept, since a map may have thousands of keys that are all wrong. */
function keysOf(map: Written): ReadonlySet<string> {
  const known = keys.get(map);
  if (known !== undefined) return known;
  const found = new Set(map.entries().map(({ key }) => key));
  keys.set(map, found);
  return found;
}

function typeAt(type: ObjectType | undefined, field: string): ObjectType | undefined {
  const found = type?.fields.get(field);
  const item = found?.kind === 'list' ? found.of : found;
  return item?.kind === 'object' ? item.type : undefined;
}
