// Resolves `extends`: of the same file, of other files, and of what those extend themselves. Each service once.
import type { BrokenReference, Extension } from '../../../model/compose/project.js';
import type { Hop, Located } from '../../../model/located.js';
import { folderOf } from '../../../model/paths.js';
import type { FileId } from '../../../text/span.js';
import {
  entries,
  entryAt,
  get,
  placeOf,
  slotOf,
  type YamlDocument,
  type YamlEntry,
  type YamlValue,
} from '../../yaml/document.js';
import type { Variables } from '../interpolation.js';
import { type ComposeValues, field } from '../values.js';
import { replaced, without } from './maps.js';
import { type Merging, mergeValues, reachedBy } from './merge.js';

/** Services that extend services that extend services: more steps are not followed. */
const maxDepth = 50;

/** What files are read with that belong together. */
export interface Surroundings {
  readonly variables: Variables;
  /** The folder that relative paths count from. */
  readonly folder: string;
  /** The files that are being included, so that one which includes itself is noticed. */
  readonly open: readonly FileId[];
}

/** How the files of the project are reached. */
interface Library {
  readonly values: () => ComposeValues;
  readonly documentsOf: (file: FileId, around: Surroundings) => readonly YamlDocument[];
  /** The file that a path leads to; undefined, and told, where it leads to none that is known. */
  readonly pathOf: (value: YamlValue, around: Surroundings) => FileId | undefined;
  readonly locate: (value: YamlValue) => Located<string>;
  readonly merging: (anchor: Merging['anchor']) => Merging;
  readonly onBroken: (reason: BrokenReference['reason'], value: YamlValue, service: string) => void;
}

/** The services of one document, and what they come to. */
interface Services {
  readonly value: YamlValue;
  readonly around: Surroundings;
  readonly done: Map<string, YamlValue>;
  /** Those that are being resolved. */
  readonly open: Set<string>;
}

export class Extends {
  readonly #library: Library;
  /** Files that are extended, by the variables that they are read with. */
  readonly #files = new Map<Variables, Map<FileId, readonly Services[]>>();
  readonly #found: Extension[] = [];
  #depth = 0;

  constructor(library: Library) {
    this.#library = library;
  }

  /** All that was met so far. */
  get found(): readonly Extension[] {
    return this.#found;
  }

  /** The root of a document with all that its services extend. */
  in(root: YamlValue, around: Surroundings): YamlValue {
    const value = field(root, 'services');
    if (value?.node?.kind !== 'map') return root;
    const services: Services = { value, around, done: new Map(), open: new Set() };
    const extended = new Map<string, YamlEntry>();
    let changed = false;
    for (const entry of entries(value)) {
      const result = this.#resolve(services, entry);
      changed ||= result !== entry.value;
      extended.set(entry.key, result === entry.value ? entry : { ...entry, value: result });
    }
    if (!changed) return root;
    return replaced(root, 'services', {
      ...value,
      home: slotOf(value),
      merged: { kind: 'map', entries: extended },
    });
  }

  #resolve(services: Services, { key, value }: YamlEntry): YamlValue {
    const known = services.done.get(key);
    if (known !== undefined) return known;
    const reference = value.duplicate ? undefined : field(value, 'extends');
    if (reference === undefined || this.#depth > maxDepth) return value;
    services.open.add(key);
    this.#depth++;
    const parent = this.#parent(reference, services);
    this.#depth--;
    services.open.delete(key);
    const merging = this.#library.merging('above');
    const result =
      parent === undefined ? value : mergeValues(merging, parent, without(value, 'extends'), ['services', key]);
    services.done.set(key, result);
    return result;
  }

  /** The service that is extended, with the hop to it; undefined where it cannot be told. */
  #parent(reference: YamlValue, services: Services): YamlValue | undefined {
    const { values, locate, pathOf, onBroken } = this.#library;
    const name = reference.node?.kind === 'map' ? field(reference, 'service') : reference;
    const target = name === undefined ? undefined : values().known(name)?.value;
    if (name === undefined || target === undefined) return undefined;
    const file = reference.node?.kind === 'map' ? field(reference, 'file') : undefined;
    this.#found.push({ service: locate(name), file: file === undefined ? undefined : locate(file) });
    const hop: Hop = { kind: 'extends', at: placeOf(name) };
    const path = file === undefined ? undefined : pathOf(file, services.around);
    if (file !== undefined && path === undefined) return undefined;
    const found =
      path === undefined ? this.#within([services], target) : this.#within(this.#open(path, services), target);
    if (found === 'cycle' || found === undefined) {
      onBroken(found ?? 'missing-service', name, target);
      return undefined;
    }
    return reachedBy(found, hop);
  }

  /** The documents of a file that is extended. */
  #open(file: FileId, { around }: Services): readonly Services[] {
    const { variables } = around;
    const files = this.#files.get(variables) ?? new Map<FileId, readonly Services[]>();
    this.#files.set(variables, files);
    const there: Surroundings = { ...around, folder: folderOf(file) };
    const known =
      files.get(file) ??
      this.#library.documentsOf(file, there).flatMap((document): readonly Services[] => {
        const value = get(document.root, 'services');
        return value === undefined ? [] : [{ value, around: there, done: new Map(), open: new Set() }];
      });
    files.set(file, known);
    return known;
  }

  /** A service of the documents of one file. */
  #within(documents: readonly Services[], name: string): YamlValue | 'cycle' | undefined {
    let found: YamlValue | undefined;
    for (const services of documents) {
      const entry = entryAt(services.value, name);
      if (entry === undefined) continue;
      if (services.open.has(name)) return 'cycle';
      const above = this.#resolve(services, entry);
      found =
        found === undefined ? above : mergeValues(this.#library.merging('below'), found, above, ['services', name]);
    }
    return found;
  }
}
