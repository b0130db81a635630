// How files are reached. The doors (cli/, lsp/) bring an implementation; nothing here knows a file system.

export type EntryKind = 'file' | 'folder' | 'link' | 'other';

export interface FolderEntry {
  readonly name: string;
  readonly kind: EntryKind;
}

/** Paths are absolute and have `/` between their parts. Every method rejects with a {@link FilesError}. */
export interface Files {
  /**
   * The first bytes of a file, at most `limit` of them. With `within`, a path is refused that links lead out of all of
   * these folders: files that nobody named come with the repository, and could show what lies elsewhere.
   */
  read(path: string, limit: number, within?: readonly string[]): Promise<Uint8Array>;
  /** What is in a folder, in any order. Links are named, not followed. */
  list(path: string): Promise<readonly FolderEntry[]>;
  /** What stands at a path, links followed; undefined where nothing does. */
  stat(path: string): Promise<'file' | 'folder' | 'other' | undefined>;
}

/** Something that could not be reached, with a reason for people: "permission denied". */
export class FilesError extends Error {
  override readonly name = 'FilesError';
  /** What could not be reached, where that is not the path that was asked for. */
  readonly path: string | undefined;

  constructor(message: string, path?: string) {
    super(message);
    this.path = path;
  }
}
