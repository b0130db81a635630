// Image references as the container engines read them (distribution/reference, "docker.io/library/nginx:1.27@sha256:…").
import type { MappedText } from '../text/mapped-text.js';
import type { Place } from '../text/span.js';
import type { Format } from './format.js';
import type { Located } from './located.js';

export interface ImageReference {
  /** As written (after interpolation). */
  readonly text: string;
  /** Lower-case host with its port; `docker.io` where none is written. */
  readonly registry: string;
  /** Path below the registry, with `library/` added for official Docker Hub images. */
  readonly repository: string;
  readonly tag: string | undefined;
  /** With its algorithm, e.g. `sha256:…`. */
  readonly digest: string | undefined;
  /** The name as written, without tag and digest. */
  readonly nameAt: Place;
  readonly tagAt: Place | undefined;
  readonly digestAt: Place | undefined;
}

/** Where a reference is used. */
export type ImageRole =
  | 'container'
  | 'base'
  | 'copy-source'
  | 'mount-source'
  | 'syntax'
  | 'cache'
  | 'build-context'
  | 'volume';

/** One use of an image that comes from outside the file: never a build stage, `scratch` or the name of what is built here. */
export interface ImageUse {
  readonly format: Format;
  readonly role: ImageRole;
  readonly reference: Located<ImageReference>;
}

/**
 * Whether the first path part of a name is a host: it holds a dot or a colon, is `localhost` or has upper-case letters
 * (distribution/reference, `splitDockerDomain`).
 */
export function isRegistryHost(part: string): boolean {
  return /[.:]/.test(part) || part === 'localhost' || part !== part.toLowerCase();
}

/** Whether engines take it for a host (distribution/reference, `domain` and `port`). */
function isValidHost(host: string): boolean {
  return /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:]+\])(?::\d+)?$/.test(host);
}

/** `REGISTRY/app`: a word in capitals stands where somebody is to write a host. */
function isPlaceholder(host: string): boolean {
  return /^[A-Z][A-Z0-9-]+$/.test(host);
}

/** Splits a reference. Returns undefined for a text that is no reference at all. */
export function parseImageReference(source: MappedText): ImageReference | undefined {
  const text = source.value;
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const named = at < 0 ? text : text.slice(0, at);
  const lastSlash = named.lastIndexOf('/');
  const colon = named.indexOf(':', lastSlash + 1);
  const nameEnd = colon < 0 ? named.length : colon;
  const name = named.slice(0, nameEnd);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  if (!/^[\w[][\w.\-/:@+[\]]*$/.test(text) || /\/\/|\/$/.test(named) || name === '' || tag === '' || digest === '')
    return undefined;
  const firstSlash = name.indexOf('/');
  const first = firstSlash < 0 ? '' : name.slice(0, firstSlash);
  const isHost = isRegistryHost(first);
  if (isHost && (!isValidHost(first) || isPlaceholder(first))) return undefined;
  let registry = isHost ? first.toLowerCase() : 'docker.io';
  if (registry === 'index.docker.io' || registry === 'registry-1.docker.io' || registry === 'registry.docker.com')
    registry = 'docker.io';
  let repository = isHost ? name.slice(firstSlash + 1) : name;
  // `YOUR_IMAGE`: a placeholder, which every engine refuses.
  if (repository !== repository.toLowerCase()) return undefined;
  if (registry === 'docker.io' && !repository.includes('/')) repository = `library/${repository}`;
  return {
    text,
    registry,
    repository,
    tag,
    digest,
    nameAt: source.part(0, nameEnd),
    tagAt: tag === undefined ? undefined : source.part(nameEnd + 1, named.length),
    digestAt: digest === undefined ? undefined : source.part(at + 1, text.length),
  };
}

/** The last part of the path: what the image is, whoever copied it. */
export function imageName({ repository }: ImageReference): string {
  return repository.slice(repository.lastIndexOf('/') + 1);
}
