// Images that a Compose file takes from outside: those of services, caches, build contexts and image volumes.
import {
  type ImageReference,
  type ImageRole,
  type ImageUse,
  parseImageReference,
} from '../../model/image-reference.js';
import type { Located } from '../../model/located.js';
import type { MappedText } from '../../text/mapped-text.js';
import type { Place } from '../../text/span.js';
import { entries, slotOf, type YamlValue } from '../yaml/document.js';
import { locate } from '../yaml/locate.js';
import type { YamlNode } from '../yaml/node.js';
import type { Service } from './service.js';
import { absent, type ComposeValues, field, hasContainer, isShort, listItems } from './values.js';

const contextScheme = 'docker-image://';

/** The image of a service. Beside `build`, it only names what is built. */
export function serviceImage(values: ComposeValues, service: YamlValue, nameAt: Place): Located<ImageReference> {
  if (field(service, 'build') !== undefined) return absent(service, nameAt, 'image');
  return locate(
    service,
    ['image'],
    nameAt,
    values.decode((text) => (isShort(text) ? parseImageReference(text) : undefined)),
  );
}

/** What the images that services build are called. */
export function builtNames(values: ComposeValues, services: readonly Service[]): ReadonlySet<string> {
  return new Set(services.flatMap(({ value }) => (hasContainer(value) ? builtBy(values, value) : [])));
}

/**
 * Every use of an image from outside. A reference that services share by an anchor is one use. `built`: the names of what
 * is built in the project.
 */
export function readImages(
  values: ComposeValues,
  services: readonly Service[],
  built: ReadonlySet<string>,
): readonly ImageUse[] {
  const uses: ImageUse[] = [];
  const seen = new Set<YamlNode>();
  const isNew = ({ node }: YamlValue): boolean => node !== undefined && !seen.has(node) && seen.add(node) !== undefined;
  const add = (role: ImageRole, value: YamlValue, text: MappedText | undefined) => {
    const reference = text === undefined || !isShort(text) ? undefined : parseImageReference(text);
    if (text === undefined || reference === undefined || !isNew(value)) return;
    const at = text.part(0, text.value.length);
    uses.push({
      format: 'compose',
      role,
      reference: { kind: 'known', value: reference, at, via: value.via, slot: slotOf(value) },
    });
  };
  for (const { value: service, image: imageOf } of services) {
    if (!hasContainer(service)) continue;
    const image = imageOf();
    const value = field(service, 'image');
    const isBuilt = image.kind === 'known' && built.has(fullName(image.value));
    if (value !== undefined && image.kind !== 'absent' && !isBuilt && isNew(value)) {
      uses.push({ format: 'compose', role: 'container', reference: image });
    }
    for (const item of listItems(field(service, 'build', 'cache_from')))
      add('cache', item, cacheReference(values, item));
    for (const context of contexts(service)) add('build-context', context, contextReference(values, context));
    for (const volume of listItems(field(service, 'volumes'))) {
      const type = field(volume, 'type');
      const source = field(volume, 'source');
      if (type === undefined || source === undefined || values.known(type)?.value !== 'image') continue;
      add('volume', source, values.known(source));
    }
  }
  return uses;
}

function fullName(reference: ImageReference): string {
  return `${reference.registry}/${reference.repository}:${reference.tag ?? 'latest'}`;
}

function builtBy(values: ComposeValues, service: YamlValue): readonly string[] {
  const build = field(service, 'build');
  if (build === undefined) return [];
  return [field(service, 'image'), ...listItems(field(build, 'tags'))].flatMap((value) => {
    const text = value === undefined ? undefined : values.known(value);
    const reference = text === undefined || !isShort(text) ? undefined : parseImageReference(text);
    return reference === undefined ? [] : [fullName(reference)];
  });
}

/** `alpine:3` or `type=registry,ref=alpine:3`. */
function cacheReference(values: ComposeValues, item: YamlValue): MappedText | undefined {
  const text = values.known(item);
  if (text === undefined || !/(?:^|,)type=/.test(text.value)) return text;
  if (!/(?:^|,)type=registry(?:,|$)/.test(text.value)) return undefined;
  const reference = /(?:^|,)ref=([^,]*)/.exec(text.value);
  if (reference === null) return undefined;
  const end = reference.index + reference[0].length;
  return text.slice(end - (reference[1] ?? '').length, end);
}

function contexts(service: YamlValue): readonly YamlValue[] {
  const value = field(service, 'build', 'additional_contexts');
  if (value === undefined) return [];
  return value.node?.kind === 'sequence' ? listItems(value) : entries(value).map((entry) => entry.value);
}

/** `docker-image://alpine:3`, in a list with `name=` before it. */
function contextReference(values: ComposeValues, context: YamlValue): MappedText | undefined {
  const text = values.known(context);
  const at = text === undefined ? -1 : text.value.indexOf(contextScheme);
  if (text === undefined || at < 0 || /[/:]/.test(text.value.slice(0, at))) return undefined;
  return text.slice(at + contextScheme.length, text.value.length);
}
