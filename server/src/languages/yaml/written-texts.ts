// Finds the scalar or comment that an offset of the file is in, and what is around it.
import type { Comment } from '../../engine/language.js';
import type { WrittenText } from '../../model/written-text.js';
import { leading } from '../../text/leading.js';
import { type MappedText, verbatim } from '../../text/mapped-text.js';
import { lastStartingBy } from './comments.js';
import { resolve } from './document.js';
import type { YamlFile } from './file.js';
import type { YamlItem, YamlMap, YamlNode, YamlPair, YamlScalar } from './node.js';
import { mappedScalar } from './scalar.js';
import type { Slice } from './stream.js';

/** Names stand among the first fields: a map of thousands is not searched for each of its values. */
const mostPairsOfVariable = 20;

interface Sought {
  readonly file: YamlFile;
  readonly comments: () => readonly Comment[];
  /** Where the values of environment variables begin, in the file; sorted. */
  readonly variables: () => readonly number[];
}

type ObjectKind = WrittenText['object'];

/** See `WrittenTexts.holding`. */
export function textsHolding(sign: RegExp, sought: Sought): readonly WrittenText[] {
  const { request, stream } = sought.file;
  const found: WrittenText[] = [];
  const kinds = new Map<YamlMap, ObjectKind>();
  let past = 0;
  for (const { index, 0: match } of request.text.matchAll(sign)) {
    if (index < past) continue;
    const slice = stream.slices[lastStartingBy(stream.slices, index)];
    if (slice === undefined) continue;
    const scalar = scalarAt(slice, index, kinds) ?? scalarAt(slice, index + match.length - 1, kinds);
    if (scalar !== undefined) {
      const { node, ...around } = scalar;
      const base = slice.span.start;
      past = base + node.span.end;
      let text: MappedText | undefined;
      found.push({
        ...around,
        get text() {
          text ??= mappedScalar(node, slice.tree().text, { file: request.file, base });
          return text;
        },
        get isVariable() {
          const starts = sought.variables();
          const start = starts[leading(starts, (one) => one < base + node.span.start)];
          return start !== undefined && start < base + node.span.end;
        },
      });
      continue;
    }
    const comments = sought.comments();
    const comment = comments[lastStartingBy(comments, index)]?.span;
    if (comment === undefined || index >= comment.end) continue;
    past = comment.end;
    const written = request.text.slice(comment.start, comment.end);
    const text = verbatim(written, { file: request.file, span: comment });
    found.push({ kind: 'comment', text, name: '', path: [], object: undefined, isVariable: false });
  }
  return found;
}

interface FoundScalar extends Pick<WrittenText, 'kind' | 'name' | 'path' | 'object'> {
  readonly node: YamlScalar;
}

/** The scalar at an offset of the file. A hundred thousand of them in one map must not take each other's time. */
function scalarAt(slice: Slice, offset: number, kinds: Map<YamlMap, ObjectKind>): FoundScalar | undefined {
  const { leaves, root } = slice.tree();
  const at = offset - slice.span.start;
  // A comment, or structure.
  const leaf = leaves[leading(leaves, ({ end }) => end <= at)];
  if (leaf === undefined || at < leaf.start) return undefined;
  const path: string[] = [];
  let object: ObjectKind;
  let name = '';
  let node = root;
  for (;;) {
    if (node?.kind === 'map') {
      object = kindOf(node, kinds) ?? object;
      const pair: YamlPair | undefined = partAt(node.pairs, at);
      if (pair === undefined) return undefined;
      if (pair.key?.kind === 'scalar' && at < pair.key.span.end) {
        return { node: pair.key, kind: 'key', name: pair.name ?? '', path, object };
      }
      path.push(pair.name ?? '');
      name = (pair.name === 'value' ? nameBeside(node) : undefined) ?? pair.name ?? '';
      node = pair.value;
    } else if (node?.kind === 'sequence') {
      const item: YamlItem | undefined = partAt(node.items, at);
      node = item?.value;
    } else {
      if (node?.kind !== 'scalar' || at < node.span.start || at >= node.span.end) return undefined;
      // The comment behind `|` stands in the span of the scalar, but not in its text.
      if (isInHeader(node, slice.tree().text, at)) return undefined;
      return { node, kind: 'value', name, path, object };
    }
  }
}

function isInHeader({ style, span }: YamlScalar, text: string, at: number): boolean {
  if (style !== 'literal' && style !== 'folded') return false;
  const newline = text.indexOf('\n', span.start);
  return newline < 0 || at < newline;
}

function partAt<T extends { readonly span: { readonly start: number; readonly end: number } }>(
  parts: readonly T[],
  offset: number,
): T | undefined {
  const part = parts[lastStartingBy(parts, offset)];
  return part === undefined || part.span.end <= offset ? undefined : part;
}

function kindOf(map: YamlMap, kinds: Map<YamlMap, ObjectKind>): ObjectKind {
  if (kinds.has(map)) return kinds.get(map);
  const apiVersion = textAt(map, 'apiVersion');
  const kind = apiVersion === undefined ? undefined : textAt(map, 'kind');
  const slash = apiVersion?.indexOf('/') ?? -1;
  const object = kind === undefined ? undefined : { group: apiVersion?.slice(0, Math.max(slash, 0)) ?? '', kind };
  kinds.set(map, object);
  return object;
}

function nameBeside(map: YamlMap): string | undefined {
  return map.pairs.length > mostPairsOfVariable ? undefined : textAt(map, 'name');
}

function textAt(map: YamlMap, key: string): string | undefined {
  const node: YamlNode | undefined = resolve(map.pairs.find(({ name }) => name === key)?.value).node;
  return node?.kind === 'scalar' ? node.value : undefined;
}
