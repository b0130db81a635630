// The workflows that the guide and the examples show.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import { root } from '../../../tools/project.js';
import { fencesIn } from '../support/fences.js';
import { action, address, problemsOfWorkflow } from './github-language.js';

interface Workflow {
  readonly jobs: { readonly [id: string]: { readonly steps: readonly Step[] } };
}

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
}

const example = 'docs/examples/github-workflow.yml';

const workflows: ReadonlyMap<string, string> = new Map([
  [example, readFileSync(join(root, example), 'utf8')],
  ...stepsIn('docs/ci.md').map((steps, at) => [`steps ${at + 1} of docs/ci.md`, aroundSteps(steps)] as const),
]);

/** The fences that are steps of a job. */
function stepsIn(guide: string): readonly string[] {
  return fencesIn(readFileSync(join(root, guide), 'utf8'))
    .filter(({ language, body }) => language === 'yaml' && /^- (?:id|uses|run|name):/.test(body))
    .map(({ body }) => body);
}

function aroundSteps(steps: string): string {
  return `on: pull_request\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n${steps.replace(/^(?=.)/gm, '      ')}`;
}

function stepsOf(workflow: string): readonly Step[] {
  const { jobs }: Workflow = parse(workflow);
  return Object.values(jobs).flatMap(({ steps }) => steps);
}

describe('the workflows for GitHub', () => {
  it('are one whole example and four parts in the guide', () => assert.equal(workflows.size, 5));

  for (const [name, workflow] of workflows) {
    it(`are understood by the reader of GitHub: ${name}`, async () => {
      assert.deepEqual(await problemsOfWorkflow(workflow), []);
    });

    it(`use the action under an address that is plainly none, with the outputs that it has: ${name}`, () => {
      const own = stepsOf(workflow).filter(({ uses }) => uses?.includes('plimsoll'));
      assert.deepEqual(
        own.map(({ uses }) => uses),
        [`${address}@v0.1.0`],
      );
      for (const [, id, output = ''] of workflow.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
        assert.equal(id, own[0]?.id);
        assert.ok(Object.hasOwn(action.outputs, output), output);
      }
    });

    it(`put no expression into a script: ${name}`, () => {
      for (const { run } of stepsOf(workflow)) assert.doesNotMatch(run ?? '', /\$\{\{/);
    });
  }

  for (const [mistake, before, after, message] of [
    ['an input that the action does not have', 'sarif: pl', 'serif: pl', "Invalid action input 'serif'"],
    ['a function that there is not', 'format(', 'fromat(', "Unrecognized function: 'fromat'"],
    ['a step that there is not', 'steps.plimsoll', 'steps.plimsol', 'Context access might be invalid: plimsol'],
    ['an event that there is not', 'pull_request:', 'pull_requests:', "Unexpected value 'pull_requests'"],
  ] as const) {
    it(`would not be understood with ${mistake}`, async () => {
      const workflow = workflows.get(example) ?? '';
      assert.ok(workflow.includes(before));
      const problems = await problemsOfWorkflow(workflow.replaceAll(before, after));
      assert.ok(problems.join('\n').includes(message), problems.join('\n'));
    });
  }
});
