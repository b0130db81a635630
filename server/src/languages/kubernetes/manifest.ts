// A Kubernetes object as rules read it that no model of their own fits.
import type { Fields, Key, Manifest } from '../../model/manifest.js';
import type { Place } from '../../text/span.js';
import { entries, items, placeOf, slotOf, type YamlValue } from '../yaml/document.js';
import type { Decode } from '../yaml/locate.js';
import { manifestHostMounts } from './host-mounts.js';
import type { KubernetesObject } from './objects.js';
import { mayHoldMore } from './template.js';
import { asBoolean, asInteger, asMappedText, asString, asText, field, listField } from './values.js';

export function readManifest(object: KubernetesObject): Manifest {
  const { apiVersion, group, kind, kindAt, name, nameAt, value } = object;
  return {
    ...fieldsOf(value, nameAt),
    apiVersion,
    group,
    kind,
    kindAt,
    name,
    nameAt,
    get namespace() {
      return field(value, ['metadata', 'namespace'], nameAt, asString);
    },
    get hostMounts() {
      return manifestHostMounts(object);
    },
  };
}

/** What is below a map; `nameAt` is where what is missing in it is reported. */
export function fieldsOf(value: YamlValue, nameAt: Place): Fields {
  return {
    at: placeOf(value),
    slot: slotOf(value),
    string: (...path) => field(value, path, nameAt, asString),
    text: (...path) => field(value, path, nameAt, asMappedText),
    boolean: (...path) => field(value, path, nameAt, asBoolean),
    number: (...path) => field(value, path, nameAt, asInteger),
    scalar: (...path) => field(value, path, nameAt, asText),
    keys: (...path) => field(value, path, nameAt, asKeys),
    fields: (...path) =>
      field(value, path, nameAt, (found) =>
        found.node?.kind === 'map' ? { value: fieldsOf(found, nameAt) } : undefined,
      ),
    list: (...path) =>
      field(value, path, nameAt, (found) => {
        if (found.node?.kind !== 'sequence') return undefined;
        const maps = items(found).filter((item) => item.node?.kind === 'map');
        return { value: maps.map((item) => fieldsOf(item, nameAt)) };
      }),
    strings: (...path) => listField(value, path, nameAt, asString),
  };
}

/** A map that a template may add to has keys that nobody knows. */
const asKeys: Decode<readonly Key[]> = (value) => {
  if (value.node?.kind !== 'map' || mayHoldMore(value)) return undefined;
  return { value: entries(value).map(({ key, keyAt }) => ({ name: key, at: keyAt })) };
};
