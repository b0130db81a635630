// Lints texts of other formats inside a file: Dockerfiles in Compose files.
import type { Finding, RuleFailure } from '../engine/finding.js';
import type { EmbeddedText, ReadFile } from '../engine/language.js';
import { runRules } from '../engine/run-rules.js';
import type { Settings } from '../engine/settings.js';
import type { Change } from '../model/change.js';
import { appliesTo } from '../standards/standards.js';
import type { MappedText } from '../text/mapped-text.js';
import type { Place } from '../text/span.js';
import { type LintRequest, readText } from './read-text.js';
import { unaskedRules } from './shell-checks.js';

export interface LintedInside {
  /** The file, which can also make changes inside those texts. */
  readonly file: ReadFile;
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
  /** The texts, read. */
  readonly texts: readonly TextInside[];
  /** How many errors of syntax the texts have. */
  readonly errors: number;
}

/** A text inside a file, and what was read from it, whose places are those of the text. */
export interface TextInside {
  readonly text: MappedText;
  readonly read: ReadFile;
}

/** Undefined where there is nothing of the kind. */
export function lintEmbedded(request: LintRequest, file: ReadFile): LintedInside | undefined {
  const { rules, readDockerfile, settings: outer, dockerfileSettings: inner = outer } = request;
  if (file.embedded === undefined || readDockerfile === undefined) return undefined;
  // The ignores of a config file speak of the file around, which also says which of its stages is built.
  const settings: Settings = { ...inner, ignores: [], dockerfileTarget: undefined };
  const findings: Finding[] = [];
  const failures: RuleFailure[] = [];
  const inside = new Map<number, Inside>();
  let errors = 0;
  for (const embedded of file.embedded) {
    const read = readInside({ ...request, settings }, readDockerfile, embedded);
    const unasked = unaskedRules([read], request.shellFindings);
    const result = runRules({ file: read, rules, settings, appliesTo, unasked });
    findings.push(...result.findings.map((finding) => moved(finding, embedded)));
    failures.push(...result.failures);
    errors += read.source.problems.filter(({ kind }) => kind === 'syntax').length;
    inside.set(embedded.text.place.span.start, { embedded, read });
  }
  const texts = [...inside.values()].map(({ embedded: { text }, read }) => ({ text, read }));
  return { file: withEditsInside(file, inside), findings, failures, texts, errors };
}

interface Inside {
  readonly embedded: EmbeddedText;
  readonly read: ReadFile;
}

function readInside(
  { file, mode, rules, settings, shellFindings }: LintRequest,
  read: NonNullable<LintRequest['readDockerfile']>,
  { kind, text, hidden }: EmbeddedText,
): ReadFile {
  return readText({ file, mode, rules, settings, kind, read, text: text.value, hidden, shellFindings });
}

function withEditsInside(file: ReadFile, inside: ReadonlyMap<number, Inside>): ReadFile {
  return {
    ...file,
    edits(change) {
      if (change.kind !== 'embedded') return file.edits(change);
      const found = inside.get(change.at);
      const edits = found?.read.edits(change.change);
      return edits === undefined ? undefined : found?.embedded.edits(edits);
    },
  };
}

/** From the text to the file that it stands in. Where its place cannot be told exactly, all of the text is meant. */
function moved(finding: Finding, { text }: EmbeddedText): Finding {
  const { start: at } = text.place.span;
  const place = ({ span }: Place) => text.part(span.start, span.end);
  const change = (one: Change): Change => ({ kind: 'embedded', at, change: one });
  return {
    ...finding,
    at: place(finding.at),
    related: finding.related.map((related) => ({ ...related, at: place(related.at) })),
    fixes: finding.fixes.map((fix) => ({ ...fix, changes: fix.changes.map(change) })),
  };
}
