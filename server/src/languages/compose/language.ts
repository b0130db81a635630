// Compose files: one file is read by itself.
import type { Language, ReadFile, ReadRequest } from '../../engine/language.js';
import type { Subjects } from '../../engine/rule.js';
import { get, type YamlDocument } from '../yaml/document.js';
import { finishYamlFile, type ResourceSpan, readYamlFile } from '../yaml/file.js';
import { readCommands } from './commands.js';
import { parseDotenv } from './dotenv.js';
import { readImages } from './images.js';
import { mergeKeyProblems } from './merge-keys.js';
import { readProject } from './project.js';
import { invalidReferences } from './references.js';
import { readServices, type Service } from './service.js';
import { ComposeValues } from './values.js';

export const composeLanguage: Language = { kind: 'compose', read };

function read(request: ReadRequest): ReadFile {
  const file = readYamlFile(request);
  const values = new ComposeValues(parseDotenv(request.dotenv ?? ''));
  // Documents behind the first one are merged onto it, like override files.
  const documents = file.documents.filter((document) => document.tree.root !== undefined);
  const readings = documents.map((document, index) => readServices(values, document.root, index === 0));
  return finishYamlFile(file, {
    kind: 'compose',
    subjects: subjectsOf(values, documents, readings),
    resources: () => documents.flatMap(servicesIn),
    problems: documents.flatMap((document) => [...invalidReferences(values, document), ...mergeKeyProblems(document)]),
  });
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

function subjectsOf(
  values: ComposeValues,
  documents: readonly YamlDocument[],
  readings: readonly (readonly Service[])[],
): Subjects {
  const services = readings.flat();
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
    composeProject: documents
      .slice(0, 1)
      .map((document) => readProject(values, document.root, readings[0] ?? [], documents.length === 1)),
  };
}
