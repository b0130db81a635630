// Where a stage or a variable of a Dockerfile, or of one inside a Compose file, is written first, and where it is used.
import type { DefinitionParams, Location, ReferenceParams, TextDocumentPositionParams } from 'vscode-languageserver';
import { type DockerfileSpot, definitionAt, dockerfileAt, referencesAt } from '../service/dockerfile-context.js';
import type { Place } from '../text/span.js';
import type { Documents } from './documents.js';

export async function definition(params: DefinitionParams, documents: Documents): Promise<Location | null> {
  const spot = await spotOf(params, documents);
  if (spot === undefined) return null;
  const at = definitionAt(spot.dockerfile);
  return at === undefined ? null : spot.locationOf(at);
}

export async function references(params: ReferenceParams, documents: Documents): Promise<Location[] | null> {
  const spot = await spotOf(params, documents);
  if (spot === undefined) return null;
  const found = referencesAt(spot.dockerfile);
  if (found === undefined) return null;
  const { declaration, uses } = found;
  return [...(params.context.includeDeclaration ? [declaration] : []), ...uses].map((at) => spot.locationOf(at));
}

interface Spot {
  readonly dockerfile: DockerfileSpot;
  locationOf(at: Place): Location;
}

async function spotOf(
  { textDocument, position }: TextDocumentPositionParams,
  documents: Documents,
): Promise<Spot | undefined> {
  const target = await documents.lint(textDocument.uri);
  if (target === undefined) return undefined;
  const { document, linted } = target;
  const dockerfile = dockerfileAt(linted, document.offsetAt(position));
  if (dockerfile === undefined) return undefined;
  const locationOf = (at: Place) => {
    const { start, end } = dockerfile.spanOf(at.span);
    return { uri: document.uri, range: { start: document.positionAt(start), end: document.positionAt(end) } };
  };
  return { dockerfile, locationOf };
}
