// Answers which project a Compose file is a part of, and what that comes to when all of its files are merged.
import { URI } from 'vscode-uri';
import { folderOf, nameOf } from '../model/paths.js';
import {
  type NamedProject,
  placeNames,
  projectFiles,
  projectsOf,
  projectText,
  unreadText,
} from '../service/effective-compose.js';
import { FilesError } from '../service/files.js';
import type { Linted } from '../service/lint-text.js';
import type { Documents } from './documents.js';
import type { EffectiveComposeParams, EffectiveComposeResult } from './protocol.js';
import type { Root, Roots } from './roots.js';
import { isWork, pathOf, uriOf } from './uris.js';

export interface EffectiveComposeRequest {
  readonly documents: Documents;
  readonly roots: Roots;
}

/** Null for what is no Compose file, cannot be read, or is asked for in other words. */
export async function effectiveCompose(
  value: unknown,
  request: EffectiveComposeRequest,
): Promise<EffectiveComposeResult | null> {
  const params = readParams(value);
  const found = params === undefined ? undefined : await read(params.uri, request);
  if (params === undefined || found?.linted.file.source.kind !== 'compose') return null;
  const { linted, root, path } = found;
  const idOf = ({ project }: NamedProject) => project.main.map((file) => uriOf(root.space, file)).join(' ');
  const projects = projectsOf(linted);
  const project = projects.find((each) => idOf(each) === params.project) ?? projects[0];
  if (project === undefined) {
    return {
      project: '',
      name: nameOf(path),
      text: unreadText(linted),
      files: [{ uri: params.uri, name: nameOf(path) }],
      projects: [],
    };
  }
  const where = placeNames(linted, root.path);
  return {
    project: idOf(project),
    name: project.name,
    text: projectText(project, linted),
    files: projectFiles(project, linted).map(({ file, name }) => ({ uri: uriOf(root.space, file), name })),
    projects: projects.map((each) => ({
      project: idOf(each),
      name: each.name,
      file: where.file(each.project.main[0] ?? folderOf(path)),
    })),
  };
}

function readParams(value: unknown): EffectiveComposeParams | undefined {
  if (typeof value !== 'object' || value === null || !('uri' in value) || typeof value.uri !== 'string')
    return undefined;
  const project = 'project' in value && typeof value.project === 'string' ? value.project : undefined;
  return { uri: value.uri, project };
}

interface Found {
  readonly linted: Linted;
  readonly root: Root;
  readonly path: string;
}

/** An open document with its newest text, or a file as it is on the disk. */
async function read(uri: string, { documents, roots }: EffectiveComposeRequest): Promise<Found | undefined> {
  if (documents.get(uri) !== undefined) return documents.lint(uri);
  const at = URI.parse(uri);
  const root = isWork(at.scheme) ? await roots.of(at) : undefined;
  if (root === undefined || !root.reads || !root.enabled) return undefined;
  const path = pathOf(at);
  await root.workspace.prepare(path);
  try {
    const linted = await root.workspace.lintPath(path);
    return typeof linted === 'string' ? undefined : { linted, root, path };
  } catch (error) {
    if (error instanceof FilesError) return undefined;
    throw error;
  }
}
