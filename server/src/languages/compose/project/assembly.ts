// Puts the files of a project together as Compose does: of each document first the variables, then what it includes, what
// its services extend, and then the merge onto what came before (compose-go, loader/loader.go).
import type { ComposeFiles } from '../../../engine/language.js';
import type { BrokenReference, Extension, IdleTag, RemovedValue } from '../../../model/compose/project.js';
import type { Hop, Located } from '../../../model/located.js';
import { folderOf } from '../../../model/paths.js';
import type { Problem } from '../../../model/source-file.js';
import type { FileId } from '../../../text/span.js';
import { entries, get, placeOf, slotOf, YamlDocument, type YamlEntry, type YamlValue } from '../../yaml/document.js';
import { located } from '../../yaml/locate.js';
import type { YamlNode } from '../../yaml/node.js';
import { readStream, type YamlStream } from '../../yaml/stream.js';
import { parseDotenv } from '../dotenv.js';
import type { Variables } from '../interpolation.js';
import { ComposeValues, field, listItems } from '../values.js';
import { Extends, type Surroundings } from './extends.js';
import { without } from './maps.js';
import { type Merging, mergeValues, reachedBy } from './merge.js';
import { resolvePath } from './resolve-path.js';

/** More files than this are no project but an attack; the rest of them counts as not known. */
const maxFiles = 200;
/** Includes in includes, and services that extend services. */
const maxDepth = 50;

const sections = ['services', 'networks', 'volumes', 'secrets', 'configs', 'models'] as const;

/** A project, put together. */
export interface Assembled {
  readonly values: ComposeValues;
  /** Everything that is in it; undefined where no file holds a map. */
  readonly root: YamlValue | undefined;
  /** The documents that were read of each file, and the texts that they are in. */
  readonly documents: ReadonlyMap<FileId, readonly YamlDocument[]>;
  readonly streams: ReadonlyMap<FileId, YamlStream>;
  readonly texts: ReadonlyMap<FileId, string>;
  /** The folder that relative paths of a document count from. */
  readonly folders: ReadonlyMap<YamlDocument, string>;
  readonly extensions: readonly Extension[];
  readonly inclusions: readonly Located<string>[];
  /** The tags `!reset` and `!override` that had nothing to act on. */
  readonly idleTags: readonly IdleTag[];
  readonly removed: readonly RemovedValue[];
  /** Files that would be read if they were among the texts or known to be missing. */
  readonly wanted: readonly FileId[];
  readonly whole: boolean;
  readonly broken: readonly BrokenReference[];
  readonly problems: readonly Problem[];
}

/** The same project of the same texts is put together once. */
interface Memory {
  readonly streams: Map<FileId, YamlStream>;
  last: { readonly files: ComposeFiles; readonly assembled: Assembled } | undefined;
}

const memories = new WeakMap<object, Memory>();

/**
 * Puts a project together. Parts of texts that did not change since the last time, or are among `streams`, are not parsed
 * again.
 */
export function assemble(files: ComposeFiles, streams: ReadonlyMap<FileId, YamlStream>): Assembled {
  const memory = memories.get(files.memory) ?? { streams: new Map(streams), last: undefined };
  memories.set(files.memory, memory);
  if (memory.last !== undefined && isSame(memory.last.files, files)) return memory.last.assembled;
  const assembled = new Assembly(files, memory.streams).project();
  for (const [file, stream] of assembled.streams) memory.streams.set(file, stream);
  memory.last = { files, assembled };
  return assembled;
}

function isSame(a: ComposeFiles, b: ComposeFiles): boolean {
  if (
    a.partial !== b.partial ||
    a.open !== b.open ||
    a.texts.size !== b.texts.size ||
    a.missing.size !== b.missing.size
  )
    return false;
  if (a.main.join('\n') !== b.main.join('\n') || a.variables.join('\n') !== b.variables.join('\n')) return false;
  for (const [file, text] of a.texts) if (b.texts.get(file) !== text) return false;
  for (const file of a.missing) if (!b.missing.has(file)) return false;
  return true;
}

class Assembly {
  readonly #files: ComposeFiles;
  readonly #known: ReadonlyMap<FileId, YamlStream>;
  readonly #streams = new Map<FileId, YamlStream>();
  readonly #documents = new Map<FileId, YamlDocument[]>();
  readonly #variables = new Map<YamlDocument, Variables>();
  readonly #folders = new Map<YamlDocument, string>();
  readonly #broken: BrokenReference[] = [];
  readonly #problems: Problem[] = [];
  readonly #extends = new Extends({
    values: () => this.#values,
    documentsOf: (file, around) => this.#documentsOf(file, around) ?? [],
    pathOf: (value, around) => this.#pathOf(value, around, 'extends'),
    locate: (value) => this.#located(value),
    merging: (anchor) => this.#merging(anchor),
    onBroken: (reason, value, service) => this.#break('extends', reason, value, service),
  });
  readonly #inclusions: Located<string>[] = [];
  readonly #removed: RemovedValue[] = [];
  readonly #wanted = new Set<FileId>();
  /** The values whose tag `!reset` or `!override` had something to act on. */
  readonly #acted = new Set<YamlNode>();
  readonly #values = new ComposeValues((document) => this.#variables.get(document) ?? new Map());
  #read = 0;
  #whole: boolean;

  constructor(files: ComposeFiles, known: ReadonlyMap<FileId, YamlStream>) {
    this.#files = files;
    this.#known = known;
    this.#whole = !files.partial && files.open !== true;
  }

  project(): Assembled {
    const { main } = this.#files;
    const folder = folderOf(main[0] ?? '');
    const root = this.#merged(main, { variables: this.#variablesIn(this.#files.variables), folder, open: [] });
    return {
      values: this.#values,
      root,
      documents: this.#documents,
      streams: this.#streams,
      texts: new Map([...this.#streams.keys()].map((file) => [file, this.#files.texts.get(file) ?? ''])),
      folders: this.#folders,
      wanted: [...this.#wanted],
      extensions: this.#extends.found,
      inclusions: this.#inclusions,
      idleTags: this.#whole ? [...this.#documents.values()].flat().flatMap((document) => this.#idleIn(document)) : [],
      removed: this.#removed,
      whole: this.#whole,
      broken: this.#broken,
      problems: this.#problems,
    };
  }

  #idleIn(document: YamlDocument): readonly IdleTag[] {
    if (!/!(?:reset|override)\b/.test(document.tree.text)) return [];
    const found: IdleTag[] = [];
    const waiting: { readonly node: YamlNode; readonly inList: boolean }[] = [];
    const add = (node: YamlNode | undefined, inList: boolean) => node !== undefined && waiting.push({ node, inList });
    add(document.tree.root, false);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { node, inList } = next;
      if ((node.tag === '!reset' || node.tag === '!override') && !this.#acted.has(node)) {
        const start = node.anchor === undefined ? node.start : document.tree.text.indexOf(node.tag, node.start);
        const at = document.place({ start, end: start + node.tag.length });
        found.push({ tag: node.tag, at, inList });
      }
      // What tags do in the map of an item is a matter of that item alone.
      if (node.kind === 'map' && !inList) for (const pair of node.pairs) add(pair.value, false);
      else if (node.kind === 'sequence') for (const item of node.items) add(item.value, true);
    }
    return found;
  }

  #textOf(file: FileId): string | undefined {
    const text = this.#files.texts.get(file);
    if (text === undefined && !this.#files.missing.has(file)) this.#wanted.add(file);
    return text;
  }

  #variablesIn(files: readonly FileId[]): Variables {
    const variables = new Map<string, string | undefined>();
    for (const file of files) {
      const text = this.#textOf(file);
      if (text !== undefined) for (const [name, value] of parseDotenv(text)) variables.set(name, value);
    }
    return variables;
  }

  /** The documents of a file, read for these surroundings; undefined where nothing is known of it. */
  #documentsOf(file: FileId, { variables, folder }: Surroundings): readonly YamlDocument[] | undefined {
    const text = this.#textOf(file);
    if (text === undefined || this.#read >= maxFiles) return undefined;
    this.#read++;
    const stream = this.#streams.get(file) ?? readStream(text, this.#known.get(file));
    this.#streams.set(file, stream);
    const documents = stream.slices.map((slice) => new YamlDocument(file, slice));
    const all = this.#documents.get(file);
    if (all === undefined) this.#documents.set(file, documents);
    else all.push(...documents);
    for (const document of documents) {
      this.#variables.set(document, variables);
      this.#folders.set(document, folder);
    }
    return documents.filter((document) => document.tree.root?.kind === 'map');
  }

  /** What files come to that are merged in order. */
  #merged(files: readonly FileId[], around: Surroundings): YamlValue | undefined {
    let root: YamlValue | undefined;
    for (const file of files) {
      const documents = this.#documentsOf(file, around);
      if (documents === undefined) this.#whole = false;
      for (const document of documents ?? []) {
        const above = this.#withParts(document, { ...around, open: [...around.open, file] });
        root = root === undefined ? above : mergeValues(this.#merging('below'), root, above, []);
      }
    }
    return root;
  }

  #merging(anchor: Merging['anchor']): Merging {
    return {
      values: this.#values,
      folderOf: (document) => this.#folders.get(document) ?? '',
      anchor,
      onTag: ({ node }) => {
        if (node !== undefined) this.#acted.add(node);
      },
      onRemoval: (removed, tagged, path) => {
        this.#removed.push({ path, at: placeOf(removed), by: placeOf(tagged) });
      },
      onMismatch: (_, above) => {
        this.#problems.push({
          kind: 'syntax',
          at: placeOf(above),
          message: 'This is of another kind than what it overrides: Compose refuses the project.',
        });
      },
    };
  }

  /** A document with what it includes and what its services extend. */
  #withParts(document: YamlDocument, around: Surroundings): YamlValue {
    const { root } = document;
    const { text } = document.tree;
    let parts = root;
    if (text.includes('extends')) parts = this.#extends.in(parts, around);
    if (text.includes('include')) parts = this.#withIncluded(parts, around);
    return parts;
  }

  #withIncluded(root: YamlValue, around: Surroundings): YamlValue {
    const include = field(root, 'include');
    if (include === undefined) return root;
    let result = without(root, 'include');
    for (const item of listItems(include)) {
      const imported = this.#included(item, around);
      if (imported === undefined) continue;
      const only = onlySections(imported, { kind: 'include', at: placeOf(item) });
      result = this.#withImported(result, only);
    }
    return result;
  }

  /** Own things stay; one that is in both is merged, which old versions of Compose refuse. */
  #withImported(root: YamlValue, imported: YamlValue): YamlValue {
    const all = new Map(entries(root).map((entry) => [entry.key, entry]));
    for (const section of entries(imported)) {
      const own = all.get(section.key);
      const merged = new Map(entries(section.value).map((entry) => [entry.key, entry]));
      for (const entry of own === undefined ? [] : entries(own.value)) {
        const below = merged.get(entry.key);
        const path = [section.key, entry.key];
        const value =
          below === undefined ? entry.value : mergeValues(this.#merging('above'), below.value, entry.value, path);
        merged.set(entry.key, { ...entry, value });
      }
      const face = own?.value.node?.kind === 'map' ? own : section;
      all.set(section.key, { ...face, value: { ...face.value, merged: { kind: 'map', entries: merged } } });
    }
    return { ...root, home: slotOf(root), merged: { kind: 'map', entries: all } };
  }

  /** The project that an item of `include` names. */
  #included(item: YamlValue, around: Surroundings): YamlValue | undefined {
    const path = item.node?.kind === 'map' ? field(item, 'path') : item;
    if (path === undefined) return undefined;
    const paths = path.node?.kind === 'sequence' ? listItems(path) : [path];
    const files: FileId[] = [];
    this.#inclusions.push(...paths.map((each) => this.#located(each)));
    for (const each of paths) {
      const found = this.#pathOf(each, around, 'include');
      if (found === undefined) return undefined;
      files.push(found);
    }
    const [first] = files;
    if (first === undefined || around.open.length > maxDepth) return undefined;
    if (files.some((file) => around.open.includes(file))) {
      this.#break('include', 'cycle', path);
      return undefined;
    }
    const directory = field(item, 'project_directory');
    const written = directory === undefined ? undefined : this.#values.known(directory)?.value;
    const folder = (written === undefined ? undefined : resolvePath(around.folder, written)) ?? folderOf(first);
    const variables = new Map([...this.#variablesIn(this.#variableFiles(item, folder, around)), ...around.variables]);
    return this.#merged(files, { variables, folder, open: around.open });
  }

  #variableFiles(item: YamlValue, folder: string, around: Surroundings): readonly FileId[] {
    const file = item.node?.kind === 'map' ? field(item, 'env_file') : undefined;
    if (file === undefined) return [resolvePath(folder, '.env') ?? ''];
    const all = file.node?.kind === 'sequence' ? listItems(file) : [file];
    return all.flatMap((each) => {
      const written = this.#values.known(each)?.value;
      return (written === undefined ? undefined : resolvePath(around.folder, written)) ?? [];
    });
  }

  /** The file that a path leads to; undefined, and told, where it leads to none that is known. */
  #pathOf(value: YamlValue, around: Surroundings, kind: BrokenReference['kind']): FileId | undefined {
    const written = this.#values.known(value)?.value;
    const path = written === undefined ? undefined : resolvePath(around.folder, written);
    if (path !== undefined && this.#textOf(path) !== undefined) return path;
    this.#whole = kind === 'include' ? false : this.#whole;
    if (path !== undefined && this.#files.missing.has(path)) this.#break(kind, 'missing-file', value);
    return undefined;
  }

  #break(kind: BrokenReference['kind'], reason: BrokenReference['reason'], value: YamlValue, service?: string): void {
    this.#broken.push({ kind, reason, service, at: this.#located(value) });
  }

  #located(value: YamlValue): Located<string> {
    return located(
      value,
      this.#values.decode((text) => text.value),
    );
  }
}

/** What an included project hands on: what it defines, and neither its name nor its fragments. */
function onlySections(root: YamlValue, hop: Hop): YamlValue {
  const kept = new Map<string, YamlEntry>();
  for (const section of sections) {
    const value = get(root, section);
    if (value?.node?.kind !== 'map') continue;
    const reached = new Map(
      entries(value).map((entry) => [entry.key, { ...entry, value: reachedBy(entry.value, hop) }] as const),
    );
    const all: YamlValue = { ...value, home: slotOf(value), merged: { kind: 'map', entries: reached } };
    kept.set(section, { key: section, keyAt: placeOf(value), value: all });
  }
  return { ...root, home: slotOf(root), merged: { kind: 'map', entries: kept } };
}
