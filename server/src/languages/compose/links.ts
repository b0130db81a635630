// The files that a Compose file names.
import type { FileLink } from '../../engine/language.js';
import type { FileId } from '../../text/span.js';
import { entries, placeOf, type YamlDocument, type YamlValue } from '../yaml/document.js';
import { pathIn, readBuild } from './build.js';
import { type ComposeValues, field, listItems } from './values.js';

export interface Named {
  readonly file: FileId;
  readonly values: ComposeValues;
  readonly folders: ReadonlyMap<YamlDocument, string>;
  /** Those of the file, as they are written. */
  readonly documents: readonly YamlDocument[];
  /** The services of its project, merged: a Dockerfile may be named in one file and its folder in another. */
  readonly services: readonly YamlValue[];
}

/** Each place once, though anchors may be used by many. */
export function readLinks(named: Named): readonly FileLink[] {
  const { file, values, folders, documents, services } = named;
  const links = new Map<number, FileLink>();
  const add = (value: YamlValue, path: FileId | undefined) => {
    const text = values.known(value);
    if (path === undefined || text === undefined || value.document.file !== file) return;
    const at = text.value === '' ? placeOf(value) : text.part(0, text.value.length);
    if (!links.has(at.span.start)) links.set(at.span.start, { at, path });
  };
  for (const service of services) {
    const build = readBuild(values, folders, service);
    for (const value of build?.named ?? []) add(value, build?.file);
  }
  for (const { root } of documents) for (const value of pathsIn(root)) add(value, pathIn(values, folders, value));
  return [...links.values()].sort((a, b) => a.at.span.start - b.at.span.start);
}

/** The scalars of a document that are paths of files, from the folder that it counts from. */
function* pathsIn(root: YamlValue): Generator<YamlValue> {
  for (const item of oneOrMany(field(root, 'include'))) {
    yield* oneOrMany(item.node?.kind === 'map' ? field(item, 'path') : item);
    yield* oneOrMany(field(item, 'env_file'));
  }
  for (const service of below(root, 'services')) {
    yield* oneOrMany(field(service, 'extends', 'file'));
    yield* oneOrMany(field(service, 'label_file'));
    for (const item of oneOrMany(field(service, 'env_file'))) {
      yield* oneOrMany(item.node?.kind === 'map' ? field(item, 'path') : item);
    }
  }
  for (const key of ['secrets', 'configs']) {
    for (const resource of below(root, key)) yield* oneOrMany(field(resource, 'file'));
  }
}

function below(root: YamlValue, key: string): readonly YamlValue[] {
  const section = field(root, key);
  return section === undefined ? [] : entries(section).map(({ value }) => value);
}

function oneOrMany(value: YamlValue | undefined): readonly YamlValue[] {
  if (value === undefined) return [];
  return value.node?.kind === 'sequence' ? listItems(value) : [value];
}
