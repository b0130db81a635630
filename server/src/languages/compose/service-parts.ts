// What a service is read from, so that rules need not look again at one of which nothing has changed.
import type { ComposeFiles } from '../../engine/language.js';
import type { ComposeService } from '../../model/compose/service.js';
import { get, type YamlDocument } from '../yaml/document.js';
import type { Assembled } from './project/assembly.js';

/** By all that is around the services, then by what a service is read from. Only what the last reading had. */
interface Parts {
  readonly around: string;
  /** All of the documents. */
  readonly all: string;
  readonly byText: ReadonlyMap<string, object>;
}

const lastParts = new WeakMap<object, Parts>();

/**
 * For each service an object that is the same in every reading in which the service means the same: as long as neither
 * its own text changes, nor what stands outside of the services, nor the texts that it may reach by aliases or `extends`.
 */
export function serviceParts(
  files: ComposeFiles,
  assembled: Assembled,
  services: readonly ComposeService[],
): ReadonlyMap<ComposeService, object> {
  const documents = [...assembled.documents.values()].flat().map(sectionsOf);
  const around = aroundServices(files, assembled, documents);
  const before = lastParts.get(files.memory);
  const known = before?.around === around ? before.byText : new Map<string, object>();
  const byText = new Map<string, object>();
  const parts = new Map<ComposeService, object>();
  const all = documents.map(({ text }) => text).join('\0');
  const isAllTheSame = before?.all === all;
  const hasAnchors = documents.some(({ inner }) => inner.includes('&'));
  for (const service of services) {
    const own = documents.map(({ byName }) => byName.get(service.name) ?? '').join('\0');
    // An alias may lead into another service, and so may `extends`.
    const reaches = own.includes('extends') || (hasAnchors && own.includes('*'));
    const key = `${service.name}\0${service.workload.networkSharers.length}\0${reaches}\0${own}`;
    const part = (reaches && !isAllTheSame ? undefined : known.get(key)) ?? {};
    byText.set(key, part);
    parts.set(service, part);
  }
  lastParts.set(files.memory, { around, all, byText });
  return parts;
}

interface Sections {
  readonly text: string;
  /** The text of each service; of one that stands there twice, of both. */
  readonly byName: ReadonlyMap<string, string>;
  /** What merge keys among the services bring in. */
  readonly merged: readonly string[];
  /** The text of the services; all of it where they are not written in place. */
  readonly inner: string;
  readonly outer: string;
}

function sectionsOf(document: YamlDocument): Sections {
  const { text } = document.tree;
  const { node, via } = get(document.root, 'services') ?? {};
  if (node?.kind !== 'map' || (via?.length ?? 0) > 0) {
    return { text, byName: new Map(), merged: [], inner: text, outer: text };
  }
  const { start, end } = node.span;
  const byName = new Map<string, string>();
  const merged: string[] = [];
  for (const { name, merge, span } of node.pairs) {
    const own = text.slice(span.start, span.end);
    if (merge) merged.push(own);
    else if (name !== undefined) byName.set(name, `${byName.get(name) ?? ''}${own}`);
  }
  return { text, byName, merged, inner: text.slice(start, end), outer: `${text.slice(0, start)}\0${text.slice(end)}` };
}

/** Also what merge keys among the services bring in is around each of them. */
function aroundServices(files: ComposeFiles, assembled: Assembled, documents: readonly Sections[]): string {
  const merged = documents.flatMap((document) => document.merged);
  const others = [...files.texts].flatMap(([file, text]) => (assembled.documents.has(file) ? [] : `${file}\0${text}`));
  const dockerfiles = [...(files.dockerfiles ?? [])].flatMap(([file, text]) => `${file}\0${text}`);
  const flags = `${files.partial} ${files.open} ${[...assembled.documents.keys()].join('\0')}`;
  return [flags, ...documents.map(({ outer }) => outer), ...merged, ...others, ...dockerfiles].join('\0\0');
}
