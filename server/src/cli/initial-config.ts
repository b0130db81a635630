// The config file that `plimsoll init` writes: every key, as it would be used in this folder.
import { newestKubernetesMinor } from '../engine/settings.js';
import type { FileKind } from '../model/format.js';
import type { Survey } from '../service/survey.js';

/** Of longer lists, the rest is left to the findings. */
const longest = 15;
const loudest = 5;

const kindNames: { readonly [kind in FileKind]: readonly [one: string, many: string] } = {
  dockerfile: ['Dockerfile', 'Dockerfiles'],
  compose: ['Compose file', 'Compose files'],
  kubernetes: ['file with Kubernetes objects', 'files with Kubernetes objects'],
  config: ['config file', 'config files'],
};

/**
 * A valid config file that changes nothing: what it proposes is commented out. `hadolint` is the name of its file that
 * goes on speaking for the Dockerfiles here.
 */
export function initialConfig(found: Survey, hadolint?: string): string {
  return [
    '# Settings of Plimsoll for this folder and all below it. A .plimsoll.yaml further down wins alone for its folder.',
    "# 'plimsoll config FILE' shows what holds for a file, and who says so.",
    `# Found here: ${findsOf(found)}.`,
    ...(hadolint === undefined
      ? []
      : [`# ${hadolint} is read for Dockerfiles: what this file says of the same thing wins.`]),
    '',
    '# Which rules run: recommended (few and certain), strict (also what good practice asks for), all.',
    'profile: recommended',
    '',
    '# What this file does not say, others may: paths in this repository, a later one wins.',
    '# extends: team.plimsoll.yaml',
    '',
    "# How loud a rule is (off, hint, info, warning, error), and its options. 'plimsoll rules' lists the rules.",
    'rules:',
    ...rulesIn(found),
    '',
    '# Where images may come from: registries, owners and repositories. Any others are reported.',
    ...trustedIn(found, hadolint),
    '',
    ...(found.kinds.has('kubernetes')
      ? [
          '# The Kubernetes version that manifests are judged for; the newest one when it is left out.',
          `# kubernetesVersion: '1.${newestKubernetesMinor}'`,
          '',
        ]
      : []),
    '# What is not checked, with the meaning of .gitignore. What .gitignore files and the usual vendored folders',
    "# (node_modules, vendor, …) hold is left out anyhow; '!vendor/' brings a folder back.",
    'exclude:',
    '  # - legacy/',
    '',
    '# Other levels and options for some of the files.',
    'overrides:',
    '  # - files: legacy/',
    `  #   rules: { ${found.rules[0]?.name ?? 'image-latest-tag'}: off }`,
    '',
    '# Findings that are no fault, where no comment can stand. The reason is shown to whoever asks.',
    'ignores:',
    `  # - rule: ${found.rules[0]?.name ?? 'privileged'}`,
    `  #   resource: ${found.kinds.has('kubernetes') ? 'kube-system/DaemonSet/*' : 'service/web'}`,
    '  #   reason: it looks after the node itself',
    '  #   until: 2030-12-31',
    '',
  ].join('\n');
}

function findsOf({ kinds, helmTemplates }: Survey): string {
  const parts = (['dockerfile', 'compose', 'kubernetes'] as const).flatMap((kind) => {
    const count = kinds.get(kind) ?? 0;
    return count === 0 ? [] : [`${count} ${kindNames[kind][count === 1 ? 0 : 1]}`];
  });
  if (helmTemplates > 0) parts.push(`${helmTemplates} of Helm's templates, which are not checked`);
  return parts.length === 0 ? 'no Dockerfile, Compose file or Kubernetes manifest yet' : parts.join(', ');
}

function rulesIn({ rules }: Survey): readonly string[] {
  if (rules.length === 0) return ['  # image-latest-tag: error'];
  return rules.slice(0, loudest).map(({ name, count }) => `  # ${name}: off # ${times(count, 'finding')} today`);
}

/** Said here, it would take the place of what hadolint is told. */
function trustedIn(found: Survey, hadolint: string | undefined): readonly string[] {
  const registries = ['  - default # the list that is built in', ...registriesIn(found)];
  if (hadolint === undefined) return ['trustedRegistries:', ...registries];
  return ['# trustedRegistries:', ...registries.map((line) => line.replace(/^ {2}(?:# )?/, '#   '))];
}

function registriesIn({ registries }: Survey): readonly string[] {
  if (registries.length === 0) return ['  # - registry.example.com'];
  const known = registries.slice(0, longest);
  const rest = registries.length - known.length;
  return [
    ...known.map(({ name, count }) => `  # - ${name} # ${times(count, 'image')} here`),
    ...(rest === 0 ? [] : [`  # and ${rest} more, see untrusted-registry`]),
  ];
}

function times(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
