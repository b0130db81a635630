// Edits of a config file: a rule switched off, a registry trusted.
import { append, type Change, set } from '../../model/change.js';
import type { TextEdit } from '../../text/edit.js';
import { get, slotBelow, type YamlValue } from '../yaml/document.js';
import { finishYamlFile, readYamlFile } from '../yaml/file.js';
import { isNull } from '../yaml/node.js';

export type ConfigChange =
  | { readonly kind: 'switch-off'; readonly rule: string }
  | { readonly kind: 'trust'; readonly registry: string };

/** The edits, in offsets of `text`, that make a change in a config file; undefined where its text does not allow it. */
export function configEdits(text: string, change: ConfigChange): readonly TextEdit[] | undefined {
  const file = readYamlFile({ file: '', text, mode: 'open', kubernetesMinor: 0 });
  const root = file.documents[0]?.root;
  if (root === undefined || isNull(root.node)) return [atEnd(text, change)];
  if (root.node?.kind !== 'map') return undefined;
  return finishYamlFile(file, { kind: 'config', subjects: {} }).edits(intent(root, change));
}

/** A config file that says this and nothing else. */
export function newConfig(change: ConfigChange): string {
  return change.kind === 'trust'
    ? `trustedRegistries:\n  - default\n  - ${change.registry}\n`
    : `rules:\n  ${change.rule}: off\n`;
}

function intent(root: YamlValue, change: ConfigChange): Change {
  if (change.kind === 'trust') {
    const list = get(root, 'trustedRegistries');
    const slot = slotBelow(root, 'trustedRegistries');
    return list === undefined || isNull(list.node)
      ? set(slot, ['default', change.registry])
      : append(slot, change.registry);
  }
  const rules = get(root, 'rules');
  const setting = rules === undefined ? undefined : get(rules, change.rule);
  const path = setting?.node?.kind === 'map' ? [change.rule, 'severity'] : [change.rule];
  return set(slotBelow(root, 'rules', ...path), 'off');
}

/** Behind comments and blank lines, which is all that there is. */
function atEnd(text: string, change: ConfigChange): TextEdit {
  const at = text.length;
  const lineBreak = text === '' || text.endsWith('\n') ? '' : text.includes('\r\n') ? '\r\n' : '\n';
  return { span: { start: at, end: at }, newText: lineBreak + newConfig(change) };
}
