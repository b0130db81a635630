// What a path of the host is worth to an attacker. Each path is of one kind, so no two rules speak of the same mount.
import type { Orchestrator } from './workload.js';

/**
 * `socket`: the control socket of a container engine, or a directory that holds one.
 * `sensitive`: the system of the host, its engine's data, or credentials of a node. `credential`: what the person who
 * runs Compose is known by elsewhere. `other`: anything else.
 */
type HostPathKind = 'socket' | 'sensitive' | 'credential' | 'other';

const socketNames: ReadonlySet<string> = new Set([
  'docker.sock',
  'containerd.sock',
  'crio.sock',
  'podman.sock',
  'dockershim.sock',
  'cri-dockerd.sock',
]);

const socketDirectories: ReadonlySet<string> = new Set([
  '/run',
  '/run/containerd',
  '/run/crio',
  '/run/docker',
  '/run/docker/containerd',
  '/run/k3s',
  '/run/k3s/containerd',
  '/run/podman',
  '~/.docker/run',
]);

/** Sensitive with all that lies below them. */
const systemTrees: readonly string[] = [
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib32',
  '/lib64',
  '/libx32',
  '/proc',
  '/root',
  '/run',
  '/sbin',
  '/sys',
  '/usr',
  '/var/lib/containerd',
  '/var/lib/containers',
  '/var/lib/docker',
  '/var/lib/kubelet',
];

/** Sensitive as a whole; what lies below them is for programs to keep their data in. */
const systemRoots: ReadonlySet<string> = new Set(['/', '/home', '/opt', '/var']);

/** On a node the data of etcd is that of the cluster, and a home is no developer's: credentials are those of the cloud. */
const nodeTrees: readonly string[] = ['/var/lib/etcd'];
const cloudCredentials = /\/(?:\.aws|\.azure|\.config\/gcloud)(?:\/|$)/;

/** Where programs keep the keys, tokens and passwords of their user, from the home on, with all that lies below. */
const userCredentials: readonly string[] = [
  '.aws',
  '.azure',
  '.cargo/credentials',
  '.cargo/credentials.toml',
  '.config/doctl',
  '.config/gcloud',
  '.config/gh',
  '.config/rclone',
  '.config/sops',
  '.docker/config.json',
  '.git-credentials',
  '.gnupg',
  '.kube',
  '.local/share/keyrings',
  '.my.cnf',
  '.netrc',
  '.npmrc',
  '.oci',
  '.password-store',
  '.pgpass',
  '.pypirc',
  '.ssh',
  '.terraform.d/credentials.tfrc.json',
  '.vault-token',
];

/** Directories that hold some of these beside other things. */
const credentialHolders: ReadonlySet<string> = new Set(['.config', '.docker']);

/** Where Docker Desktop offers the SSH agent of its user. */
const desktopAgent = '/run/host-services/ssh-auth.sock';

const homes: readonly RegExp[] = [
  /^~[^/]*(?:\/|$)/,
  /^\/(?:var\/)?home\/[^/]+\//,
  /^\/Users\/[^/]+\//,
  /^(?:[A-Za-z]:|(?:\/mnt)?\/[a-z])\/Users\/[^/]+\//,
];

/** Judges a cleaned path. A relative one stays inside the project and is never more than `other`. */
export function hostPathKind(path: string, orchestrator: Orchestrator): HostPathKind {
  if (isEngineSocket(path) || socketDirectories.has(unlinked(path))) return 'socket';
  if (orchestrator === 'compose' && isUserCredential(path)) return 'credential';
  if (systemRoots.has(path) || isWithin(path, systemTrees)) return 'sensitive';
  if (orchestrator === 'kubernetes' && (isWithin(path, nodeTrees) || cloudCredentials.test(path))) return 'sensitive';
  return 'other';
}

/** Whether a path is a home that is spelled as one, holds credentials in a home, or is the socket of an SSH agent. */
function isUserCredential(path: string): boolean {
  if (path === desktopAgent) return true;
  const below = belowHome(path);
  if (below === undefined) return false;
  return below === '' || credentialHolders.has(below) || isWithin(below, userCredentials);
}

/** What a path is from a home on; undefined where it is in none. */
function belowHome(path: string): string | undefined {
  const slashed = /^[A-Za-z]:/.test(path) ? path.replaceAll('\\', '/') : path;
  for (const home of homes) {
    const start = home.exec(slashed)?.[0];
    if (start !== undefined) return slashed.slice(start.length);
  }
  return undefined;
}

/** Whether the path is the control socket of a container engine itself, or its named pipe on Windows. */
export function isEngineSocket(path: string): boolean {
  if (/^[\\/]+(?:\.[\\/])?pipe[\\/](?:docker_engine|containerd-containerd)$/i.test(path)) return true;
  return /^[/~]/.test(path) && socketNames.has(path.slice(path.lastIndexOf('/') + 1));
}

/** Whether a cleaned path is one of the directories or lies below one: by whole segments, so `/etcetera` is not in `/etc`. */
export function isWithin(path: string, directories: readonly string[]): boolean {
  const real = unlinked(path);
  return directories.some((directory) => real === directory || real.startsWith(`${directory}/`));
}

/** `/var/run` is a link to `/run` on every current system. */
function unlinked(path: string): string {
  return path === '/var/run' || path.startsWith('/var/run/') ? path.slice('/var'.length) : path;
}
