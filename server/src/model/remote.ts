// What Compose and BuildKit fetch from elsewhere, and whether it can be something else tomorrow.

export type Remote =
  /** It is named by its content: a commit, a digest, a checksum. */
  | { readonly state: 'pinned' }
  /** Named by a version, which is hardly ever given to something else. */
  | { readonly state: 'versioned' }
  | { readonly state: 'loose'; readonly lacks: 'commit' | 'digest' | 'checksum' }
  /** Nothing keeps those on the way from changing it. */
  | { readonly state: 'open' };

const git = /^(?:(?:git|ssh):\/\/|github\.com\/|[\w.-]+@[\w.-]+:)|^https?:\/\/[^?#]+\.git(?:[?#]|$)/;
const download = /^https?:\/\//;
const image = /^oci:\/\//;
const unencrypted = /^(?:http|git):\/\//;
const hash = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const hashInPath = /[/=:-](?:[0-9a-f]{40}|[0-9a-f]{64})(?![0-9a-f])/;
const version = /^(?:refs\/tags\/|v?\d+(?:\.\d+)+)/;

/** Undefined for what is on this machine. */
export function remoteOf(text: string): Remote | undefined {
  if (image.test(text)) return ofImage(text);
  const isGit = git.test(text);
  if (!isGit && !download.test(text)) return undefined;
  const state = isGit ? ofGit(text) : ofDownload(text);
  return state.state !== 'pinned' && unencrypted.test(text) ? { state: 'open' } : state;
}

/** `URL#ref:directory`, or `URL?ref=…&commit=…&subdir=…`. */
function ofGit(text: string): Remote {
  const [address = '', fragment = ''] = cut(text, '#');
  const [ref = ''] = cut(fragment, ':');
  const [, query = ''] = cut(address, '?');
  const parts = query.split('&').map((part) => cut(part, '='));
  const values = (...names: readonly string[]) =>
    parts.flatMap(([name = '', value = '']) => (names.includes(name) ? value : []));
  const refs = [ref, ...values('ref', 'tag', 'branch')];
  if ([...refs, ...values('commit', 'checksum')].some((value) => hash.test(value))) return { state: 'pinned' };
  return refs.some((value) => version.test(value)) || values('tag').length > 0
    ? { state: 'versioned' }
    : { state: 'loose', lacks: 'commit' };
}

function ofDownload(text: string): Remote {
  return hashInPath.test(text) ? { state: 'pinned' } : { state: 'loose', lacks: 'checksum' };
}

function ofImage(text: string): Remote {
  if (/@sha(?:256|512):[0-9a-f]{64,128}$/.test(text)) return { state: 'pinned' };
  const tag = text.slice(text.lastIndexOf('/') + 1).split(':')[1] ?? '';
  return version.test(tag) ? { state: 'versioned' } : { state: 'loose', lacks: 'digest' };
}

/** The address as it may be shown: without a user and a password in it. */
export function shown(text: string): string {
  return text.replace(/^([a-z]+:\/\/)[^/?#@]*@/, '$1');
}

function cut(text: string, at: string): readonly string[] {
  const index = text.indexOf(at);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}
