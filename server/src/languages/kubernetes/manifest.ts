// A Kubernetes object as rules read it that no model of their own fits.
import type { Fields, Manifest } from '../../model/manifest.js';
import type { Place } from '../../text/span.js';
import { items, type YamlValue } from '../yaml/document.js';
import { manifestHostMounts } from './host-mounts.js';
import type { KubernetesObject } from './objects.js';
import { asBoolean, asInteger, asString, field, listField } from './values.js';

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

function fieldsOf(value: YamlValue, nameAt: Place): Fields {
  return {
    string: (...path) => field(value, path, nameAt, asString),
    boolean: (...path) => field(value, path, nameAt, asBoolean),
    number: (...path) => field(value, path, nameAt, asInteger),
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
