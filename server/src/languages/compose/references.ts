// Variable references that Compose refuses, so that it would not start with this file.
import { quoted } from '../../model/quoted.js';
import type { Problem } from '../../model/source-file.js';
import type { Place } from '../../text/span.js';
import type { YamlDocument } from '../yaml/document.js';
import type { YamlNode } from '../yaml/node.js';
import type { ComposeValues } from './values.js';

const sections: ReadonlySet<string> = new Set(['services', 'networks', 'volumes', 'secrets', 'configs']);

/** Looks at every value that is written in a section; keys are never interpolated. */
export function invalidReferences(values: ComposeValues, document: YamlDocument): readonly Problem[] {
  const { root, text } = document.tree;
  if (root?.kind !== 'map' || !text.includes('$')) return [];
  const problems: Problem[] = [];
  const waiting: (YamlNode | undefined)[] = [];
  for (const pair of root.pairs) if (sections.has(pair.name ?? '')) waiting.push(pair.value);
  for (let node = waiting.pop(); node !== undefined || waiting.length > 0; node = waiting.pop()) {
    if (node?.kind === 'map') for (const pair of node.pairs) waiting.push(pair.value);
    else if (node?.kind === 'sequence') for (const item of node.items) waiting.push(item.value);
    else if (node?.kind === 'scalar') {
      const value = { document, node, path: [], floor: 0, via: [], span: node.span, duplicate: false };
      for (const at of values.invalidReferences(value)) {
        problems.push({
          kind: 'syntax',
          at,
          message: `${quoted(textAt(document, at))} is no variable reference: Compose refuses the file.`,
        });
      }
    }
  }
  return problems;
}

function textAt({ tree, base }: YamlDocument, { span }: Place): string {
  return tree.text.slice(span.start - base, span.end - base);
}
