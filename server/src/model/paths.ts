// Paths with `/` between their parts.

/** The folder that holds a path; the path itself at the top. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return path;
  return slash === 0 || path[slash - 1] === ':' ? path.slice(0, slash + 1) : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function join(folder: string, name: string): string {
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`;
}

/** The way from a folder to a path in or below it, empty for the folder itself; undefined for a path elsewhere. */
export function below(folder: string, path: string): string | undefined {
  if (path === folder) return '';
  const start = folder.endsWith('/') ? folder : `${folder}/`;
  return path.startsWith(start) ? path.slice(start.length) : undefined;
}

/**
 * Where a relative path leads from a folder, `.` and `..` followed. Undefined for a path that is absolute, is a URL, or
 * has a backslash, which is a part of a name on one system and a separator on another.
 */
export function resolveFrom(folder: string, relative: string): string | undefined {
  if (relative.startsWith('/') || relative.includes('\\') || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(relative))
    return undefined;
  let path = folder;
  for (const part of relative.split('/')) {
    if (part === '..') path = folderOf(path);
    else if (part !== '' && part !== '.') path = join(path, part);
  }
  return path;
}
