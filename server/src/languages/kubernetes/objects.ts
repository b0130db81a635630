// The Kubernetes objects of a document: itself, or the items of a list.
import type { Manifest } from '../../model/kubernetes/manifest.js';
import type { Place } from '../../text/span.js';
import { asOwner, get, placeOf, type YamlDocument, type YamlValue } from '../yaml/document.js';
import type { ResourceSpan } from '../yaml/file.js';
import { groupOf, itemKind } from './pod-places.js';
import { itemsAt, stringAt } from './values.js';

/** Lists in lists in lists: nobody writes more, and an alias inside its own anchor would never end. */
const maxListDepth = 3;

export interface KubernetesObject
  extends Pick<Manifest, 'apiVersion' | 'group' | 'kind' | 'kindAt' | 'name' | 'nameAt'> {
  /** False for a patch, which another object completes. */
  readonly complete: boolean;
  /** The owner of what is below it. */
  readonly value: YamlValue;
}

/** What the items of a typed list (`DeploymentList`) need not say again. */
interface Inherited {
  readonly apiVersion: string;
  readonly kind: string;
  readonly kindAt: Place;
}

/** The objects of a document in order; `arePatches`: others complete all of them. Lists count for their items, not for themselves. */
export function objectsOf(document: YamlDocument, arePatches: boolean): readonly KubernetesObject[] {
  const found: KubernetesObject[] = [];
  collect(document.root, undefined, 0, found);
  return arePatches ? found.map((object) => ({ ...object, complete: false })) : found;
}

function collect(value: YamlValue, inherited: Inherited | undefined, depth: number, found: KubernetesObject[]): void {
  const kind = stringAt(value, 'kind') ?? absentAt(value, 'kind', inherited?.kind, inherited?.kindAt);
  const apiVersion =
    stringAt(value, 'apiVersion') ?? absentAt(value, 'apiVersion', inherited?.apiVersion, inherited?.kindAt);
  if (kind === undefined || apiVersion === undefined) return;
  const ofItems = itemKind(kind.text);
  if (ofItems !== undefined && get(value, 'items') !== undefined) {
    if (depth === maxListDepth) return;
    const hint = ofItems === '' ? undefined : { apiVersion: apiVersion.text, kind: ofItems, kindAt: kind.at };
    for (const item of itemsAt(value, ['items'])) collect(item, hint, depth + 1, found);
    return;
  }
  const metadata = get(value, 'metadata');
  const name = metadata === undefined ? undefined : (get(metadata, 'name') ?? get(metadata, 'generateName'));
  const known = metadata === undefined ? undefined : stringAt(metadata, 'name');
  found.push({
    apiVersion: apiVersion.text,
    group: groupOf(apiVersion.text),
    kind: kind.text,
    kindAt: kind.at,
    name: known?.text ?? '',
    nameAt: name?.node === undefined ? kind.at : placeOf(name),
    complete: !isDirected(value),
    value: asOwner(value),
  });
}

/** `$patch: delete` and the like say what a patch does with the map that they are in. */
export function isDirected(value: YamlValue): boolean {
  return get(value, '$patch') !== undefined;
}

/** The object by its name, with the text that is its. */
export function resourceOf({ kind, name, value }: KubernetesObject): ResourceSpan {
  const metadata = get(value, 'metadata');
  const namespace = metadata === undefined ? undefined : stringAt(metadata, 'namespace');
  return { span: placeOf(value).span, resource: { kind, namespace: namespace?.text, name } };
}

function absentAt(value: YamlValue, key: string, text: string | undefined, at: Place | undefined) {
  return get(value, key) === undefined && text !== undefined && at !== undefined ? { text, at } : undefined;
}
