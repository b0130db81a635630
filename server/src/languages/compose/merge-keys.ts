// Merge keys for which Compose does not start: several in one map, since it takes `<<` for a key that is there twice, and
// those of something that is no map.
import type { Problem } from '../../model/source-file.js';
import type { YamlDocument } from '../yaml/document.js';
import { faultyMerges, type MultipleMergeKeys, multipleMergeKeys } from '../yaml/merge-keys.js';

export function mergeKeyProblems(document: YamlDocument): readonly Problem[] {
  const { base, tree } = document;
  // In a text that does not parse, keys may belong elsewhere.
  if (tree.errors.length > 0) return [];
  // The branches of a template may write one each.
  const isTemplate = ({ first, span }: MultipleMergeKeys) =>
    /\{\{|\{%/.test(tree.text.slice(first.start - base, span.start - base));
  const found = multipleMergeKeys(document).filter((keys) => !isTemplate(keys));
  const several = found.map(
    ({ span, fix }): Problem => ({
      kind: 'multiple-merge-keys',
      at: { file: document.file, span },
      message: 'This map has several merge keys (`<<`): Compose refuses the file.',
      ...(fix === undefined ? {} : { fix }),
    }),
  );
  const faulty = faultyMerges(document).filter(
    ({ start, end }) => !tree.text.slice(start - base, end - base).includes('{{'),
  );
  return [
    ...several,
    ...faulty.map((span): Problem => {
      const message = 'A merge key (`<<`) takes a map or a list of maps: Compose refuses the file.';
      return { kind: 'syntax', at: { file: document.file, span }, message };
    }),
  ];
}
