// Where a stage or a variable of a Dockerfile is written first.
import type { DefinitionParams, Location } from 'vscode-languageserver';
import { definitionAt } from '../service/dockerfile-context.js';
import type { Documents } from './documents.js';

export async function definition(
  { textDocument, position }: DefinitionParams,
  documents: Documents,
): Promise<Location | null> {
  const target = await documents.lint(textDocument.uri);
  if (target?.linted.file.source.kind !== 'dockerfile') return null;
  const { document, linted } = target;
  const at = definitionAt(linted, document.offsetAt(position));
  if (at === undefined) return null;
  const { start, end } = at.span;
  return { uri: document.uri, range: { start: document.positionAt(start), end: document.positionAt(end) } };
}
