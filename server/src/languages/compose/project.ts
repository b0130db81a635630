// The project as rules see it: the services, and what they use by name.
import type { ComposeProject, ComposeResource } from '../../model/compose/project.js';
import { entries, get, placeOf, type YamlValue } from '../yaml/document.js';
import { isNull } from '../yaml/node.js';
import { composeFields } from './fields.js';
import type { Service } from './service.js';
import { type ComposeValues, castBoolean, field, isReset } from './values.js';

export function readProject(
  values: ComposeValues,
  root: YamlValue,
  services: readonly Service[],
  rest: Omit<ComposeProject, 'services' | 'networks' | 'volumes' | 'secrets' | 'configs' | 'models' | 'fields'>,
): ComposeProject {
  const resources = (key: string) => readResources(values, root, key);
  return {
    services,
    networks: resources('networks'),
    volumes: resources('volumes'),
    secrets: resources('secrets'),
    configs: resources('configs'),
    models: resources('models'),
    fields: composeFields(values, root, placeOf(root)),
    ...rest,
  };
}

function readResources(values: ComposeValues, root: YamlValue, key: string): readonly ComposeResource[] {
  const section = get(root, key);
  if (section === undefined) return [];
  return entries(section).flatMap(({ key: name, keyAt, value }) => {
    if (name.startsWith('x-') || isReset(value)) return [];
    const external = field(value, 'external');
    return {
      name,
      nameAt: keyAt,
      fields: composeFields(values, value, keyAt),
      external: external === undefined || isNull(external.node) ? false : isExternal(values, external),
    };
  });
}

/** `external: {name: x}` is the old way to say that it is. */
function isExternal(values: ComposeValues, external: YamlValue): boolean | undefined {
  if (external.node?.kind === 'map') return true;
  const text = values.known(external);
  return text === undefined ? undefined : castBoolean(text.value);
}
