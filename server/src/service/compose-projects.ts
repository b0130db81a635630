// Which Compose projects a file is a part of, and what their files hold.
import type { ComposeFiles, ReadFile, ReadStages } from '../engine/language.js';
import { newestKubernetesMinor } from '../engine/settings.js';
import { below, folderOf, join, nameOf, resolveFrom } from '../model/paths.js';
import type { FileId } from '../text/span.js';
import { decode, maximumBytes } from './decode.js';
import { type Files, FilesError } from './files.js';
import { remembered } from './remembered.js';

/** What Compose looks for in a folder; the first one that is there counts (docker compose, "-f"). */
const baseNames: readonly string[] = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
/** What it merges onto the base by itself; `.yml` comes first here. */
const overrideNames: readonly string[] = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

/** Files that name files that name files: more steps than this are not followed. */
const maxRounds = 50;
/** Parsed projects that are kept; of others only the texts are. */
const maxRemembered = 50;

export interface ComposeProjectsRequest {
  readonly files: Files;
  /** The top of what may be read for a folder. */
  readonly ceiling: (folder: string) => Promise<string>;
  /** The files of variables that were chosen for a path; undefined: `.env` beside the first file. */
  readonly variableFiles: (path: FileId) => Promise<readonly FileId[] | undefined>;
}

/** A project whose files are known. */
interface Project {
  readonly files: ComposeFiles;
  /** All files that it was read from. */
  readonly members: ReadonlySet<FileId>;
  /** The Dockerfiles that its services are built from, also those that are not there. */
  readonly dockerfiles: ReadonlySet<FileId>;
  /** The files that it speaks for; the others stand for themselves. */
  readonly judged: ReadonlySet<FileId>;
}

/** What is loaded as one project. */
interface Loading {
  readonly key: string;
  readonly main: readonly FileId[];
  /** What files hold that need not be read. */
  readonly texts: ReadonlyMap<FileId, string>;
  /** The only file that it speaks for; undefined: all of them. */
  readonly judged?: FileId;
  readonly partial?: boolean;
  readonly open?: boolean | undefined;
}

type Room = typeof import('../languages/compose/project/parts.js');

export class ComposeProjects {
  readonly #request: ComposeProjectsRequest;
  /** What files hold by the last that was heard of them. */
  readonly #texts = new Map<FileId, string>();
  /** What was read of files that nobody has told of; null: there is no such file. */
  readonly #read = new Map<FileId, Promise<string | null | undefined>>();
  readonly #names = new Map<string, Promise<Set<string>>>();
  /** By what made them known: a folder, a file that stands alone, a file that is merged onto those of its folder. */
  readonly #projects = new Map<string, Project>();
  readonly #memories = new Map<string, object>();
  /** What files held when others were judged by them. */
  readonly #judgedBy = new Map<FileId, string>();
  readonly #outdated = new Set<FileId>();
  /** The last reading of each Dockerfile that services are built from, whoever made it. */
  readonly #readings = new Map<FileId, ReadFile>();
  #readStages: ReadStages | undefined;

  constructor(request: ComposeProjectsRequest) {
    this.#request = request;
  }

  /** The projects that a file is judged in, if it holds this text; never none. */
  async of(path: FileId, text: string): Promise<readonly ComposeFiles[]> {
    const room = await import('../languages/compose/project/parts.js');
    let projects = await this.#judging(room, path, new Map(this.#texts).set(path, text));
    // While files were read, somebody may have told what they hold now.
    for (let round = 0; round < maxRounds && this.#isOverdue(path, projects); round++) {
      projects = await this.#judging(room, path, new Map(this.#texts).set(path, text));
    }
    for (const { texts, dockerfiles = [] } of projects) {
      for (const [file, other] of [...texts, ...dockerfiles]) if (file !== path) this.#judgedBy.set(file, other);
    }
    return projects;
  }

  #isOverdue(path: FileId, projects: readonly ComposeFiles[]): boolean {
    return projects.some(({ texts, dockerfiles = [] }) =>
      [...texts, ...dockerfiles].some(
        ([file, text]) => file !== path && this.#texts.has(file) && this.#texts.get(file) !== text,
      ),
    );
  }

  async #judging(room: Room, path: FileId, texts: ReadonlyMap<FileId, string>): Promise<readonly ComposeFiles[]> {
    const found = await this.#users(room, path, texts);
    if (found.length > 0) {
      this.#projects.delete(`alone ${path}`);
      this.#projects.delete(`variant ${path}`);
      return found.map(({ files }) => files);
    }
    const own = this.#projects.get(`folder ${folderOf(path)}`);
    // Tags act on something below.
    const partial = isOverride(path) || (!isDefault(path) && /!(?:reset|override)\b/.test(texts.get(path) ?? ''));
    // Beside a base, a file with a name of its own may be one of several that are merged onto it.
    const open = own !== undefined && !isDefault(path);
    const alone = await this.#load(room, { key: `alone ${path}`, main: [path], partial, open, texts });
    const [base] = own?.files.main ?? [];
    if (own === undefined || base === undefined || isDefault(path) || !room.isFragmentOf(alone.files, own.files)) {
      this.#projects.delete(`variant ${path}`);
      return [alone.files];
    }
    this.#projects.delete(`alone ${path}`);
    return [
      (await this.#load(room, { key: `variant ${path}`, main: [base, path], judged: path, open: true, texts })).files,
    ];
  }

  /** Whether a file is read by a project, whatever its name. */
  async isPart(path: FileId): Promise<boolean> {
    if ([...this.#projects.values()].some(({ members }) => members.has(path))) return true;
    const room = await import('../languages/compose/project/parts.js');
    return (await this.#users(room, path, this.#texts)).length > 0;
  }

  /** Takes in what a file holds. */
  take(file: ReadFile): void {
    const { source, text, subjects } = file;
    const { id, kind } = source;
    if (kind === 'compose') this.#put(id, text);
    if (kind !== 'dockerfile') return;
    // Of one that a limit kept from being read, the text is not all that it holds.
    if (subjects.stage === undefined) {
      this.#texts.delete(id);
      return;
    }
    this.#put(id, text);
    if (this.isDockerfile(id)) this.#readings.set(id, file);
  }

  /** The last reading of a Dockerfile that a service is built from. */
  readingOf(path: FileId): ReadFile | undefined {
    return this.#readings.get(path);
  }

  /** Whether a service is built from a file, whatever its name. */
  isDockerfile(path: FileId): boolean {
    return [...this.#projects.values()].some(({ dockerfiles }) => dockerfiles.has(path));
  }

  /** The file is gone. */
  remove(path: FileId): void {
    this.#outdated.delete(path);
    this.#readings.delete(path);
    const isKnown = this.#texts.delete(path);
    this.#read.set(path, Promise.resolve(null));
    this.#rename(path, (names, name) => names.delete(name));
    if (isKnown) this.#outdate(path);
  }

  /** A file came, changed or went on the disk, and nobody has read it since. */
  forget(path: FileId): void {
    const isNews = this.#texts.delete(path) || this.#read.has(path) || isDefault(path);
    this.#read.delete(path);
    this.#names.delete(folderOf(path));
    if (isNews) this.#outdate(path);
  }

  /** Files that were linted before one of their projects was another one; each is named once. */
  takeOutdated(): readonly FileId[] {
    const outdated = [...this.#outdated];
    this.#outdated.clear();
    return outdated;
  }

  #put(path: FileId, text: string): void {
    const before = this.#texts.get(path);
    this.#texts.set(path, text);
    this.#rename(path, (names, name) => names.add(name));
    // Told once, also where nobody judges the others again.
    if (before !== text && this.#judgedBy.get(path) !== text) this.#outdate(path);
  }

  /** A file came or went. */
  #rename(path: FileId, change: (names: Set<string>, name: string) => void): void {
    const folder = folderOf(path);
    const names = this.#names.get(folder);
    if (names === undefined) return;
    const changed = async () => {
      const known = await names;
      change(known, nameOf(path));
      return known;
    };
    this.#names.set(folder, changed());
  }

  /** Whoever is judged in a project with this file, or in one that it might now belong to, has to be judged again. */
  #outdate(path: FileId): void {
    const ofFolder = isDefault(path) ? this.#projects.get(`folder ${folderOf(path)}`) : undefined;
    // Until now it may have stood alone.
    if (ofFolder !== undefined && !ofFolder.members.has(path)) this.#outdated.add(path);
    for (const project of this.#projects.values()) {
      const { members, dockerfiles, judged } = project;
      if (!members.has(path) && !dockerfiles.has(path) && project !== ofFolder) continue;
      for (const member of judged) if (member !== path) this.#outdated.add(member);
    }
  }

  /** The projects that read a file: of its folder, of those above, and others that were met before. */
  async #users(room: Room, path: FileId, texts: ReadonlyMap<FileId, string>): Promise<readonly Project[]> {
    const top = await this.#request.ceiling(folderOf(path));
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      await this.#loadFolder(room, folder, texts);
      if (folder === top || folderOf(folder) === folder) break;
    }
    const users: Project[] = [];
    for (const [key, known] of [...this.#projects]) {
      if (!known.members.has(path) || key === `alone ${path}` || key.startsWith('variant ')) continue;
      // Since it was met its files may have changed.
      const { main, partial, open } = known.files;
      const now = await this.#load(room, { key, main, partial, open, texts });
      if (now.members.has(path)) users.push(now);
    }
    return users;
  }

  /** The project that Compose runs in a folder. */
  async #loadFolder(room: Room, folder: string, texts: ReadonlyMap<FileId, string>): Promise<void> {
    const names = await this.#namesIn(folder);
    const key = `folder ${folder}`;
    const main = await this.#mainOf(room, folder, names, texts);
    if (main === undefined) this.#projects.delete(key);
    else await this.#load(room, { key, main, texts });
  }

  async #mainOf(
    room: Room,
    folder: string,
    names: ReadonlySet<string>,
    texts: ReadonlyMap<FileId, string>,
  ): Promise<readonly FileId[] | undefined> {
    const dotenv = names.has('.env') ? await this.#textOf(join(folder, '.env'), folder, texts) : undefined;
    const listed = typeof dotenv === 'string' ? room.listedFiles(dotenv) : undefined;
    const chosen = listed?.flatMap((name) => resolveFrom(folder, name) ?? []);
    if (chosen !== undefined && chosen.length > 0 && chosen.length === listed?.length) return chosen;
    const base = baseNames.find((name) => names.has(name));
    if (base === undefined) return undefined;
    const override = overrideNames.find((name) => names.has(name));
    return [base, ...(override === undefined ? [] : [override])].map((name) => join(folder, name));
  }

  async #load(room: Room, { key, main, texts, judged, partial = false, open }: Loading): Promise<Project> {
    const memory = this.#memoryOf(key);
    const folder = folderOf(main[0] ?? '');
    const variables = (await this.#request.variableFiles(main[0] ?? '')) ?? [join(folder, '.env')];
    const held = new Map<FileId, string>();
    const missing = new Set<FileId>();
    const filesNow = (): ComposeFiles => ({
      main,
      variables,
      texts: new Map(held),
      missing: new Set(missing),
      partial,
      open,
      memory,
    });
    const asked = new Set<FileId>();
    // What it read the last time, it will most probably read again.
    const before = this.#projects.get(key)?.files;
    let wanted = [...new Set([...main, ...variables, ...(before?.texts.keys() ?? []), ...(before?.missing ?? [])])];
    for (let round = 0; round < maxRounds && wanted.length > 0; round++) {
      for (const path of wanted) {
        asked.add(path);
        const text = await this.#textOf(path, folder, texts);
        if (typeof text === 'string') held.set(path, text);
        else if (text === null) missing.add(path);
      }
      wanted = room.wantedBy(filesNow()).filter((path) => !asked.has(path));
    }
    const known = filesNow();
    const members = new Set(room.membersOf(known));
    const wantedDockerfiles = new Set(room.dockerfilesOf(known));
    const dockerfiles = new Map<FileId, string>();
    for (const path of wantedDockerfiles) {
      const text = await this.#textOf(path, folder, texts);
      if (typeof text === 'string') dockerfiles.set(path, text);
    }
    const reads = dockerfiles.size > 0 || room.hasInlineDockerfile(known);
    const files = reads ? { ...known, dockerfiles, readStages: await this.#stagesReader() } : known;
    const judges = judged === undefined ? members : new Set([judged]);
    const project: Project = { files, members, dockerfiles: wantedDockerfiles, judged: judges };
    this.#projects.set(key, project);
    return project;
  }

  /** What readings of a project share is kept for those that were read last. */
  #memoryOf(key: string): object {
    const memory = this.#memories.get(key) ?? {};
    this.#memories.delete(key);
    this.#memories.set(key, memory);
    const [oldest] = this.#memories.keys();
    if (this.#memories.size > maxRemembered && oldest !== undefined) this.#memories.delete(oldest);
    return memory;
  }

  /** Reads each Dockerfile once. Projects without any never load what that takes. */
  async #stagesReader(): Promise<ReadStages> {
    if (this.#readStages !== undefined) return this.#readStages;
    const { dockerfileLanguage } = await import('../languages/dockerfile/language.js');
    this.#readStages = (file, text, hidden) => {
      const previous = this.#readings.get(file);
      const request = { file, text, hidden, previous, mode: 'open', kubernetesMinor: newestKubernetesMinor } as const;
      const reading = dockerfileLanguage.read(request);
      if (hidden === undefined) this.#readings.set(file, reading);
      return reading.subjects.stage ?? [];
    };
    return this.#readStages;
  }

  async #namesIn(folder: string): Promise<ReadonlySet<string>> {
    const list = async (): Promise<Set<string>> => {
      try {
        const found = await this.#request.files.list(folder);
        return new Set(found.flatMap(({ name, kind }) => (kind === 'file' || kind === 'link' ? name : [])));
      } catch (error) {
        if (error instanceof FilesError) return new Set();
        throw error;
      }
    };
    return remembered(this.#names, folder, list);
  }

  /** What a file holds; null where there is none, undefined where nobody may or can read it. */
  async #textOf(path: FileId, folder: string, texts: ReadonlyMap<FileId, string>): Promise<string | null | undefined> {
    return texts.get(path) ?? (await remembered(this.#read, path, () => this.#readFile(path, folder)));
  }

  async #readFile(path: FileId, folder: string): Promise<string | null | undefined> {
    const { files, ceiling } = this.#request;
    const top = await ceiling(folder);
    if (below(top, path) === undefined && below(folder, path) === undefined) return undefined;
    try {
      const kind = await files.stat(path);
      if (kind !== 'file') return kind === undefined ? null : undefined;
      const { text, limit } = decode(await files.read(path, maximumBytes + 1, [top, folder]));
      return limit === undefined ? text : undefined;
    } catch (error) {
      if (error instanceof FilesError) return undefined;
      throw error;
    }
  }
}

/** Whether a file is one that is merged onto another, by its name. */
function isOverride(path: FileId): boolean {
  return /\.override\.ya?ml$/.test(path);
}

function isDefault(path: FileId): boolean {
  const name = nameOf(path);
  return baseNames.includes(name) || overrideNames.includes(name);
}
