// Patterns that say which registries and publishers are trusted: `ghcr.io/acme`, `*.example.com`, `docker.io/library`.
import { isRegistryHost } from './image-reference.js';

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A pattern, read. */
interface Pattern {
  /** What the name begins with; of `*.example.com`, what stands behind the `*`. */
  readonly beginning: string;
  /** How long the end of the host is that `*.example.com` names; undefined where the host is written whole. */
  readonly hostEnd: number | undefined;
  /** Whether the name may go on in the middle of a path part. */
  readonly open: boolean;
}

/** Lists are read once: they are the same for all images of all files. */
const readLists = new WeakMap<readonly string[], readonly Pattern[]>();

/**
 * Whether an image comes from where one of the patterns says. A pattern is the beginning of a name, in whole path parts;
 * without a host it is completed as names are (`nginx` is `docker.io/library/nginx`). A `*` in front stands for the
 * beginning of the host, a `*` at the end for the rest of the name. Hosts of this machine match with any port.
 */
export function matchesRegistry(patterns: readonly string[], registry: string, repository: string): boolean {
  const read = readLists.get(patterns) ?? patterns.flatMap((pattern) => readPattern(pattern) ?? []);
  readLists.set(patterns, read);
  if (read.length === 0) return false;
  const names = namesOf(registry, repository);
  return read.some((pattern) => matches(pattern, registry, names));
}

function readPattern(pattern: string): Pattern | undefined {
  const text = pattern.trim().toLowerCase().replace(/\/$/, '');
  if (text === '') return undefined;
  const open = text.endsWith('*');
  const beginning = open ? text.slice(0, -1) : text;
  if (text === '*') return { beginning, hostEnd: undefined, open };
  if (!beginning.startsWith('*')) return { beginning: withHost(beginning), hostEnd: undefined, open };
  const ending = beginning.slice(1);
  const [hostEnd = ''] = ending.split('/', 1);
  return { beginning: ending, hostEnd: hostEnd.length, open };
}

/** The first of the names is the whole one. */
function matches({ beginning, hostEnd, open }: Pattern, registry: string, names: readonly string[]): boolean {
  if (hostEnd === undefined) return names.some((name) => begins(name, beginning, open));
  const from = registry.length - hostEnd;
  return from >= 0 && names[0] !== undefined && begins(names[0].slice(from), beginning, open);
}

function withHost(text: string): string {
  const [first = ''] = text.split('/', 1);
  if (isRegistryHost(first)) return text;
  return first === text ? `docker.io/library/${text}` : `docker.io/${text}`;
}

function namesOf(registry: string, repository: string): readonly string[] {
  const names = [`${registry}/${repository}`];
  const host = registry.replace(/:\d+$/, '');
  if (loopback.has(host)) names.push(`${host}/${repository}`);
  // An official image also has the name that people write.
  if (registry === 'docker.io') names.push(`${registry}/${repository.replace(/^library\//, '')}`);
  return names;
}

function begins(name: string, beginning: string, open: boolean): boolean {
  return name.startsWith(beginning) && (open || name.length === beginning.length || name[beginning.length] === '/');
}
