// Keys that are no texts: Compose takes no others, wherever they stand.
import type { OtherKey } from '../../model/compose/file.js';
import type { YamlDocument } from '../yaml/document.js';
import { isNull, type YamlNode, type YamlPair } from '../yaml/node.js';
import { scalarType } from './scalar-type.js';

/** In the order of the text. */
export function otherKeysIn(document: YamlDocument): readonly OtherKey[] {
  const { root, errors } = document.tree;
  // In a text that does not parse, keys may belong elsewhere.
  if (errors.length > 0) return [];
  const found: OtherKey[] = [];
  // What is merged in where it stands gives its keys to another map, which makes texts of them.
  const open: { readonly node: YamlNode | undefined; readonly merged: boolean }[] = [{ node: root, merged: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, merged } = next;
    if (node?.kind === 'sequence') {
      for (const { value } of node.items) if (isCollection(value)) open.push({ node: value, merged });
    } else if (node?.kind === 'map') {
      for (const pair of node.pairs) {
        const key = merged ? undefined : otherKey(document, pair);
        if (key !== undefined) found.push(key);
        if (isCollection(pair.value)) open.push({ node: pair.value, merged: pair.merge });
      }
    }
  }
  return found.sort((a, b) => a.at.span.start - b.at.span.start);
}

function isCollection(node: YamlNode | undefined): boolean {
  return node?.kind === 'map' || node?.kind === 'sequence';
}

function otherKey(document: YamlDocument, { key, merge }: YamlPair): OtherKey | undefined {
  if (merge || key?.kind !== 'scalar' || key.style !== 'plain' || key.tag !== undefined) return undefined;
  const type = isNull(key) ? 'null' : scalarType(key);
  if (type === undefined || type === 'text') return undefined;
  return { key: key.value, type, at: document.place(key.span) };
}
