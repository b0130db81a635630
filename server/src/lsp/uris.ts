// Between the URIs of clients and the paths of Files.
import { URI } from 'vscode-uri';

/** Where a path lives: `file:`, or a file system of the client's. */
export interface Space {
  readonly scheme: string;
  readonly authority: string;
}

export function spaceOf(uri: URI): Space {
  return uri.scheme === 'file' ? { scheme: 'file', authority: '' } : { scheme: uri.scheme, authority: uri.authority };
}

export function sameSpace(a: Space, b: Space): boolean {
  return a.scheme === b.scheme && a.authority === b.authority;
}

/** The path of a URI, with `/` between its parts and none at its end. */
export function pathOf(uri: URI): string {
  const path = uri.scheme === 'file' ? uri.fsPath.replaceAll('\\', '/') : uri.path;
  return path.length > 1 && path.endsWith('/') && !path.endsWith(':/') ? path.slice(0, -1) : path;
}

export function uriOf(space: Space, path: string): string {
  if (space.scheme === 'file') return URI.file(path).toString();
  return URI.from({ ...space, path: path.startsWith('/') ? path : `/${path}` }).toString();
}

/** Clients write one URI in several ways (`file:///c%3A/x`, `file:///C:/x`); this is the way that it is compared in. */
export function sameUri(uri: string): string {
  return URI.parse(uri).toString();
}

/** Schemes of texts that stand for something else: an older version, a log, a search. */
const shadows =
  /^(?:plimsoll|git|gitlens|gitfs|review|pr|output|debug|search-editor|comment|conflictResolution|walkThrough.*|vscode-(?!vfs$|remote$|test-web$).*)$/i;

/** Whether texts of this scheme are somebody's work, to be linted. */
export function isWork(scheme: string): boolean {
  return !shadows.test(scheme);
}
