// Which downloads of a build step bring something that ends up in the image, or is used to make it.
import { filesWrittenBy, innermost, isDownload } from '../../../model/download.js';
import type { ShellCommand } from '../../../model/shell-command.js';

export interface Artefact {
  readonly download: ShellCommand;
  /** Where it is written to, as it is written in the command; undefined where it is unpacked at once. */
  readonly file: string | undefined;
}

const unpackers: ReadonlySet<string> = new Set([
  'bsdtar',
  'bunzip2',
  'cpio',
  'funzip',
  'gunzip',
  'gzip',
  'tar',
  'unxz',
  'unzip',
  'unzstd',
  'xz',
  'zcat',
  'zstd',
]);

/** Keys, lists of sources, signatures and sums, and answers of a server that are read as text. */
const noArtefact =
  /^-$|^\/dev\/|\.(?:asc|gpg|key|pub|pem|crt|cer|list|sources|repo|sig|sha\d+(?:sum)?s?|md5|json|xml|txt|html?)$|SUMS?$|(?:^|\/)trusted\.gpg\.d\/|(?:^|\/)keyrings\//i;

/** Options with which a command asks a server, and fetches nothing from it. */
const asks = /^--(?:head|request|data[a-z-]*|form|json|spider|checksum=.*)$/;
const curlAsks = /^-[A-Za-z]*[IXdF]$/;

/** The downloads among the commands of a step that write or unpack a file. */
export function artefactsOf(commands: readonly ShellCommand[]): readonly Artefact[] {
  const inner = new Set(commands.flatMap(({ runs }) => runs ?? []));
  const readers = new Map(commands.map((command) => [command.pipedFrom, command]));
  return commands.flatMap((download) => {
    if (inner.has(download) || !isDownload(download) || !fetches(download)) return [];
    const files = filesWrittenBy(download);
    const file = files.find((each) => !noArtefact.test(each));
    if (file !== undefined) return { download, file };
    const reader = readers.get(download);
    if (reader === undefined) return [];
    return unpackers.has(innermost(reader).name ?? '') ? { download, file: undefined } : [];
  });
}

function fetches(download: ShellCommand): boolean {
  const { name, words } = innermost(download);
  const urls = urlsOf(download);
  if (urls.length > 0 && urls.every((url) => /^(?:file|data):|:\/\/(?:localhost|127\.|\[::1\])/.test(url)))
    return false;
  return !words.some(({ text = '' }) => asks.test(text) || (name === 'curl' && curlAsks.test(text)));
}

export function isUnencrypted(download: ShellCommand): boolean {
  return urlsOf(download).some((url) => /^(?:http|ftp):/.test(url));
}

function urlsOf(download: ShellCommand): readonly string[] {
  return innermost(download).words.flatMap(({ text, raw }) => {
    const written = (text ?? raw).replace(/^["']/, '');
    return /^[a-z]+:\/\//.test(written) ? written : [];
  });
}
