// Compose files: each is judged in the projects that it is a part of.
import type {
  ComposeFiles,
  EmbeddedText,
  Language,
  ReadFile,
  ReadRequest,
  SubjectGroup,
  SubjectGroups,
} from '../../engine/language.js';
import type { Subjects } from '../../engine/rule.js';
import type { ComposeDocument } from '../../model/compose/file.js';
import { valueOf } from '../../model/located.js';
import { once } from '../../text/once.js';
import type { FileId, Place } from '../../text/span.js';
import { get, placeOf, type YamlDocument } from '../yaml/document.js';
import { scalarEdits } from '../yaml/embedded-edits.js';
import { mayExpandFar } from '../yaml/expansion.js';
import { finishYamlFile, type ResourceSpan, withMore } from '../yaml/file.js';
import type { YamlScalar } from '../yaml/node.js';
import type { YamlStream } from '../yaml/stream.js';
import { type InlineText, inlineText, readBuild, readBuiltImage } from './build.js';
import { readCommands } from './commands.js';
import { duplicateProblems } from './duplicates.js';
import { startsOfVariables } from './environment.js';
import { builtNames, readImages } from './images.js';
import { readLinks } from './links.js';
import { mergeKeyProblems } from './merge-keys.js';
import { otherKeysIn } from './other-keys.js';
import { type Assembled, assemble } from './project/assembly.js';
import { effectiveProject } from './project/effective.js';
import { readProject } from './project.js';
import { readReferences } from './references.js';
import { readServices, readWhole, type Service } from './service.js';
import { type Parts, partsOf, partWithin } from './service-parts.js';
import { writtenDocument } from './written.js';

export const composeLanguage: Language = { kind: 'compose', read };

/** Where the variables of a file that stands alone come from: no file has this name. */
const ownVariables = '\0.env';

function read(request: ReadRequest): ReadFile {
  const { previous, ...rest } = request;
  // What is handed on from here must not hold on to the reading before, which would hold on to the one before that.
  const projects = projectsRead(rest, previous);
  const [first] = projects;
  const stream = first?.assembled.streams.get(rest.file);
  if (first === undefined || stream === undefined) throw new Error(`${rest.file} is not in its project`);
  const documents = (first.assembled.documents.get(rest.file) ?? []).slice(0, stream.slices.length);
  const written = documents.filter((document) => document.tree.root !== undefined);
  const { references, problems: invalid } = readReferences(first.assembled.values, written);
  const file = finishYamlFile(
    { request: rest, stream, documents },
    {
      kind: 'compose',
      subjects: withMore(joined(projects.map(({ subjects }) => subjects)), {
        composeFile: [
          {
            documents: written.map((document, index) => ({
              written: writtenDocument(first.assembled.values, document),
              // To look at parts one by one is to look at what is behind anchors many times.
              partOf: mayExpandFar(document.tree)
                ? () => undefined
                : partsOfDocument(first.parts, `${rest.file}\0${index}`),
            })),
            isBase: projects.some(({ files }) => isBaseOf(files, rest.file)),
            otherKeys: written.flatMap(otherKeysIn),
          },
        ],
        variableReference: references,
      }),
      variables: () => startsOfVariables(rest.file, first.subjects.container ?? []),
      resources: () => documents.flatMap(servicesIn),
      problems: [
        ...invalid,
        ...documents.flatMap((document) => [...duplicateProblems(document), ...mergeKeyProblems(document)]),
        ...projects.flatMap(({ assembled }) => assembled.problems.filter(({ at }) => at.file === rest.file)),
      ],
      // What a rule has nothing to say of, it is not asked again: neither for another file of the project, nor when
      // something else was edited.
      ...(projects.length === 1 ? { groups: first.groups } : {}),
    },
  );
  const others = textsBeside(rest, projects);
  const embedded = projects.length === 0 ? [] : dockerfilesIn(rest, projects);
  const kept: Kept = { ...file, memory: first.memory };
  return {
    ...kept,
    ...(others.size === 0 ? {} : { others }),
    ...(embedded.length === 0 ? {} : { embedded }),
    links: () => linksOf(rest.file, documents, first),
  };
}

/** A service of a document is part of that service of the project. */
function partsOfDocument({ ofWritten, around }: Parts, id: string): ComposeDocument['partOf'] {
  return (section, service) => {
    if (service === undefined) return section === 'services' ? undefined : partWithin(around, `${id}\0${section}`);
    return partWithin(ofWritten(service), id);
  };
}

function linksOf(file: FileId, documents: readonly YamlDocument[], { assembled, services }: Project) {
  const { values, folders } = assembled;
  return readLinks({ file, values, folders, documents, services: services.map(({ value }) => value) });
}

/** The Dockerfiles that are written in a file, each once, however many services and projects use it. */
function dockerfilesIn({ file, text }: Pick<ReadRequest, 'file' | 'text'>, projects: readonly Project[]) {
  if (!text.includes('dockerfile_inline')) return [];
  const found = new Map<number, EmbeddedText>();
  for (const { assembled, services } of projects) {
    const { values, folders } = assembled;
    for (const { value: service } of services) {
      const inline = readBuild(values, folders, service)?.inline;
      if (inline?.document.file !== file || inline.node?.kind !== 'scalar') continue;
      const source = inlineText(values, inline);
      const { start } = placeOf(inline).span;
      if (source !== undefined && !found.has(start)) found.set(start, embeddedIn(inline.node, text, source));
    }
  }
  return [...found.values()];
}

function embeddedIn(node: YamlScalar, source: string, { text, hidden }: InlineText): EmbeddedText {
  return {
    kind: 'dockerfile',
    text,
    hidden,
    edits: (edits) =>
      scalarEdits(
        node,
        source,
        text,
        // Compose would take a dollar sign for a variable.
        edits.map(({ span, newText }) => ({ span, newText: newText.replaceAll('$', '$$$$') })),
      ),
  };
}

/** What a file that stands alone lends to its next reading. */
interface Kept extends ReadFile {
  readonly stream?: YamlStream;
  readonly memory: object;
}

function projectsRead(request: ReadRequest, previous: ReadFile | undefined): readonly Project[] {
  const { stream, memory = {} }: Partial<Kept> = previous ?? {};
  return projectsOf(request, memory).map((files) => projectOf(files, request.file, stream));
}

/** A file that nobody knows a project of is one by itself. */
function projectsOf({ file, text, dotenv, projects }: ReadRequest, memory: object): readonly ComposeFiles[] {
  if (projects !== undefined && projects.length > 0) {
    return projects.map((each) => ({ ...each, texts: new Map(each.texts).set(file, text) }));
  }
  const texts = new Map([[file, text]]);
  if (dotenv !== undefined) texts.set(ownVariables, dotenv);
  return [{ main: [file], variables: [ownVariables], texts, missing: new Set(), partial: false, memory }];
}

/** Whether a project begins with a file, and no other one that nobody knows of stands below it. */
function isBaseOf({ main, partial, open }: ComposeFiles, file: FileId): boolean {
  return main[0] === file && !partial && open !== true;
}

interface Project {
  readonly files: ComposeFiles;
  readonly assembled: Assembled;
  readonly dockerfiles: ReadonlyMap<FileId, string>;
  readonly services: readonly Service[];
  readonly subjects: Subjects;
  readonly parts: Parts;
  readonly groups: SubjectGroups;
  readonly memory: object;
}

const known = new WeakMap<Assembled, Project>();

function projectOf(files: ComposeFiles, file: FileId, stream: YamlStream | undefined): Project {
  const assembled = assemble(files, stream === undefined ? new Map() : new Map([[file, stream]]));
  const last = known.get(assembled);
  const { dockerfiles = new Map() } = files;
  if (last !== undefined && isSame(last.dockerfiles, dockerfiles)) return last;
  const parts = partsOf(files, assembled);
  const services = servicesOf(files, assembled, parts);
  const subjects = subjectsOf(files, assembled, services);
  // Only then it is known where reading was stopped.
  if (isLarge(assembled)) readAll(services, subjects);
  const groups = groupsOf({ assembled, services, subjects, parts });
  const project = { files, assembled, dockerfiles, services, subjects, parts, groups, memory: files.memory };
  known.set(assembled, project);
  return project;
}

function isLarge({ documents }: Assembled): boolean {
  return [...documents.values()].some((all) => all.some(({ tree }) => mayExpandFar(tree)));
}

/** Services keep their parts while others are edited; everything else is read from the project as it is. */
function groupsOf({
  assembled,
  services,
  subjects,
  parts,
}: Pick<Project, 'assembled' | 'services' | 'subjects' | 'parts'>): SubjectGroups {
  const ofServices = <T>(membersOf: (service: Service) => readonly T[]): readonly SubjectGroup<T>[] =>
    services.map((service) => ({ part: service.part, members: () => membersOf(service) }));
  const { values } = assembled;
  const built = builtNames(values, services);
  const { alone, others } = apart(assembled, services, parts);
  // What services share is read once, for the first of them: that is a matter of all of them.
  const inside = <T>(key: string, read: (services: readonly Service[]) => readonly T[]): readonly SubjectGroup<T>[] => [
    ...alone.map((service) => ({ part: partWithin(service.part, key), members: once(() => read([service])) })),
    { part: subjects, members: once(() => read(others)) },
  ];
  return {
    service: ofServices((service) => [service]),
    workload: ofServices(({ workload }) => [workload]),
    container: ofServices(({ workload }) => workload.containers),
    image: inside(`image ${[...built].join(' ')}`, (some) => readImages(values, some, built)),
    command: inside('command', (some) => readCommands(values, some)),
    composeProject: [{ part: subjects, members: () => subjects.composeProject ?? [] }],
  };
}

/** The services of which nothing is used by another one, by an anchor or by `extends`, and that use nothing so. */
function apart({ extensions }: Assembled, services: readonly Service[], { isAlone }: Parts) {
  const extended = new Set(extensions.map(({ service }) => valueOf(service)));
  const alone: Service[] = [];
  const others: Service[] = [];
  for (const service of services) {
    if (isAlone(service.name) && !extended.has(service.name)) alone.push(service);
    else others.push(service);
  }
  return { alone, others };
}

function isSame(a: ReadonlyMap<FileId, string>, b: ReadonlyMap<FileId, string>): boolean {
  if (a.size !== b.size) return false;
  for (const [file, text] of a) if (b.get(file) !== text) return false;
  return true;
}

function servicesOf(files: ComposeFiles, { values, folders, root }: Assembled, parts: Parts): readonly Service[] {
  if (root === undefined) return [];
  return readServices({
    values,
    root,
    isBase: !files.partial,
    builtOf: (service) => readBuiltImage(values, files, service, readBuild(values, folders, service)),
    partOf: parts.ofService,
  });
}

function subjectsOf(files: ComposeFiles, assembled: Assembled, services: readonly Service[]): Subjects {
  const { values, root } = assembled;
  if (root === undefined) return {};
  const workloads = once(() => services.map((service) => service.workload));
  const images = once(() => readImages(values, services, builtNames(values, services)));
  const commands = once(() => readCommands(values, services));
  return {
    service: services,
    get workload() {
      return workloads();
    },
    get container() {
      return workloads().flatMap((workload) => workload.containers);
    },
    get image() {
      return images();
    },
    get command() {
      return commands();
    },
    composeProject: [
      readProject(values, root, services, {
        ...assembled,
        main: files.main,
        files: [...assembled.documents.keys()],
        misread: () => [...assembled.documents.values()].flat().flatMap(misreadIn),
        effective: () => effectiveProject(assembled),
      }),
    ],
  };
}

/** Reads all that is there. */
function readAll(services: readonly Service[], subjects: Subjects): void {
  for (const service of services) readWhole(service);
  Object.values(subjects);
}

function misreadIn(document: YamlDocument): readonly Place[] {
  const [error] = document.tree.errors;
  return error === undefined ? [] : [document.place(error.span)];
}

/** The subjects of all projects that a file is in. */
function joined([first = {}, ...others]: readonly Subjects[]): Subjects {
  if (others.length === 0) return first;
  const all: { [name: string]: readonly unknown[] } = { ...first };
  for (const subjects of others) {
    for (const [name, more] of Object.entries(subjects)) all[name] = [...(all[name] ?? []), ...more];
  }
  return all as Subjects;
}

function textsBeside({ file }: Pick<ReadRequest, 'file'>, projects: readonly Project[]): ReadonlyMap<FileId, string> {
  const texts = new Map<FileId, string>();
  for (const { assembled, dockerfiles } of projects) {
    for (const [id, text] of assembled.texts) if (id !== file) texts.set(id, text);
    for (const [id, text] of dockerfiles) texts.set(id, text);
  }
  return texts;
}

/** The services where they are written; what stands in an anchor elsewhere belongs to none of them. */
function servicesIn(document: YamlDocument): readonly ResourceSpan[] {
  const { node } = get(document.root, 'services') ?? {};
  if (node?.kind !== 'map') return [];
  return node.pairs.flatMap(({ name, span }) =>
    name === undefined
      ? []
      : [{ span: document.place(span).span, resource: { kind: 'service', namespace: undefined, name } }],
  );
}
