// The environment variables of a container, and how the value of one could come from a Secret.
import { type Change, type Data, replaceText, set } from '../../model/change.js';
import type { EnvironmentVariable } from '../../model/environment.js';
import { entries, get, placeOf, slotOf, type YamlValue } from '../yaml/document.js';
import { lookup } from '../yaml/locate.js';
import type { PodSource } from './pod.js';
import { holdsCondition } from './template.js';
import { asString, field, itemsAt, stringAt } from './values.js';

export function readEnvironment(
  pod: PodSource,
  container: YamlValue,
  containerName: string | undefined,
): readonly EnvironmentVariable[] {
  const list = get(container, 'env');
  const condition = list !== undefined && holdsCondition(list) ? ({ conditional: true } as const) : {};
  return itemsAt(container, ['env']).flatMap((item): readonly EnvironmentVariable[] => {
    const name = stringAt(item, 'name');
    if (name === undefined) return [];
    const value = field(item, ['value'], name.at, asString);
    const taken = lookup(item, ['valueFrom']);
    const variable = { name: name.text, nameAt: name.at, literal: true, slot: slotOf(item), ...condition };
    if (taken.kind !== 'missing') {
      const from = taken.kind === 'found' ? taken.value : taken.by;
      const unknown = { kind: 'unknown', at: placeOf(from), via: from.via, slot: value.slot } as const;
      return [{ ...variable, value: unknown, literal: false, externalise: undefined }];
    }
    if (value.kind !== 'known') return [{ ...variable, value, externalise: undefined }];
    const secret = secretName(pod.object.name || containerName);
    const change = referToSecret(item, name.text, { secretKeyRef: { name: secret, key: name.text } });
    return [{ ...variable, value, externalise: { kind: 'secret-reference', change } }];
  });
}

/** Renames `value` to `valueFrom` and exchanges what is behind it; an item that merges its value is written anew. */
function referToSecret(item: YamlValue, name: string, valueFrom: Data): Change | readonly Change[] {
  const value = get(item, 'value');
  const key = entries(item).find((entry) => entry.key === 'value');
  const keyIsPlain = key !== undefined && key.keyAt.span.end - key.keyAt.span.start === 'value'.length;
  if (value === undefined || !keyIsPlain || value.via.length > item.via.length) {
    return set(slotOf(item), { name, valueFrom });
  }
  return [replaceText(key.keyAt, 'valueFrom'), set(slotOf(value), valueFrom)];
}

/** A name that a Secret can have. */
function secretName(owner: string | undefined): string {
  const name = (owner ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 200);
  return name === '' ? 'app-secret' : `${name}-secret`;
}
