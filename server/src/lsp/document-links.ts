// Links from a Compose file to the files that it names, and from a Dockerfile to stages and to lines of `.dockerignore`.
import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { below } from '../model/paths.js';
import { ignoredSources } from '../service/docker-ignored.js';
import { FilesError } from '../service/files.js';
import { oneLine } from '../text/one-line.js';
import type { Documents } from './documents.js';
import type { Root, Roots } from './roots.js';
import { pathOf, uriOf } from './uris.js';

/** Of more files it is not asked whether they are there. */
const maxLinks = 500;

/** What a link needs to be followed. */
interface LinkData {
  /** The document that it is in. */
  readonly uri: string;
  readonly path: string;
  /** Counted from 0. */
  readonly line?: number | undefined;
}

/** Those to files of the workspace that are there; where each leads is for {@link resolveLink} to say. */
export async function documentLinks(
  { textDocument }: DocumentLinkParams,
  documents: Documents,
): Promise<DocumentLink[] | null> {
  const target = await documents.lint(textDocument.uri);
  const named = target?.linted.file.links?.();
  if (target === undefined || named === undefined) return null;
  const { document, root, linted } = target;
  const ignored = await ignoredSources(linted, target.path, { files: root.files, within: [root.path] });
  const links = [...named, ...ignored];
  const found = links.slice(0, maxLinks).map(async ({ at, path, line }): Promise<DocumentLink | undefined> => {
    const range = { start: document.positionAt(at.span.start), end: document.positionAt(at.span.end) };
    const inside = below(root.path, path);
    if (range.start.line !== range.end.line) return undefined;
    if (line !== undefined && path === target.path) {
      return { range, tooltip: `Go to line ${line + 1}`, data: { uri: document.uri, path, line } };
    }
    if (inside === undefined || !(await isFile(root, path))) return undefined;
    const data: LinkData = { uri: document.uri, path, line };
    const tooltip = line === undefined ? `Open ${inside}` : `Left out of the build by line ${line + 1} of ${inside}`;
    return { range, tooltip: oneLine(tooltip), data };
  });
  return (await Promise.all(found)).filter((link) => link !== undefined);
}

/** A link with its target, unless that is gone or leads out of the workspace. */
export async function resolveLink(link: DocumentLink, roots: Roots): Promise<DocumentLink> {
  const data: unknown = link.data;
  if (!isLinkData(data)) return link;
  const at = URI.parse(data.uri);
  const root = await roots.of(at);
  // Of the document itself, its client knows the name, and it need not be on a disk.
  const isOwn = data.path === pathOf(at);
  const isReached = isOwn && data.line !== undefined;
  if (!isReached && (below(root.path, data.path) === undefined || !(await isReadable(root, data.path)))) return link;
  const target = isOwn ? data.uri : uriOf(root.space, data.path);
  return { ...link, target: data.line === undefined ? target : `${target}#L${data.line + 1}` };
}

function isLinkData(data: unknown): data is LinkData {
  return (
    typeof data === 'object' &&
    data !== null &&
    'uri' in data &&
    typeof data.uri === 'string' &&
    'path' in data &&
    typeof data.path === 'string' &&
    (!('line' in data) || data.line === undefined || typeof data.line === 'number')
  );
}

async function isFile({ files }: Root, path: string): Promise<boolean> {
  return answered(async () => (await files.stat(path)) === 'file');
}

async function isReadable({ files, path: top }: Root, path: string): Promise<boolean> {
  return answered(async () => {
    if ((await files.stat(path)) !== 'file') return false;
    await files.read(path, 1, [top]);
    return true;
  });
}

async function answered(question: () => Promise<boolean>): Promise<boolean> {
  try {
    return await question();
  } catch (error) {
    if (error instanceof FilesError) return false;
    throw error;
  }
}
