// Patterns that say which registries and publishers are trusted: `ghcr.io/acme`, `*.example.com`, `docker.io/library`.
import { isRegistryHost } from './image-reference.js';

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether an image comes from where a pattern says. A pattern is the beginning of a name, in whole path parts; without a
 * host it is completed as names are (`nginx` is `docker.io/library/nginx`). A `*` in front stands for the beginning of
 * the host, a `*` at the end for the rest of the name. Hosts of this machine match with any port.
 */
export function matchesRegistry(pattern: string, registry: string, repository: string): boolean {
  const text = pattern.trim().toLowerCase().replace(/\/$/, '');
  if (text === '') return false;
  if (text === '*') return true;
  const open = text.endsWith('*');
  const beginning = open ? text.slice(0, -1) : text;
  if (beginning.startsWith('*')) {
    const ending = beginning.slice(1);
    const [hostEnd = ''] = ending.split('/', 1);
    const from = registry.length - hostEnd.length;
    return from >= 0 && begins(`${registry}/${repository}`.slice(from), ending, open);
  }
  const wanted = withHost(beginning);
  return namesOf(registry, repository).some((name) => begins(name, wanted, open));
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
