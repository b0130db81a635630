// What a service names that stands at the top level of the project, beside other services.
import type { Known } from '../located.js';
import type { ComposeFields } from './fields.js';
import type { ComposeService } from './service.js';

export function networkReferences({ networks }: ComposeService): readonly Known<string>[] {
  return networks.flatMap(({ named }) => (named.kind === 'known' ? named : []));
}

/** Named volumes; a path and a volume without a name refer to nothing. */
export function volumeReferences({ mounts }: ComposeService): readonly Known<string>[] {
  return mounts.flatMap(({ type, source }) =>
    type === 'volume' && source.kind === 'known' && source.value !== '' ? source : [],
  );
}

/** Those that the container gets, and those that only its build gets. */
export function secretReferences({ fields }: ComposeService): readonly Known<string>[] {
  return [...sources(fields, ['secrets']), ...sources(fields, ['build', 'secrets'])];
}

export function configReferences({ fields }: ComposeService): readonly Known<string>[] {
  return sources(fields, ['configs']);
}

export function modelReferences({ fields }: ComposeService): readonly Known<string>[] {
  const keys = fields.keys('models');
  if (keys.kind !== 'known') return sources(fields, ['models']);
  return keys.value.flatMap(({ name }) => {
    const key = fields.key(['models', name]);
    return key.kind === 'known' ? { ...key, value: name } : [];
  });
}

/** The names in a list whose items are a name or a map with a `source`. */
function sources(fields: ComposeFields, path: readonly string[]): readonly Known<string>[] {
  const short = fields.strings(...path);
  if (short.kind !== 'known') return [];
  const long = fields.items(...path);
  return short.value.flatMap((name, index) => {
    if (name.kind === 'known') return name;
    const item = long.kind === 'known' ? long.value[index] : undefined;
    const source = item?.kind === 'known' ? item.value.string('source') : undefined;
    return source?.kind === 'known' ? source : [];
  });
}
