// Hints behind values that do not count, because something else of the same Compose project says otherwise.
import { type InlayHint, type InlayHintParams, MarkupKind } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { folderOf } from '../model/paths.js';
import { quoted } from '../model/quoted.js';
import { type PlaceNames, placeNames } from '../service/effective-compose.js';
import { type OverriddenValue, overriddenValues } from '../service/overridden-values.js';
import { LineIndex } from '../text/line-index.js';
import { oneLine } from '../text/one-line.js';
import type { Documents, LintedDocument } from './documents.js';
import { code, escaped } from './markdown.js';
import type { Roots } from './roots.js';
import { isWork, uriOf } from './uris.js';

export interface InlayHintsRequest {
  readonly documents: Documents;
  readonly roots: Roots;
}

/** More of them are not shown at once. */
const maxHints = 500;

/** Null where nobody wants them, which is found out before anything else. */
export async function inlayHints(
  { textDocument: { uri }, range }: InlayHintParams,
  { documents, roots }: InlayHintsRequest,
): Promise<InlayHint[] | null> {
  const at = URI.parse(uri);
  if (!isWork(at.scheme) || !(await roots.of(at)).hints) return null;
  const target = await documents.lint(uri);
  if (target === undefined || target.linted.file.source.kind !== 'compose') return null;
  const { linted, path } = target;
  const { text } = linted.file;
  const lines = new LineIndex(text);
  const names = placeNames(linted, folderOf(path));
  const [start, end] = [lines.offsetAt(range.start), lines.offsetAt(range.end)];
  const hints: InlayHint[] = [];
  for (const value of overriddenValues(linted)) {
    const offset = behind(value, text, lines);
    if (offset < start || offset > end) continue;
    hints.push(hintFor(value, { target, names, position: lines.positionAt(offset) }));
    if (hints.length === maxHints) break;
  }
  return hints;
}

/** Behind a value of one line; of others at the end of the line that they are introduced on. */
function behind({ at }: OverriddenValue, text: string, lines: LineIndex): number {
  const first = lines.positionAt(at.start);
  if (lines.positionAt(at.end).line === first.line) return at.end;
  const before = text.slice(at.start - first.character, at.start);
  // The key of a block stands above it.
  const line = first.line > 0 && before.trim() === '' ? first.line - 1 : first.line;
  const span = lines.lineSpan(line);
  return span.start + text.slice(span.start, span.end).trimEnd().length;
}

interface Setting {
  readonly target: LintedDocument;
  readonly names: PlaceNames;
  readonly position: InlayHint['position'];
}

function hintFor({ by, value, service }: OverriddenValue, { target, names, position }: Setting): InlayHint {
  const { document, path, root } = target;
  const what = value === undefined ? 'removed' : oneLine(value);
  const whose = service === undefined ? '' : ` in service ${quoted(service)}`;
  const isHere = by.file === path;
  const index = names.lines(by.file);
  const where = isHere ? `line ${(index?.positionAt(by.span.start).line ?? 0) + 1}` : oneLine(names.file(by.file));
  const instead = value === undefined ? 'It is taken away' : `${code(value)} counts instead`;
  const location =
    index === undefined
      ? undefined
      : {
          uri: isHere ? document.uri : uriOf(root.space, by.file),
          range: { start: index.positionAt(by.span.start), end: index.positionAt(by.span.end) },
        };
  return {
    position,
    paddingLeft: true,
    tooltip: { kind: MarkupKind.Markdown, value: `${instead}${escaped(whose)}: ${escaped(names.place(by))}` },
    label: [{ value: `→ ${what}${whose} ` }, { value: `(${where})`, ...(location === undefined ? {} : { location }) }],
  };
}
