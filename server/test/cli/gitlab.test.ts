import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { nodeFiles } from '../../src/cli/node-files.js';
import { FilesError } from '../../src/service/files.js';
import { hostileCompose, hostileFile, shownNames } from './hostile.js';
import { openWorkshop, type RunOptions, type Workshop } from './workshop.js';

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end: number } };
}

const schema = new URL('./schemas/gitlab-code-quality.schema.json', import.meta.url);
const isReport = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));

const compose = `services:
  web:
    image: nginx:latest
    privileged: true
  worker:
    image: nginx:latest
    privileged: true
`;

describe('the report for GitLab', () => {
  let shop: Workshop;

  beforeEach(() => {
    shop = openWorkshop();
  });

  afterEach(() => shop.close());

  /** A report that holds to the schema, and whose fingerprints are all different, as GitLab wants them. */
  async function report(words: readonly string[] = [], options: RunOptions = {}): Promise<readonly Issue[]> {
    const { stdout } = await shop.lint(['--format', 'gitlab', ...words], options);
    const issues: readonly Issue[] = JSON.parse(stdout);
    assert.ok(isReport(issues), JSON.stringify(isReport.errors, undefined, 2));
    assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, issues.length);
    return issues;
  }

  it('is refused by the schema when it is wrong, so that the other tests mean something', async () => {
    shop.write('compose.yaml', compose);
    const [issue] = await report();
    assert.equal(isReport([{ ...issue, severity: 'error' }]), false);
    assert.equal(isReport([{ ...issue, location: { path: './a', lines: { begin: 1 } } }]), false);
    assert.equal(isReport({}), false);
  });

  it('is an empty list when there is nothing to tell', async () => {
    assert.deepEqual(await report(), []);
  });

  it('has an issue for each finding, at its lines, in the order of files and lines', async () => {
    shop.write('b/compose.yaml', compose);
    shop.write('Dockerfile', 'FROM nginx:latest\n');
    assert.deepEqual(
      (await report()).map(({ check_name, severity, location: { path, lines } }) => [
        ...[check_name, severity, path],
        ...[lines.begin, lines.end],
      ]),
      [
        ['latest-tag', 'major', 'Dockerfile', 1, 1],
        ['latest-tag', 'major', 'b/compose.yaml', 3, 3],
        ['privileged', 'critical', 'b/compose.yaml', 4, 4],
        ['latest-tag', 'major', 'b/compose.yaml', 6, 6],
        ['privileged', 'critical', 'b/compose.yaml', 7, 7],
      ],
    );
  });

  it('tells the four severities apart', async () => {
    shop.write('compose.yaml', 'services:\n  web:\n    privileged: true\n');
    for (const [ours, theirs] of [
      ['error', 'critical'],
      ['warning', 'major'],
      ['info', 'minor'],
      ['hint', 'info'],
    ] as const) {
      assert.equal((await report(['--rule', `privileged=${ours}`]))[0]?.severity, theirs);
    }
  });

  it('leaves out what is ignored, which an issue cannot say', async () => {
    shop.write('compose.yaml', compose.replace('true', 'true # plimsoll: ignore[privileged] it mounts disks'));
    const words = (issues: readonly Issue[]) => issues.map(({ location }) => location.lines.begin);
    assert.deepEqual(words(await report(['--only', 'privileged'])), [7]);
    assert.deepEqual(words(await report(['--only', 'privileged', '--show-suppressed'])), [7]);
  });

  it('does not look clean where something could not be checked', async () => {
    shop.write('compose.yaml', compose);
    const read = () => Promise.reject(new FilesError('permission denied'));
    const issues = await report([], { files: { ...nodeFiles, read } });
    assert.deepEqual(
      issues.map(({ fingerprint: _, ...rest }) => rest),
      [
        {
          description: 'This could not be checked: permission denied',
          check_name: 'plimsoll',
          severity: 'blocker',
          location: { path: 'compose.yaml', lines: { begin: 1, end: 1 } },
        },
      ],
    );
  });

  it('holds to the schema for hostile text, which stays text', async () => {
    shop.write(hostileFile, hostileCompose);
    const issues = await report(['--show-suppressed']);
    assert.equal(issues.length, shownNames.length - 1);
    assert.equal(issues[0]?.location.path, hostileFile);
    assert.ok(issues[0]?.description.includes(`'${shownNames[0]}'`));
  });

  describe('fingerprints', () => {
    const printsOf = async (text: string, name = 'compose.yaml') => {
      shop.write(name, text);
      return (await report()).filter(({ location }) => location.path === name).map(({ fingerprint }) => fingerprint);
    };

    it('stay when lines are put in before, and when others come and go', async () => {
      const before = await printsOf(compose);
      assert.deepEqual(await printsOf(`# a comment\n\n${compose}`), before);
      const [, , tag, privileged] = before;
      const without = compose.replace(/ {2}web:\n.*\n.*\n/, '  other:\n    image: nginx:1\n');
      assert.deepEqual(await printsOf(without), [tag, privileged]);
    });

    it('stay when the message is worded in another way', async () => {
      const before = await printsOf(compose);
      const { rules } = await import('./workshop.js');
      const reworded = rules.map((rule) => ({
        ...rule,
        check: {
          ...(rule.check.container === undefined
            ? rule.check
            : {
                container: (...[container, tell, context]: Parameters<typeof rule.check.container>) =>
                  rule.check.container?.(container, (found) => tell({ ...found, message: 'Other words.' }), context),
              }),
        },
      }));
      const after = await report([], { rules: reworded });
      assert.ok(after.some(({ description }) => description === 'Other words.'));
      assert.deepEqual(
        after.map(({ fingerprint }) => fingerprint),
        before,
      );
    });

    it('change with the file, the rule, the thing and the marked text', async () => {
      const base = await printsOf('services:\n  web:\n    image: nginx:latest\n');
      const others = [
        await printsOf('services:\n  web:\n    image: nginx:latest\n', 'sub/compose.yaml'),
        await printsOf('services:\n  api:\n    image: nginx:latest\n'),
        await printsOf('services:\n  web:\n    privileged: true\n'),
        await printsOf('services:\n  web:\n    privileged: yes\n'),
      ];
      const all = [base, ...others].flat();
      assert.equal(all.length, 5);
      assert.equal(new Set(all).size, 5);
    });

    it('count what is alike in everything else', async () => {
      const twice = await printsOf('FROM nginx:latest\nFROM nginx:latest\n', 'Dockerfile');
      assert.equal(twice.length, 2);
      assert.deepEqual(await printsOf('FROM nginx:latest\n', 'Dockerfile'), [twice[0]]);
    });
  });
});
