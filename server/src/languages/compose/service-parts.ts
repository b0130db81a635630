// What a service is read from, so that rules need not look again at one of which nothing has changed.
import type { ComposeFiles } from '../../engine/language.js';
import { lastStartingBy } from '../yaml/comments.js';
import { get, type YamlDocument } from '../yaml/document.js';
import type { YamlPair } from '../yaml/node.js';
import type { Assembled } from './project/assembly.js';

/** Objects that are the same in every reading in which what they stand for means the same. */
export interface Parts {
  /**
   * For a service: as long as neither its own text changes, nor what stands outside of the services, nor the texts that it
   * may reach by aliases or `extends`. `sharers`: how many others are in its network.
   */
  readonly ofService: (name: string, sharers: number) => object;
  /** The same for what is written of a service, whatever it extends. */
  readonly ofWritten: (name: string) => object;
  /** Whether nothing in the text of a service may come from elsewhere or be used elsewhere, by an anchor or `extends`. */
  readonly isAlone: (name: string) => boolean;
  /** For what stands outside of the services. */
  readonly around: object;
}

/** By what a service is read from. Only what the last reading had. */
interface Known {
  /** All that is around the services. */
  readonly around: string;
  /** All of the documents. */
  readonly all: string;
  readonly byText: ReadonlyMap<string, object>;
  readonly part: object;
}

/** May be wrong in texts, but misses nothing. */
const anchor = /(?:^|[\s,:[{])&[^\s&]/;
const alias = /(?:^|[\s,:[{])\*[^\s*]/;

const lastKnown = new WeakMap<object, Known>();

export function partsOf(files: ComposeFiles, assembled: Assembled): Parts {
  const documents = [...assembled.documents.values()].flat().map(sectionsOf);
  const around = aroundServices(files, assembled, documents);
  const all = documents.map(({ text }) => text).join('\0');
  const before = lastKnown.get(files.memory);
  const isAllTheSame = before?.all === all;
  const known = before?.around === around ? before.byText : new Map<string, object>();
  const hasAnchors = documents.some(({ inner }) => anchor.test(inner));
  const byText = new Map<string, object>();
  // An alias may lead into a service.
  const isAroundTheSame = before?.around === around && (isAllTheSame || !hasAnchors || !alias.test(around));
  const part = (isAroundTheSame ? before?.part : undefined) ?? {};
  lastKnown.set(files.memory, { around, all, byText, part });
  const extendedNames = extendedIn(assembled, documents);
  const textOf = (name: string) => documents.map((document) => document.byName.get(name) ?? '').join('\0');
  // What is merged among the services has no text of its own, and an alias may lead into another service.
  const isNowhere = (own: string) => /^\0*$/.test(own);
  const reaches = (own: string) => isNowhere(own) || (hasAnchors && alias.test(own));
  const partOf = (key: string, reachesFar: boolean) => {
    const found = byText.get(key) ?? (reachesFar && !isAllTheSame ? undefined : known.get(key)) ?? {};
    byText.set(key, found);
    return found;
  };
  return {
    around: part,
    isAlone(name) {
      const own = textOf(name);
      return !isNowhere(own) && !own.includes('extends') && !anchor.test(own) && !alias.test(own);
    },
    ofWritten(name) {
      const own = textOf(name);
      return partOf(`written\0${name}\0${own}`, reaches(own));
    },
    ofService(name, sharers) {
      const own = textOf(name);
      const extended = extendedNames.get(name);
      const below = extended === undefined || own.split('extends', 3).length > 2 ? '' : textOf(extended);
      // What is extended may extend others in turn.
      const isFar = own.includes('extends') && (reaches(below) || below.includes('extends'));
      const reachesFar = isFar || reaches(own);
      return partOf(`${name}\0${sharers}\0${reachesFar}\0${own}\0${below}`, reachesFar);
    },
  };
}

const inner = new WeakMap<object, Map<string, object>>();

/** The part of something in a part: the same object for the same key. */
export function partWithin(part: object, key: string): object {
  const byKey = inner.get(part) ?? new Map<string, object>();
  inner.set(part, byKey);
  const known = byKey.get(key) ?? {};
  byKey.set(key, known);
  return known;
}

/** The names of what services extend, where that is written in their own text and nothing else is. */
function extendedIn(
  { extensions }: Assembled,
  documents: readonly Sections[],
): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const { service } of extensions) {
    if (service.kind !== 'known') continue;
    const { file, span } = service.at;
    for (const { document, pairs } of documents) {
      if (document.file !== file) continue;
      const at = span.start - document.base;
      const pair = pairs[lastStartingBy(pairs, at)];
      if (pair?.name === undefined || at >= pair.span.end) continue;
      const isOther = found.has(pair.name) && found.get(pair.name) !== service.value;
      found.set(pair.name, isOther ? undefined : service.value);
    }
  }
  return found;
}

interface Sections {
  readonly document: YamlDocument;
  /** The services in the order of the text. */
  readonly pairs: readonly YamlPair[];
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
    return { document, pairs: [], text, byName: new Map(), merged: [], inner: text, outer: text };
  }
  const { start, end } = node.span;
  const byName = new Map<string, string>();
  const merged: string[] = [];
  for (const { name, merge, span } of node.pairs) {
    const own = text.slice(span.start, span.end);
    if (merge) merged.push(own);
    else if (name !== undefined) byName.set(name, `${byName.get(name) ?? ''}${own}`);
  }
  return {
    document,
    pairs: node.pairs,
    text,
    byName,
    merged,
    inner: text.slice(start, end),
    outer: `${text.slice(0, start)}\0${text.slice(end)}`,
  };
}

/** Also what merge keys among the services bring in is around each of them. */
function aroundServices(files: ComposeFiles, assembled: Assembled, documents: readonly Sections[]): string {
  const merged = documents.flatMap((document) => document.merged);
  const others = [...files.texts].flatMap(([file, text]) => (assembled.documents.has(file) ? [] : `${file}\0${text}`));
  const dockerfiles = [...(files.dockerfiles ?? [])].flatMap(([file, text]) => `${file}\0${text}`);
  const flags = `${files.partial} ${files.open} ${[...assembled.documents.keys()].join('\0')}`;
  return [flags, ...documents.map(({ outer }) => outer), ...merged, ...others, ...dockerfiles].join('\0\0');
}
