// What a Compose file says in vain: a later file of its project, or a service that extends another one, says otherwise.

import type { Effective, Origin } from '../model/compose/effective.js';
import type { ComposeProject } from '../model/compose/project.js';
import type { FileId, Place, Span } from '../text/span.js';
import type { Linted } from './lint-text.js';

export interface OverriddenValue {
  /** What is written and does not count. */
  readonly at: Span;
  /** Where what counts instead is written; the tag that takes the value away. */
  readonly by: Place;
  /** What counts instead, undefined where nothing does. */
  readonly value: string | undefined;
  /** The service that is spoken of, where the value does count for others, or these have another one. */
  readonly service: string | undefined;
}

/** For one value more are not told. */
const maxEach = 3;
/** Longer values are cut. */
const maxLength = 40;

/** In the order of the text. */
export function overriddenValues({ file, elsewhere }: Linted): readonly OverriddenValue[] {
  const { composeProject: projects = [] } = file.subjects;
  const texts = new Map([...(elsewhere ?? []), [file.source.id, file.text] as const]);
  const found = new Collector(file.source.id, texts);
  for (const project of projects) found.project(project);
  return found.all();
}

class Collector {
  readonly #file: FileId;
  readonly #texts: ReadonlyMap<FileId, string>;
  /** By what is overridden, and by what. */
  readonly #found = new Map<string, OverriddenValue[]>();
  /** What counts somewhere. */
  readonly #inForce = new Set<string>();

  constructor(file: FileId, texts: ReadonlyMap<FileId, string>) {
    this.#file = file;
    this.#texts = texts;
  }

  project({ removed, effective }: ComposeProject): void {
    const root = effective();
    if (root !== undefined) this.#walk(root, []);
    for (const { path, at, by } of removed) this.#add(at, { by, value: undefined, service: serviceIn(path) });
  }

  all(): readonly OverriddenValue[] {
    return [...this.#found.values()]
      .flatMap((values) => {
        const [first] = values;
        const isForAll =
          first !== undefined &&
          !this.#inForce.has(keyOf({ file: this.#file, span: first.at })) &&
          values.every(({ service, value }) => service === first.service || value === first.value);
        return isForAll ? [{ ...first, service: undefined }] : values.slice(0, maxEach);
      })
      .sort((a, b) => a.at.start - b.at.start);
  }

  #walk(value: Effective, path: readonly string[]): void {
    this.#look(value, value.origin, path);
    if (value.kind === 'list') for (const item of value.items) this.#walk(item, path);
    // Only the name of the service is wanted of a path.
    if (value.kind === 'map') {
      for (const { key, value: below } of value.entries) this.#walk(below, path.length < 2 ? [...path, key] : path);
    }
  }

  #look(value: Effective, { at, replaces }: Origin, path: readonly string[]): void {
    if (at === undefined) return;
    if (at.file === this.#file) this.#inForce.add(keyOf(at));
    for (const place of replaces)
      this.#add(place, { by: at, value: this.#textOf(value, at), service: serviceIn(path) });
  }

  #add(place: Place, instead: Omit<OverriddenValue, 'at'>): void {
    if (place.file !== this.#file) return;
    const key = keyOf(place);
    const known = this.#found.get(key) ?? [];
    this.#found.set(key, known);
    // The long form of a value has several parts, which all come from the same place.
    const isKnown = known.some(({ by, service }) => keyOf(by) === keyOf(instead.by) && service === instead.service);
    if (!isKnown) known.push({ at: place.span, ...instead });
  }

  /** A value that is no scalar as it is written, or nothing but a sign of it where it takes several lines. */
  #textOf(value: Effective, { file, span }: Place): string {
    if (value.kind === 'scalar') return cut(value.value === '' ? '""' : String(value.value));
    const text = this.#texts.get(file)?.slice(span.start, span.end) ?? '';
    return text === '' || /[\r\n]/.test(text) ? '…' : cut(text);
  }
}

function serviceIn([section, name]: readonly string[]): string | undefined {
  return section === 'services' ? name : undefined;
}

function keyOf({ file, span }: Place): string {
  return `${file}:${span.start}-${span.end}`;
}

function cut(text: string): string {
  return text.length > maxLength ? `${text.slice(0, maxLength - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}
