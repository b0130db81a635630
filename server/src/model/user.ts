/** The user a process runs as, as far as the file tells. */
export interface ContainerUser {
  readonly text: string;
  readonly uid: number | undefined;
  /** A name, where no numeric id is written. */
  readonly name: string | undefined;
}

/** Reads `user`, `uid`, `user:group` and `uid:gid` (Dockerfile USER, Compose `user`). */
export function containerUser(text: string): ContainerUser {
  const user = (text.split(':', 1)[0] ?? '').trim();
  if (/^\d+$/.test(user)) return { text, uid: Number(user), name: undefined };
  return { text, uid: undefined, name: user };
}

/** Whether the user is root: id 0 or the name `root`; on Windows `ContainerAdministrator`. */
export function isRoot(user: ContainerUser): boolean {
  return user.uid === 0 || user.name === 'root' || user.name?.toLowerCase() === 'containeradministrator';
}
