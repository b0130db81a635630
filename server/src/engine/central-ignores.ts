// The ignores of a config file: for files that nobody here may edit, with a reason, and until a day.
import type { Resource } from '../model/address.js';
import type { Place } from '../text/span.js';
import type { Finding } from './finding.js';
import type { ReadFile } from './language.js';

export interface CentralIgnore {
  readonly rules: readonly string[];
  /** Patterns with the meaning of `.gitignore`; undefined: all files that the config file speaks for. */
  readonly files: readonly string[] | undefined;
  /**
   * A name, `kind/name` or `namespace/kind/name`, each part with `*` for any text; undefined: everything. The kind is
   * taken in upper or lower case.
   */
  readonly resource: string | undefined;
  readonly reason: string;
  /** The last day on which it counts, `2026-12-31`; undefined: for ever. */
  readonly until: string | undefined;
  /** Its item in the config file. */
  readonly at: Place;
}

/** The first ignore that speaks of a finding which nothing else silences; `ignores` are those for the file. */
export function centralIgnoreOf(
  finding: Finding,
  file: ReadFile,
  ignores: readonly CentralIgnore[],
): CentralIgnore | undefined {
  let resource: Resource | undefined;
  let isKnown = false;
  return ignores.find((ignore) => {
    if (!ignore.rules.includes(finding.rule)) return false;
    if (ignore.resource === undefined) return true;
    if (!isKnown) resource = file.addressOf(finding.at.span.start).resource;
    isKnown = true;
    return resource !== undefined && matchesResource(ignore.resource, resource);
  });
}

function matchesResource(pattern: string, { kind, namespace, name }: Resource): boolean {
  // The name of an unnamed build stage is an image, which may hold slashes itself.
  if (fitsText(pattern, name)) return true;
  const [first = '', ...others] = pattern.split('/');
  const [second = '', ...last] = others;
  if (others.length > 0 && fitsKind(first, kind) && fitsText(others.join('/'), name)) return true;
  return (
    last.length > 0 && fitsText(first, namespace ?? '') && fitsKind(second, kind) && fitsText(last.join('/'), name)
  );
}

function fitsKind(pattern: string, kind: string): boolean {
  return fitsText(pattern.toLowerCase(), kind.toLowerCase());
}

/** Whether a text is what a pattern says; `*` stands for any text. Takes the leftmost place for each piece: linear. */
function fitsText(pattern: string, text: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at + last.length <= text.length && text.endsWith(last);
}
