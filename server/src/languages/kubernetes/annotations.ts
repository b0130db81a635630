// The annotations of an object and of the pod templates in it: other tools take ignores from there.
import type { Annotation } from '../../engine/language.js';
import { entries, get, placeOf, type YamlValue } from '../yaml/document.js';
import type { KubernetesObject } from './objects.js';
import type { PodSource } from './pod.js';
import { asString } from './values.js';

export interface Annotated {
  readonly object: KubernetesObject;
  readonly pods: readonly PodSource[];
}

export function annotationsOf({ object, pods }: Annotated): readonly Annotation[] {
  const own = annotationsAt(object.value, 'object');
  // A Pod is its own template.
  const templates = pods.filter(({ template }) => template.node !== object.value.node);
  return [...own, ...templates.flatMap(({ template }) => annotationsAt(template, 'pod-template'))];
}

function annotationsAt(owner: YamlValue, of: Annotation['of']): readonly Annotation[] {
  const metadata = get(owner, 'metadata');
  const annotations = metadata === undefined ? undefined : get(metadata, 'annotations');
  if (annotations === undefined) return [];
  const scope = placeOf(owner).span;
  return entries(annotations).map(({ key, value }) => ({ key, value: asString(value)?.value ?? '', of, scope }));
}
