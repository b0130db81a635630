// Lints a text of a given kind, without files: what pages, contracts and unit tests run on.
import { emptyConfig, settingsOf } from '../../src/engine/config.js';
import type { ComposeFiles, ReadFile, ReadRequest } from '../../src/engine/language.js';
import type { OptionValue, Rule } from '../../src/engine/rule.js';
import { type RunResult, runRules } from '../../src/engine/run-rules.js';
import { newestKubernetesMinor, type Settings } from '../../src/engine/settings.js';
import { composeLanguage } from '../../src/languages/compose/language.js';
import { readConfigFile } from '../../src/languages/config/language.js';
import { dockerfileLanguage } from '../../src/languages/dockerfile/language.js';
import { kubernetesLanguage } from '../../src/languages/kubernetes/language.js';
import type { ShellFindings } from '../../src/model/dockerfile/shell-script.js';
import type { FileKind } from '../../src/model/format.js';
import { allRules } from '../../src/rules/all.js';
import { lintEmbedded } from '../../src/service/embedded.js';
import { appliesTo } from '../../src/standards/standards.js';
import type { Fence } from './page.js';

export interface LintOptions {
  /** Only this rule runs; all of them when it is left out. */
  readonly only?: string | undefined;
  readonly options?: { readonly [name: string]: OptionValue } | undefined;
  /** The rule that has the options; undefined: the only one. */
  readonly optionsFor?: string | undefined;
  readonly kubernetesMinor?: number | undefined;
  readonly rules?: readonly Rule[] | undefined;
  readonly dotenv?: string | undefined;
  /** The Compose project that the text is a file of. */
  readonly project?: Fence['project'];
  /** Whether the objects are patches of kustomize. */
  readonly patch?: boolean | undefined;
  readonly trustedRegistries?: readonly string[] | undefined;
  readonly inlineIgnores?: boolean | undefined;
  /** `2026-12-31`. */
  readonly today?: string | undefined;
  /** The last reading of the text, as it was before an edit. */
  readonly previous?: ReadFile | undefined;
  /** What ShellCheck says. */
  readonly shellFindings?: ShellFindings | undefined;
}

export interface Linted extends RunResult {
  readonly file: ReadFile;
}

function readAs(kind: FileKind, text: string, options: LintOptions = {}): ReadFile {
  const kubernetesMinor = options.kubernetesMinor ?? newestKubernetesMinor;
  const { project } = options;
  const request: ReadRequest = {
    file: project === undefined ? 'page' : `/page/${project.file}`,
    text,
    mode: 'open',
    kubernetesMinor,
    dotenv: options.dotenv,
    patch: options.patch,
    shellFindings: options.shellFindings,
    previous: options.previous,
    projects: project === undefined ? undefined : [projectFiles(project)],
  };
  switch (kind) {
    case 'dockerfile':
      return dockerfileLanguage.read(request);
    case 'compose':
      return composeLanguage.read(request);
    case 'kubernetes':
      return kubernetesLanguage.read(request);
    case 'config':
      return readConfigFile(request, options.rules ?? allRules);
  }
}

/**
 * The files are merged in the order of the page, those in folders of their own only where others name them. Those that
 * are not named like YAML are Dockerfiles.
 */
function projectFiles({ texts }: NonNullable<Fence['project']>): ComposeFiles {
  const all = [...texts].map(([name, text]) => [`/page/${name}`, text] as const);
  const isYaml = (path: string) => /\.ya?ml$/.test(path);
  return {
    main: [...texts.keys()].filter((name) => isYaml(name) && !name.includes('/')).map((name) => `/page/${name}`),
    variables: [],
    texts: new Map(all.filter(([path]) => isYaml(path))),
    missing: new Set(),
    dockerfiles: new Map(all.filter(([path]) => !isYaml(path))),
    readStages: (file, text, hidden) =>
      dockerfileLanguage.read({ file, text, hidden, mode: 'open', kubernetesMinor: newestKubernetesMinor }).subjects
        .stage ?? [],
    partial: false,
    memory: {},
  };
}

const readers = { read: composeLanguage.read, readDockerfile: dockerfileLanguage.read } as const;

export function lint(kind: FileKind, text: string, options: LintOptions = {}): Linted {
  const read = readAs(kind, text, options);
  const { rules = allRules } = options;
  const settings = settingsFor(options);
  const inside = lintEmbedded({ ...readers, kind, rules, settings, file: read.source.id, text, mode: 'open' }, read);
  const file = inside?.file ?? read;
  const result = runRules({ file, rules, settings, appliesTo, embedded: inside?.findings });
  return { file, findings: result.findings, failures: [...result.failures, ...(inside?.failures ?? [])] };
}

/** The engine remembers what it finds out about settings, as it does in an editor, where they stay the same. */
const knownSettings = new Map<string, Settings>();

function settingsFor(given: LintOptions): Settings {
  const { only, options = {}, kubernetesMinor, trustedRegistries, inlineIgnores, today } = given;
  const configured = given.optionsFor ?? only;
  const key = JSON.stringify([only, configured, options, kubernetesMinor, trustedRegistries, inlineIgnores, today]);
  const known = knownSettings.get(key);
  if (known !== undefined) return known;
  const rules = new Map(configured === undefined ? [] : [[configured, { severity: undefined, options }]]);
  const config = { ...emptyConfig, rules, profile: 'all' as const, kubernetesMinor, trustedRegistries };
  const settings = {
    ...settingsOf(config, { inlineIgnores, today }),
    only: only === undefined ? undefined : new Set([only]),
  };
  knownSettings.set(key, settings);
  return settings;
}
