// Compose files: each is judged in the projects that it is a part of.
import type { ComposeFiles, Language, ReadFile, ReadRequest } from '../../engine/language.js';
import type { Subjects } from '../../engine/rule.js';
import type { FileId } from '../../text/span.js';
import { get, type YamlDocument } from '../yaml/document.js';
import { finishYamlFile, type ResourceSpan } from '../yaml/file.js';
import type { YamlStream } from '../yaml/stream.js';
import { readCommands } from './commands.js';
import { duplicateProblems } from './duplicates.js';
import { startsOfVariables } from './environment.js';
import { readImages } from './images.js';
import { mergeKeyProblems } from './merge-keys.js';
import { otherKeysIn } from './other-keys.js';
import { type Assembled, assemble } from './project/assembly.js';
import { effectiveProject } from './project/effective.js';
import { readProject } from './project.js';
import { readReferences } from './references.js';
import { readServices } from './service.js';
import { writtenDocument } from './written.js';

export const composeLanguage: Language = { kind: 'compose', read };

/** Where the variables of a file that stands alone come from: no file has this name. */
const ownVariables = '\0.env';

function read(request: ReadRequest): ReadFile {
  const { previous, ...rest } = request;
  const projects = projectsOf(request).map((files) => projectOf(files, request.file, previous));
  const [first] = projects;
  const stream = first?.assembled.streams.get(request.file);
  if (first === undefined || stream === undefined) throw new Error(`${request.file} is not in its project`);
  const documents = (first.assembled.documents.get(request.file) ?? []).slice(0, stream.slices.length);
  const written = documents.filter((document) => document.tree.root !== undefined);
  const { references, problems: invalid } = readReferences(first.assembled.values, written);
  const file = finishYamlFile(
    { request: rest, stream, documents },
    {
      kind: 'compose',
      subjects: {
        ...joined(projects.map(({ subjects }) => subjects)),
        composeFile: [
          {
            documents: written.map((document) => writtenDocument(first.assembled.values, document)),
            isBase: projects.some(({ files }) => isBaseOf(files, request.file)),
            otherKeys: written.flatMap(otherKeysIn),
          },
        ],
        variableReference: references,
      },
      variables: () => startsOfVariables(rest.file, first.subjects.container ?? []),
      resources: () => documents.flatMap(servicesIn),
      problems: [
        ...invalid,
        ...documents.flatMap((document) => [...duplicateProblems(document), ...mergeKeyProblems(document)]),
        ...projects.flatMap(({ assembled }) => assembled.problems.filter(({ at }) => at.file === request.file)),
      ],
      // Files of one project share its subjects: what a rule has nothing to say of, it is not asked again.
      ...(projects.length === 1
        ? { partOf: (subject: object) => (first.shared.has(subject) ? first.assembled : undefined) }
        : {}),
    },
  );
  const others = textsBeside(request, projects);
  return others.size === 0 ? file : { ...file, others };
}

/** A file that nobody knows a project of is one by itself. */
function projectsOf({ file, text, dotenv, projects }: ReadRequest): readonly ComposeFiles[] {
  if (projects !== undefined && projects.length > 0) {
    return projects.map((each) => ({ ...each, texts: new Map(each.texts).set(file, text) }));
  }
  const texts = new Map([[file, text]]);
  if (dotenv !== undefined) texts.set(ownVariables, dotenv);
  return [{ main: [file], variables: [ownVariables], texts, missing: new Set(), partial: false, memory: {} }];
}

/** Whether a project begins with a file, and no other one that nobody knows of stands below it. */
function isBaseOf({ main, partial, open }: ComposeFiles, file: FileId): boolean {
  return main[0] === file && !partial && open !== true;
}

interface Project {
  readonly files: ComposeFiles;
  readonly assembled: Assembled;
  readonly subjects: Subjects;
  /** The same subjects, which all files of the project have. */
  readonly shared: ReadonlySet<object>;
}

const projectsRead = new WeakMap<Assembled, Project>();

function projectOf(files: ComposeFiles, file: FileId, previous: ReadFile | undefined): Project {
  const stream = (previous as { readonly stream?: YamlStream } | undefined)?.stream;
  const assembled = assemble(files, stream === undefined ? new Map() : new Map([[file, stream]]));
  const known = projectsRead.get(assembled);
  if (known !== undefined) return known;
  const subjects = subjectsOf(files, assembled);
  const project = { files, assembled, subjects, shared: new Set<object>(Object.values(subjects).flat()) };
  projectsRead.set(assembled, project);
  return project;
}

function subjectsOf({ partial }: ComposeFiles, assembled: Assembled): Subjects {
  const { values, root } = assembled;
  if (root === undefined) return {};
  const services = readServices(values, root, !partial);
  const workloads = services.map((service) => service.workload);
  const owners = services.flatMap(({ value, workload }) =>
    workload.containers.map((container) => ({ service: value, image: container.image })),
  );
  return {
    service: services,
    workload: workloads,
    container: workloads.flatMap((workload) => workload.containers),
    image: readImages(values, owners),
    command: readCommands(
      values,
      owners.map((owner) => owner.service),
    ),
    composeProject: [
      readProject(values, root, services, { ...assembled, effective: () => effectiveProject(assembled) }),
    ],
  };
}

/** The subjects of all projects that a file is in. */
function joined([first = {}, ...others]: readonly Subjects[]): Subjects {
  const all: { [name: string]: readonly unknown[] } = { ...first };
  for (const subjects of others) {
    for (const [name, more] of Object.entries(subjects)) all[name] = [...(all[name] ?? []), ...more];
  }
  return all as Subjects;
}

function textsBeside({ file }: ReadRequest, projects: readonly Project[]): ReadonlyMap<FileId, string> {
  const texts = new Map<FileId, string>();
  for (const { assembled } of projects) {
    for (const [id, text] of assembled.texts) if (id !== file) texts.set(id, text);
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
