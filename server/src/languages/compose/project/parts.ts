// What the finder of projects asks about the files of one.
import type { ComposeFiles } from '../../../engine/language.js';
import type { FileId } from '../../../text/span.js';
import { entries, get } from '../../yaml/document.js';
import { readBuild } from '../build.js';
import { parseDotenv } from '../dotenv.js';
import { field } from '../values.js';
import { type Assembled, assemble } from './assembly.js';

/** The files that a project would read besides those that it has. */
export function wantedBy(files: ComposeFiles): readonly FileId[] {
  return assemble(files, new Map()).wanted;
}

/** The Dockerfiles on this machine that the services of a project are built from. */
export function dockerfilesOf(files: ComposeFiles): readonly FileId[] {
  if (![...files.texts.values()].some((text) => text.includes('build'))) return [];
  const assembled = assemble(files, new Map());
  const found = new Set<FileId>();
  for (const { value } of servicesOf(assembled)) {
    const file = readBuild(assembled.values, assembled.folders, value)?.file;
    if (file !== undefined) found.add(file);
  }
  return [...found];
}

/** Whether a service of a project has its Dockerfile in the Compose file. */
export function hasInlineDockerfile(files: ComposeFiles): boolean {
  return [...files.texts.values()].some((text) => text.includes('dockerfile_inline'));
}

/** All files that a project was read from. */
export function membersOf(files: ComposeFiles): readonly FileId[] {
  return [...assemble(files, new Map()).documents.keys()];
}

/**
 * Whether a file can only be meant to be merged onto another project: it has a service of that one without saying what
 * runs in it.
 */
export function isFragmentOf(file: ComposeFiles, base: ComposeFiles): boolean {
  const known = new Set(servicesOf(assemble(base, new Map())).map(({ key }) => key));
  return servicesOf(assemble(file, new Map())).some(
    ({ key, value }) => known.has(key) && !sources.some((source) => field(value, source) !== undefined),
  );
}

const sources: readonly string[] = ['image', 'build', 'extends', 'provider'];

function servicesOf({ root }: Assembled) {
  const services = root === undefined ? undefined : get(root, 'services');
  return services === undefined ? [] : entries(services);
}

/** The files that `COMPOSE_FILE` lists in a file of variables; undefined where it is not there, or cannot be told. */
export function listedFiles(dotenv: string): readonly string[] | undefined {
  const variables = parseDotenv(dotenv);
  const list = variables.get('COMPOSE_FILE');
  if (list === undefined || list === '') return undefined;
  return list.split(variables.get('COMPOSE_PATH_SEPARATOR') || ':').filter((name) => name !== '');
}
