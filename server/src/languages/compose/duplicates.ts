// Keys that a map writes more than once, for which Compose refuses the file.
import type { Problem } from '../../model/source-file.js';
import type { YamlDocument } from '../yaml/document.js';
import { duplicateKeys, duplicateProblem } from '../yaml/duplicates.js';

/** The branches of a template may write a key each: that is none too many. */
export function duplicateProblems(document: YamlDocument): readonly Problem[] {
  const { tree, base } = document;
  // In a text that does not parse, keys may belong elsewhere.
  if (tree.errors.length > 0) return [];
  return duplicateKeys(document)
    .filter(({ earlier, span }) => !/\{[{%]/.test(tree.text.slice(earlier.start - base, span.end - base)))
    .map((key) => duplicateProblem(document, key, 'Compose refuses the file.'));
}
