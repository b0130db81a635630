// Reads files before they are needed, so that linting one does not wait for the disk.
import { maximumBytes } from './decode.js';
import type { Files } from './files.js';

/** So many files are read while one is linted. */
const ahead = 8;

export interface Ahead {
  /** The bytes of a file. Files are asked for in the order of the paths: those of the next ones are on their way. */
  read(path: string): Promise<Uint8Array>;
  /** The file has changed: what was read of it is not handed out. */
  drop(path: string): void;
}

/** `paths` may grow and shrink while it is gone through. */
export function readAhead(files: Files, paths: Iterable<string>): Ahead {
  const coming = paths[Symbol.iterator]();
  const started = new Map<string, Promise<Uint8Array>>();
  const start = (path: string) => {
    const bytes = files.read(path, maximumBytes + 1);
    // Whoever asks for the file is told; a file that nobody asks for any more is nobody's trouble.
    bytes.catch(() => undefined);
    started.set(path, bytes);
    return bytes;
  };
  return {
    read(path) {
      const bytes = started.get(path) ?? start(path);
      while (started.size <= ahead) {
        const next = coming.next();
        if (next.done === true) break;
        if (!started.has(next.value)) start(next.value);
      }
      started.delete(path);
      return bytes;
    },
    drop: (path) => {
      started.delete(path);
    },
  };
}
