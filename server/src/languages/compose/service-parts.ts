// What a service is read from, so that rules need not look again at one of which nothing has changed.
import type { ComposeFiles } from '../../engine/language.js';
import { get, type YamlDocument } from '../yaml/document.js';
import type { Assembled } from './project/assembly.js';

/** Objects that are the same in every reading in which what they stand for means the same. */
export interface Parts {
  /**
   * For a service: as long as neither its own text changes, nor what stands outside of the services, nor the texts that it
   * may reach by aliases or `extends`. `sharers`: how many others are in its network.
   */
  readonly ofService: (name: string, sharers: number) => object;
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
  const byName = new Map<string, object>();
  // An alias may lead into a service.
  const isAroundTheSame = before?.around === around && (isAllTheSame || !hasAnchors || !alias.test(around));
  const part = (isAroundTheSame ? before?.part : undefined) ?? {};
  lastKnown.set(files.memory, { around, all, byText, part });
  const textOf = (name: string) => documents.map((document) => document.byName.get(name) ?? '').join('\0');
  // What is merged among the services has no text of its own.
  const isElsewhere = (own: string) => own.includes('extends') || /^\0*$/.test(own);
  return {
    around: part,
    isAlone(name) {
      const own = textOf(name);
      return !isElsewhere(own) && !anchor.test(own) && !alias.test(own);
    },
    ofService(name, sharers) {
      const asked = `${sharers}\0${name}`;
      const done = byName.get(asked);
      if (done !== undefined) return done;
      const own = textOf(name);
      // An alias may lead into another service, and so may `extends`.
      const reaches = isElsewhere(own) || (hasAnchors && alias.test(own));
      const key = `${name}\0${sharers}\0${reaches}\0${own}`;
      const ofText = byText.get(key) ?? (reaches && !isAllTheSame ? undefined : known.get(key)) ?? {};
      byText.set(key, ofText);
      byName.set(asked, ofText);
      return ofText;
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
