// What a service is read from, so that rules need not look again at one of which nothing has changed.
import type { ComposeFiles } from '../../engine/language.js';
import type { ComposeService } from '../../model/compose/service.js';
import { get, type YamlDocument } from '../yaml/document.js';
import type { YamlMap } from '../yaml/node.js';
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
  for (const service of services) {
    const own = documents.map(({ text, services: map }) => textOf(map, text, service.name)).join('\0');
    // An alias may lead into another service, and so may `extends`.
    const reaches =
      own.includes('extends') || (own.includes('*') && documents.some(({ inner }) => inner.includes('&')));
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
  readonly services: YamlMap | undefined;
  /** The text of the services; all of it where they are not written in place. */
  readonly inner: string;
  readonly outer: string;
}

function sectionsOf(document: YamlDocument): Sections {
  const { text } = document.tree;
  const { node, via } = get(document.root, 'services') ?? {};
  if (node?.kind !== 'map' || (via?.length ?? 0) > 0) return { text, services: undefined, inner: text, outer: text };
  const { start, end } = node.span;
  const inner = text.slice(start, end);
  return { text, services: node, inner, outer: `${text.slice(0, start)}\0${text.slice(end)}` };
}

function textOf(services: YamlMap | undefined, text: string, name: string): string {
  if (services === undefined) return '';
  return services.pairs.flatMap(({ name: key, span }) => (key === name ? text.slice(span.start, span.end) : [])).join();
}

/** Also what merge keys among the services bring in is around each of them. */
function aroundServices(files: ComposeFiles, assembled: Assembled, documents: readonly Sections[]): string {
  const merged = documents.flatMap(({ services, text }) =>
    (services?.pairs ?? []).flatMap(({ merge, span }) => (merge ? text.slice(span.start, span.end) : [])),
  );
  const others = [...files.texts].flatMap(([file, text]) => (assembled.documents.has(file) ? [] : `${file}\0${text}`));
  const dockerfiles = [...(files.dockerfiles ?? [])].flatMap(([file, text]) => `${file}\0${text}`);
  const flags = `${files.partial} ${files.open} ${[...assembled.documents.keys()].join('\0')}`;
  return [flags, ...documents.map(({ outer }) => outer), ...merged, ...others, ...dockerfiles].join('\0\0');
}
