// The namespaces of a workspace that ask for a level of the Pod Security Standards, and the files whose pods are in them.
import type { ReadFile } from '../engine/language.js';
import {
  type NamespaceLevels,
  namespaceLevels,
  type PodSecurityLabel,
  podSecurityMark,
} from '../model/kubernetes/pod-security-labels.js';
import type { FileId } from '../text/span.js';

/** What one file says of namespaces. */
interface Source {
  /** As long as findings elsewhere may point into it. */
  readonly text: string;
  readonly namespaces: readonly NamespaceLevels[];
}

/** What a namespace asks for, and the text that says so. */
export interface Asked {
  readonly labels: readonly PodSecurityLabel[];
  readonly text: string;
}

export class Namespaces {
  readonly #sources = new Map<FileId, Source>();
  /** The namespaces that the pods of a file say they are in. */
  readonly #users = new Map<FileId, ReadonlySet<string>>();
  readonly #outdated = new Set<FileId>();
  /** What files say, since one may ask for thousands of pods. */
  readonly #read = new WeakMap<ReadFile, { readonly source: Source | undefined }>();

  /** Takes in what a file says. */
  take(file: ReadFile): void {
    const { id, kind } = file.source;
    if (kind !== 'kubernetes') return;
    const { pod = [] } = file.subjects;
    const names = pod.flatMap(({ object }) => (object.namespace.kind === 'known' ? object.namespace.value : []));
    if (names.length > 0) this.#users.set(id, new Set(names));
    else this.#users.delete(id);
    this.#put(id, this.#sourceOf(file));
  }

  /** The file is gone. */
  remove(file: FileId): void {
    this.#users.delete(file);
    this.#put(file, undefined);
    this.#outdated.delete(file);
  }

  #put(file: FileId, source: Source | undefined): void {
    const before = this.#sources.get(file);
    if (source === undefined) this.#sources.delete(file);
    else this.#sources.set(file, source);
    const changed = changedNames(before?.namespaces ?? [], source?.namespaces ?? []);
    if (changed.size === 0) return;
    for (const [user, names] of this.#users) {
      if (user !== file && [...names].some((name) => changed.has(name))) this.#outdated.add(user);
    }
  }

  /**
   * What a namespace asks of the pods in a file. The file itself is asked first; several others count where they agree,
   * for they may speak of several clusters.
   */
  of(name: string, file: ReadFile): Asked | undefined {
    const own = this.#sourceOf(file);
    const said = own === undefined ? undefined : askedBy(own, name);
    if (said !== undefined) return said;
    const others = [...this.#sources].flatMap(([id, source]) =>
      id === file.source.id ? [] : (askedBy(source, name) ?? []),
    );
    const [first] = others;
    if (first === undefined || others.some(({ labels }) => written(labels) !== written(first.labels))) return undefined;
    return first;
  }

  #sourceOf(file: ReadFile): Source | undefined {
    const read = this.#read.get(file) ?? { source: sourceOf(file) };
    this.#read.set(file, read);
    return read.source;
  }

  /** Files that were linted before what is known of their namespaces changed; each is named once. */
  takeOutdated(): readonly FileId[] {
    const outdated = [...this.#outdated];
    this.#outdated.clear();
    return outdated;
  }
}

function sourceOf({ text, subjects }: ReadFile): Source | undefined {
  if (!text.includes(podSecurityMark)) return undefined;
  const namespaces = (subjects.manifest ?? []).flatMap((object) => namespaceLevels(object) ?? []);
  return namespaces.length === 0 ? undefined : { text, namespaces };
}

function askedBy({ text, namespaces }: Source, name: string): Asked | undefined {
  const found = namespaces.findLast((namespace) => namespace.name === name);
  return found === undefined ? undefined : { labels: found.labels, text };
}

function changedNames(before: readonly NamespaceLevels[], after: readonly NamespaceLevels[]): ReadonlySet<string> {
  if (before.length === 0 && after.length === 0) return new Set();
  const old = new Map(before.map(({ name, labels }) => [name, written(labels)]));
  const now = new Map(after.map(({ name, labels }) => [name, written(labels)]));
  return new Set([...old.keys(), ...now.keys()].filter((name) => old.get(name) !== now.get(name)));
}

/** Without the places, which change with every character above them. */
function written(labels: readonly PodSecurityLabel[]): string {
  return labels.map(({ mode, level, minor }) => `${mode} ${level} ${minor ?? ''}`).join();
}
