// Lints a text of a given kind, without files: what pages, contracts and unit tests run on.
import { emptyConfig, settingsOf } from '../../src/engine/config.js';
import type { ComposeFiles, ReadFile, ReadRequest } from '../../src/engine/language.js';
import type { OptionValue, Rule } from '../../src/engine/rule.js';
import { type RunResult, runRules } from '../../src/engine/run-rules.js';
import { newestKubernetesMinor } from '../../src/engine/settings.js';
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
  const { only, rules = allRules } = options;
  const configured = options.optionsFor ?? only;
  const chosen = new Map(
    configured === undefined ? [] : [[configured, { severity: undefined, options: options.options ?? {} }]],
  );
  const settings = {
    ...settingsOf(
      {
        ...emptyConfig,
        rules: chosen,
        profile: 'all',
        kubernetesMinor: options.kubernetesMinor,
        trustedRegistries: options.trustedRegistries,
      },
      { inlineIgnores: options.inlineIgnores, today: options.today },
    ),
    only: only === undefined ? undefined : new Set([only]),
  };
  const inside = lintEmbedded({ ...readers, kind, rules, settings, file: read.source.id, text, mode: 'open' }, read);
  const file = inside?.file ?? read;
  const result = runRules({ file, rules, settings, appliesTo, embedded: inside?.findings });
  return { file, findings: result.findings, failures: [...result.failures, ...(inside?.failures ?? [])] };
}
