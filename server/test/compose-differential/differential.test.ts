// Our effective project against that of the real Compose, in generated projects and in what is known of Compose.
import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { compareConfigs, describeDifference } from './compare.js';
import { askCompose, whyNoCompose } from './docker-compose.js';
import { facts } from './facts.js';
import { generateProject } from './generate.js';
import { keys } from './keys.js';
import { knownFacts, whyUnsaid } from './known.js';
import { askOurs } from './ours.js';
import { type Answer, describeProject, isJsonMap, type Json, type JsonMap, type Project } from './project.js';
import { everyRefusal } from './refusals.js';

const generated = Array.from({ length: 500 }, (_, seed) => generateProject(seed));
const projects = [...generated, ...everyRefusal()];
/** What projects are made of, besides keys of services. */
const shapes = [
  ...['override file', 'listed files', 'several documents', 'file that is not read', 'unset variable'],
  ...['!reset of a key', '!reset within a key', '!override', '!override within a key'],
  ...[
    '<<',
    '<< with a list',
    '<< with a map',
    '<< within << or within a key',
    'alias of a value',
    'alias of a service',
  ],
  ...['extends in the same file', 'extends of another file', 'chain of extends'],
  ...['include, short', 'include, long', 'include of several files', 'include with a project directory'],
  ...['include with env_file', '$V', '${V}', '${V:-d}, V set', '${V:-d}, V unset', '${V:-d}, V empty'],
  ...['${V-d}, V set', '${V-d}, V unset', '${V-d}, V empty', '${V:?e}', '${V?e}', '${V:+r}', '${V:+r}, V empty'],
  ...['${V+r}', '${V+r}, V unset', 'nested default', 'nested replacement'],
];
/** As many failing projects as a person reads. */
const shown = 5;

if (whyNoCompose !== undefined) {
  // `npm test` says so in its last lines, and a build server fails.
  console.log(`⚠ ${whyNoCompose}: the differential test did NOT run`);
} else {
  describe('Generated Compose projects', () => {
    let answers: readonly Answer[] = [];
    const ours = new Map<Project, Answer>();

    before(async function () {
      this.timeout(300_000);
      answers = await askCompose(projects);
      for (const project of projects) ours.set(project, await askOurs(project));
    });

    it('hold every key, in every shape, and most of them load', () => {
      const features = new Set(generated.flatMap((project) => project.features));
      assert.deepEqual(
        [...Object.keys(keys), ...shapes].filter((feature) => !features.has(feature)),
        [],
      );
      const loading = generated.filter(({ refused }) => refused === undefined).length;
      assert.ok(loading > 400 && loading < 450, `${loading} of ${generated.length}`);
    });

    it('are loaded by Compose, or refused for the reason that they were given', () => {
      report(projects, (project, index) => {
        const { refused } = answers[index] ?? {};
        if (project.refused === undefined) return refused === undefined ? [] : [`Compose refuses it: ${refused}`];
        if (refused === undefined) return [`Compose loads it, in spite of: ${project.refused.reason}`];
        const { reason, message } = project.refused;
        return message.test(refused) ? [] : [`Compose refuses it for something other than ${reason}: ${refused}`];
      });
    });

    it('are refused by us where Compose refuses them, and only there', () => {
      report(projects, (project, index) =>
        whyUnsaid(project, answers[index]) === undefined ? refusalTroubles(answers[index], ours.get(project)) : [],
      );
    });

    it('are to us what they are to Compose, field by field', () => {
      report(projects, (project, index) => differences(project, answers[index], ours.get(project)));
    });
  });

  describe('What Compose does', () => {
    let answers: readonly Answer[] = [];

    before(async function () {
      this.timeout(120_000);
      answers = await askCompose(facts.map(({ project }) => project));
    });

    for (const [index, { title, project, expected, newer }] of facts.entries()) {
      const known = knownFacts.get(title);
      const note =
        newer !== undefined ? ` (newer ones differ: ${newer})` : known === undefined ? '' : ` (we differ: ${known})`;
      it(`${title}${note}`, async () => {
        const theirs = answers[index];
        const ours = await askOurs(project);
        if (expected === undefined) {
          assert.match(theirs?.refused ?? 'loaded', project.refused?.message ?? /^$/);
        } else {
          assert.equal(theirs?.refused, undefined);
          assert.deepEqual(theirs?.json === undefined ? undefined : expected.in(theirs.json), expected.is);
        }
        const troubles = [...refusalTroubles(theirs, ours), ...differences(project, theirs, ours)];
        const why = knownFacts.get(title);
        if (why === undefined) report([project], () => troubles);
        else assert.notEqual(troubles.length, 0, `We no longer differ: ${why}`);
      });
    }
  });

  describe('The comparison with Compose', () => {
    let configs: readonly JsonMap[] = [];

    before(async () => {
      const loaded = projects.filter(({ refused }) => refused === undefined).slice(0, 25);
      configs = (await askCompose(loaded)).flatMap(({ json }) => (json === undefined ? [] : [json]));
    });

    it('sees no difference between an answer and itself', () => {
      for (const config of configs) assert.deepEqual(compareConfigs(config, undoubled(config)).differences, []);
    });

    it('sees each value that is changed', () => {
      for (const config of configs) {
        // Fragments are not compared.
        const compared = changes(undoubled(config)).filter(({ path }) => !path.startsWith('x-'));
        for (const { path, changed } of compared) {
          assert.notEqual(compareConfigs(config, changed).differences.length, 0, path);
        }
      }
    });
  });
}

/** Fails with the first few projects that have troubles, as a person has to see them. */
function report(checked: readonly Project[], troublesOf: (project: Project, index: number) => readonly string[]): void {
  const failed = checked.flatMap((project, index) => {
    const troubles = troublesOf(project, index);
    return troubles.length === 0
      ? []
      : [[...troubles.map((trouble) => `✖ ${trouble}`), describeProject(project)].join('\n')];
  });
  if (failed.length === 0) return;
  assert.fail(`${failed.length} of ${checked.length} projects:\n\n${failed.slice(0, shown).join('\n\n')}`);
}

function refusalTroubles(theirs: Answer | undefined, ours: Answer | undefined): readonly string[] {
  if (ours === undefined) return ['We have no answer.'];
  if (theirs?.refused !== undefined) return ours.refused === undefined ? [`We say nothing of: ${theirs.refused}`] : [];
  return ours.refused === undefined ? [] : [`We say, and Compose does not: ${ours.refused}`];
}

function differences(project: Project, theirs: Answer | undefined, ours: Answer | undefined): readonly string[] {
  if (theirs?.json === undefined || ours?.json === undefined) return [];
  const comparison = compareConfigs(theirs.json, ours.json);
  // Whether a variable is set is for the shell to say, so that we do not know what depends on it.
  const asks = Object.values(project.files).some((text) => /\$\{NO(?:NE\d*)?:?\+/.test(text));
  const unknown =
    asks || project.unset.length > 0 ? [] : comparison.unknown.map((path) => `${path} is not known to us`);
  return [...comparison.differences.map(describeDifference), ...unknown];
}

/** The answer as we would give it: Compose doubles the dollar signs. */
function undoubled(config: JsonMap): JsonMap {
  return JSON.parse(JSON.stringify(config).replaceAll('$$', '$'));
}

/** The answer with one value changed, for each of its values. */
function changes(config: JsonMap): readonly { readonly path: string; readonly changed: JsonMap }[] {
  return leaves(config).map((path) => {
    const changed = withChange(config, path);
    assert.ok(isJsonMap(changed));
    return { path: path.join('.'), changed };
  });
}

function leaves(value: Json, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]));
}

function withChange(value: Json, [key, ...rest]: readonly string[]): Json {
  if (key === undefined) return otherThan(value);
  if (Array.isArray(value)) return value.map((item: Json, at) => (String(at) === key ? withChange(item, rest) : item));
  return isJsonMap(value) ? { ...value, [key]: withChange(value[key] ?? null, rest) } : value;
}

function otherThan(value: Json): Json {
  if (typeof value === 'number') return value + 1;
  return typeof value === 'boolean' ? !value : `${String(value)}x`;
}
