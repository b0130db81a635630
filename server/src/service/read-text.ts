// Reads one text, or says why it is not read.
import type { ReadFile, ReadRequest } from '../engine/language.js';
import type { Rule } from '../engine/rule.js';
import type { Settings } from '../engine/settings.js';
import type { FileKind } from '../model/format.js';
import type { FileId } from '../text/span.js';
import { limitOf } from './decode.js';

/** Reads a text of one kind. */
export type Reader = (request: ReadRequest) => ReadFile;

export interface LintRequest extends Omit<ReadRequest, 'kubernetesMinor' | 'target'> {
  readonly kind: FileKind;
  readonly read: Reader;
  /** What reads Dockerfiles inside the file; undefined: they are not looked at. */
  readonly readDockerfile?: Reader | undefined;
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  /** Those of Dockerfiles inside the file; undefined: the same. */
  readonly dockerfileSettings?: Settings | undefined;
  /** Why the text must not be linted, where its bytes said so already. */
  readonly limit?: string | undefined;
}

/** Reads a text for the targets of its settings. */
export function readText(request: LintRequest): ReadFile {
  const { kind, read, readDockerfile: _, rules: __, settings, dockerfileSettings: ___, limit, ...rest } = request;
  const reason = limit ?? limitOf(request.text) ?? emptiness(kind, request.text);
  return reason === undefined
    ? read({ ...rest, kubernetesMinor: settings.kubernetesMinor, target: settings.dockerfileTarget })
    : unreadFile(request.file, kind, request.text, reason);
}

/** Docker and Compose refuse an empty file, and silence about it would look like praise; an empty config says nothing. */
function emptiness(kind: FileKind, text: string): string | undefined {
  const isEmpty = kind !== 'config' && text.length < 4096 && text.trim() === '';
  return isEmpty ? 'The file is empty: there is nothing to check.' : undefined;
}

/** A file that was not read: nothing is known of it but the reason, which stands on its first character. */
function unreadFile(id: FileId, kind: FileKind, text: string, reason: string): ReadFile {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  // One line, and no half of a character.
  const [first = ''] = text.slice(start, start + 2);
  const at = { file: id, span: { start, end: start + (/[\r\n]/.test(first) ? 0 : first.length) } };
  return {
    source: { id, kind, problems: [{ kind: 'limit', at, message: reason }] },
    text,
    subjects: {},
    comments: () => [],
    scopeBelow: () => undefined,
    blockAt: () => undefined,
    lackingAt: () => undefined,
    annotations: () => [],
    addressOf: () => ({ resource: undefined, path: '' }),
    edits: () => undefined,
  };
}
