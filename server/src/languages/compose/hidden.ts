// What a service takes in by `<<` and hides with a key of its own: merge keys are shallow, and nothing is merged.
import type { HiddenValue } from '../../model/compose/service.js';
import { resolve, type YamlValue } from '../yaml/document.js';
import type { YamlNode } from '../yaml/node.js';
import { composeFields } from './fields.js';
import type { ComposeValues } from './values.js';

export function readHidden(values: ComposeValues, service: YamlValue): readonly HiddenValue[] {
  const { node, document } = service;
  if (node?.kind !== 'map') return [];
  const merges = node.pairs.filter(({ merge }) => merge);
  if (merges.length === 0) return [];
  const hidden: HiddenValue[] = [];
  for (const { value } of merges) {
    for (const source of sourcesOf(value)) {
      const { node: map, alias } = resolve(source);
      if (map?.kind !== 'map') continue;
      const at = document.place((alias ?? map).span);
      const via = alias === undefined ? [] : [{ kind: 'merge-key', at } as const];
      const fragment = { document, node: map, path: [], floor: 0, via, span: map.span, duplicate: false };
      const effective = document.effective(map);
      for (const { name, merge, key } of node.pairs) {
        if (name === undefined || merge || key === undefined || !effective.has(name)) continue;
        hidden.push({ key: name, keyAt: document.place(key.span), fragment: composeFields(values, fragment, at) });
      }
    }
  }
  return hidden;
}

function sourcesOf(value: YamlNode | undefined): readonly (YamlNode | undefined)[] {
  const { node } = resolve(value);
  return node?.kind === 'sequence' ? node.items.map((item) => item.value) : [value];
}
