// Several merge keys in one map: Compose takes `<<` for a key that is there twice, and does not start.
import type { Problem } from '../../model/source-file.js';
import type { YamlDocument } from '../yaml/document.js';
import { type MultipleMergeKeys, multipleMergeKeys } from '../yaml/merge-keys.js';

export function mergeKeyProblems(document: YamlDocument): readonly Problem[] {
  const { base, tree } = document;
  // In a text that does not parse, keys may belong elsewhere.
  if (tree.errors.length > 0) return [];
  // The branches of a template may write one each.
  const isTemplate = ({ first, span }: MultipleMergeKeys) =>
    /\{\{|\{%/.test(tree.text.slice(first.start - base, span.start - base));
  const found = multipleMergeKeys(document).filter((keys) => !isTemplate(keys));
  return found.map(({ span, fix }) => ({
    kind: 'multiple-merge-keys',
    at: { file: document.file, span },
    message: 'This map has several merge keys (`<<`): Compose refuses the file.',
    ...(fix === undefined ? {} : { fix }),
  }));
}
