// The one place where the differential test calls our model.
import { emptyConfig, settingsOf } from '../../src/engine/config.js';
import type { ComposeFiles } from '../../src/engine/language.js';
import { runRules } from '../../src/engine/run-rules.js';
import { parseDotenv } from '../../src/languages/compose/dotenv.js';
import { composeLanguage } from '../../src/languages/compose/language.js';
import { membersOf, wantedBy } from '../../src/languages/compose/project/parts.js';
import type { Effective } from '../../src/model/compose/effective.js';
import { allRules } from '../../src/rules/all.js';
import { ComposeProjects } from '../../src/service/compose-projects.js';
import type { Files } from '../../src/service/files.js';
import { appliesTo } from '../../src/standards/standards.js';
import { type Answer, isJsonMap, type Json, type JsonMap, notKnown, type Project, projectFolder } from './project.js';

const settings = settingsOf({ ...emptyConfig, profile: 'all' });

/** What we say of a project: its effective configuration, or the finding that tells that Compose does not load it. */
export async function askOurs(project: Project): Promise<Answer> {
  const files = await filesOf(project);
  const refused: string[] = [];
  let json: JsonMap = {};
  for (const file of membersOf(files)) {
    const read = composeLanguage.read({
      file,
      text: files.texts.get(file) ?? '',
      mode: 'open',
      kubernetesMinor: settings.kubernetesMinor,
      projects: [files],
    });
    const { findings, failures } = runRules({ file: read, rules: allRules, settings, appliesTo });
    if (failures[0] !== undefined) throw failures[0].error;
    refused.push(
      ...findings
        .filter(({ rule, severity }) => loading.has(rule) && severity === 'error')
        // What loads and cannot be started is another matter.
        .filter(({ message }) => !/it cannot start/.test(message))
        .map(({ rule, message }) => `${file} ${rule} ${message}`),
    );
    const effective = read.subjects.composeProject?.[0]?.effective();
    if (effective !== undefined) json = jsonOf(effective) as JsonMap;
  }
  const [first] = refused;
  if (first !== undefined) return { refused: refused.join('\n') };
  return { json: { name: nameOf(files), ...withEnvFiles(json, project) } };
}

/** The rules that speak of what Compose does not load, where they speak of an error. */
const loading: ReadonlySet<string> = new Set([
  'conflicting-resource-limits',
  'container-name-with-replicas',
  'dependency-cycle',
  'duplicate-key',
  'invalid-container-name',
  'invalid-interpolation',
  'invalid-published-address',
  'missing-image-or-build',
  'multiple-merge-keys',
  'network-mode-with-networks',
  'schema-violation',
  'syntax-error',
  'undefined-reference',
  'unquoted-user',
]);

function jsonOf(value: Effective): Json {
  if (value.kind === 'scalar') return value.known ? value.value : notKnown;
  if (value.kind === 'list') return value.items.map(jsonOf);
  return Object.fromEntries(value.entries.map(({ key, value: inner }) => [key, jsonOf(inner)]));
}

/** The folder of the first file, unless `.env` or the project itself says otherwise. */
function nameOf({ main, texts, variables }: ComposeFiles): string {
  const folder = (main[0] ?? '').split('/').at(-2) ?? '';
  const set = new Map(variables.flatMap((file) => [...parseDotenv(texts.get(file) ?? '')]));
  return set.get('COMPOSE_PROJECT_NAME') ?? folder;
}

/** Compose prints the variables of an `env_file` among those of the service, which win. */
function withEnvFiles(json: JsonMap, { files }: Project): JsonMap {
  if (!isJsonMap(json.services)) return json;
  const services = Object.entries(json.services).map(([name, service]): readonly [string, Json] => {
    if (!isJsonMap(service) || !Array.isArray(service.env_file)) return [name, service];
    const { env_file: list, environment: own, ...others } = service;
    const variables: { [key: string]: Json } = {};
    for (const file of list as readonly Json[]) {
      const path = isJsonMap(file) && typeof file.path === 'string' ? file.path.slice(projectFolder.length + 1) : '';
      for (const [key, value] of parseDotenv(files[path] ?? '')) variables[key] = value ?? notKnown;
    }
    return [name, { ...others, environment: { ...variables, ...(isJsonMap(own) ? own : {}) } }];
  });
  return { ...json, services: Object.fromEntries(services) };
}

async function filesOf(project: Project): Promise<ComposeFiles> {
  const texts = new Map(Object.entries(project.files).map(([path, text]) => [`${projectFolder}/${path}`, text]));
  if (project.main === undefined) {
    const projects = new ComposeProjects({
      files: filesIn(texts),
      ceiling: async () => projectFolder,
      variableFiles: async () => undefined,
    });
    const bases = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
    const listed = parseDotenv(project.files['.env'] ?? '').get('COMPOSE_FILE');
    const separator = parseDotenv(project.files['.env'] ?? '').get('COMPOSE_PATH_SEPARATOR') ?? ':';
    const candidates = listed === undefined ? bases : listed.split(separator);
    const base = candidates.map((name) => `${projectFolder}/${name}`).find((path) => texts.has(path));
    const [first] = base === undefined ? [] : await projects.of(base, texts.get(base) ?? '');
    if (first === undefined) throw new Error('The project has no file that Compose would find.');
    return first;
  }
  const [first = ''] = project.main;
  const folderOfMain = first.slice(0, first.lastIndexOf('/') + 1);
  const held = new Map<string, string>();
  const missing = new Set<string>();
  const files = (): ComposeFiles => ({
    main: (project.main ?? []).map((path) => `${projectFolder}/${path}`),
    variables: [`${projectFolder}/${folderOfMain}.env`],
    texts: new Map(held),
    missing: new Set(missing),
    partial: false,
    memory: {},
  });
  for (let wanted = wantedBy(files()); wanted.length > 0; wanted = wantedBy(files())) {
    for (const path of wanted) {
      const text = texts.get(path);
      if (text === undefined) missing.add(path);
      else held.set(path, text);
    }
  }
  return files();
}

function filesIn(texts: ReadonlyMap<string, string>): Files {
  const below = (path: string) => [...texts.keys()].filter((file) => file.startsWith(`${path}/`));
  return {
    read: async (path) => new TextEncoder().encode(texts.get(path) ?? ''),
    list: async (path) => {
      const names = below(path).map((file) => file.slice(path.length + 1));
      return names.filter((name) => !name.includes('/')).map((name) => ({ name, kind: 'file' as const }));
    },
    stat: async (path) => (texts.has(path) ? 'file' : below(path).length > 0 ? 'folder' : undefined),
  };
}
