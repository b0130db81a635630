// A baseline: the findings that were there on the day when somebody began, so that only new ones are told of.
import type { Finding } from '../engine/finding.js';
import type { ReadFile } from '../engine/language.js';
import { addressName } from '../model/address.js';
import { join } from '../model/paths.js';
import { fingerprint } from '../text/fingerprint.js';
import type { FileId, Span } from '../text/span.js';
import { FilesError } from './files.js';
import type { Linted } from './lint-text.js';

/** What the baseline of a folder is called. */
export const baselineName = '.plimsoll-baseline.json';

const schema = 1;

/** Of what is marked, so much is compared. In UTF-16 units. */
const longestContent = 4096;

/** How often each finding of one file is held back, by its identity. */
export type HeldBack = ReadonlyMap<string, number>;

export interface Baseline {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** By the absolute path of the file. */
  readonly files: ReadonlyMap<FileId, HeldBack>;
}

/** A finding, as it is written into a baseline. */
interface Entry {
  /** Relative to the folder of the baseline. */
  readonly file: string;
  readonly rule: string;
  /** Where it stands, without a line: the resource, and the way to the place in it. */
  readonly at: string;
  /** A fingerprint of what is marked: nothing that a secret could be read from stands in the file. */
  readonly content: string;
  readonly count: number;
}

/**
 * What makes a finding the same one, though lines moved: its rule, the structural address of its place, and the text that
 * is marked, white space aside.
 */
function identityOf({ rule, at }: Finding, file: ReadFile): string {
  const content = fingerprint(contentAt(at.span, file).replaceAll(/\s+/g, ' ').trim());
  return [rule, addressName(file.addressOf(at.span.start)), content].join('\0');
}

/** In a Dockerfile the address says little, and what is marked may be a `sh`: there it is the whole line. */
function contentAt({ start, end }: Span, { source, text }: ReadFile): string {
  const from = source.kind === 'dockerfile' ? text.lastIndexOf('\n', start - 1) + 1 : start;
  const newline = source.kind === 'dockerfile' ? text.indexOf('\n', end) : end;
  return text.slice(from, Math.min(newline < 0 ? text.length : newline, from + longestContent));
}

/** Holds back the findings of a file that a baseline knows; where there are more of one than it knows, the last ones are new. */
export function withBaseline(linted: Linted, known: HeldBack | undefined): Linted {
  // A mistake in a config file takes back what somebody wanted: it is always told.
  if (known === undefined || linted.file.source.kind === 'config') return linted;
  const left = new Map(known);
  const findings = linted.findings.map((finding) => {
    if (finding.suppressed !== undefined) return finding;
    const identity = identityOf(finding, linted.file);
    const count = left.get(identity) ?? 0;
    if (count === 0) return finding;
    left.set(identity, count - 1);
    return { ...finding, suppressed: { by: 'baseline' as const, reason: 'It was there before.' } };
  });
  return { ...linted, findings };
}

/** How many findings of a file are held back. */
export function heldBackIn({ findings }: Linted): number {
  return findings.filter(({ suppressed }) => suppressed?.by === 'baseline').length;
}

/** The findings of a file that a baseline records: those that are shown, and those that one holds back. */
export function recorded({ file, findings }: Linted): HeldBack {
  return counted(
    file,
    findings.filter(({ suppressed }) => suppressed === undefined || suppressed.by === 'baseline'),
  );
}

/** All findings of a file, also those that a comment silences: another run may look behind it (`--no-inline-ignores`). */
export function present({ file, findings }: Linted): HeldBack {
  return counted(file, findings);
}

function counted(file: ReadFile, findings: readonly Finding[]): HeldBack {
  const counts = new Map<string, number>();
  if (file.source.kind === 'config') return counts;
  for (const finding of findings) {
    const identity = identityOf(finding, file);
    counts.set(identity, (counts.get(identity) ?? 0) + 1);
  }
  return counts;
}

/** The part of what was held back that is still there. What rules say that were not asked this time counts as there. */
export function stillThere(known: HeldBack, now: HeldBack, unasked?: ReadonlySet<string>): HeldBack {
  const left = [...known].map(([identity, count]) => {
    const [rule = ''] = identity.split('\0', 1);
    return [identity, unasked?.has(rule) === true ? count : Math.min(count, now.get(identity) ?? 0)] as const;
  });
  return new Map(left.filter(([, count]) => count > 0));
}

export function countOf(held: HeldBack): number {
  return [...held.values()].reduce((sum, count) => sum + count, 0);
}

/** @throws FilesError for a text that is no baseline. */
export function parseBaseline(text: string, folder: string): ReadonlyMap<FileId, HeldBack> {
  let contents: unknown;
  try {
    contents = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new FilesError("it is no JSON: 'plimsoll baseline' writes it anew");
  }
  const { schema: version, findings } = typeof contents === 'object' && contents !== null ? asRecord(contents) : {};
  if (version !== schema || !Array.isArray(findings)) {
    throw new FilesError("it is no baseline that this version reads: 'plimsoll baseline' writes it anew");
  }
  const files = new Map<FileId, Map<string, number>>();
  for (const [index, each] of findings.entries()) {
    const entry = readEntry(each);
    if (entry === undefined) throw new FilesError(`its finding number ${index + 1} is not understood`);
    const path = join(folder, entry.file);
    const held = files.get(path) ?? new Map<string, number>();
    files.set(path, held);
    const identity = [entry.rule, entry.at, entry.content].join('\0');
    held.set(identity, (held.get(identity) ?? 0) + entry.count);
  }
  return files;
}

function asRecord(value: object): { readonly [key: string]: unknown } {
  return { ...value };
}

function readEntry(value: unknown): Entry | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { file, rule, at, content, count = 1 } = asRecord(value);
  if (typeof file !== 'string' || typeof rule !== 'string' || typeof at !== 'string' || typeof content !== 'string') {
    return undefined;
  }
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0
    ? { file, rule, at, content, count }
    : undefined;
}

/**
 * The text of a baseline: one line for each finding, in an order that depends on nothing but them, so that changes are
 * easy to read and seldom in conflict. `nameOf` tells the path of a file from the folder of the baseline.
 */
export function baselineText(files: ReadonlyMap<FileId, HeldBack>, nameOf: (file: FileId) => string): string {
  const entries = [...files].flatMap(([file, held]) =>
    [...held].map(([identity, count]): Entry => {
      const [rule = '', at = '', content = ''] = identity.split('\0');
      return { file: nameOf(file), rule, at, content, count };
    }),
  );
  const lines = entries
    .map(({ count, ...entry }) => JSON.stringify(count === 1 ? entry : { ...entry, count }))
    .sort()
    .map((line) => `    ${line}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "schema": ${schema},\n  "findings": ${list}\n}\n`;
}
