// Where a stage or a variable of a Dockerfile, or of one inside a Compose file, is written first.
import type { DefinitionParams, Location } from 'vscode-languageserver';
import { definitionAt, dockerfileAt } from '../service/dockerfile-context.js';
import type { Documents } from './documents.js';

export async function definition(
  { textDocument, position }: DefinitionParams,
  documents: Documents,
): Promise<Location | null> {
  const target = await documents.lint(textDocument.uri);
  if (target === undefined) return null;
  const { document, linted } = target;
  const dockerfile = dockerfileAt(linted, document.offsetAt(position));
  if (dockerfile === undefined) return null;
  const at = definitionAt(dockerfile);
  if (at === undefined) return null;
  const { start, end } = dockerfile.spanOf(at.span);
  return { uri: document.uri, range: { start: document.positionAt(start), end: document.positionAt(end) } };
}
