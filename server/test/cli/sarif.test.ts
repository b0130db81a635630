import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { default as Ajv } from 'ajv-draft-04';
import { default as addFormats } from 'ajv-formats';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { nodeFiles } from '../../src/cli/node-files.js';
import { FilesError } from '../../src/service/files.js';
import { openWorkshop, type RunOptions, type Workshop } from './workshop.js';

const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const isSarif = ajv.compile(schema);

const compose = `services:
  web:
    image: docker.io/library/nginx:latest
    privileged: true
  old:
    image: nginx:latest # plimsoll: ignore[latest-tag] nobody runs it
`;

describe('the SARIF report', () => {
  let shop: Workshop;

  beforeEach(() => {
    shop = openWorkshop();
  });

  afterEach(() => shop.close());

  /** The one run of a report that holds to the official schema. */
  async function report(words: readonly string[], options: RunOptions = {}) {
    const { stdout } = await shop.lint(['--format', 'sarif', ...words], options);
    const log = JSON.parse(stdout);
    const holds: boolean = isSarif(log);
    assert.ok(holds, JSON.stringify(isSarif.errors, undefined, 2));
    assert.equal(log.runs.length, 1);
    return log.runs[0];
  }

  it('is refused by the schema when it is wrong, so that the other tests mean something', () => {
    assert.equal(isSarif({ version: '2.1.0', runs: [{ results: [] }] }), false);
  });

  it('holds to the schema when there is nothing to tell', async () => {
    const run = await report([]);
    assert.deepEqual(run.results, []);
    assert.deepEqual(run.invocations, [{ executionSuccessful: true, toolExecutionNotifications: [] }]);
  });

  it('places results in UTF-16 columns, relative to the working directory', async () => {
    shop.write('a b/compose.yaml', compose);
    const run = await report([]);
    assert.equal(run.columnKind, 'utf16CodeUnits');
    assert.equal(run.originalUriBaseIds.SRCROOT.uri, `${pathToFileURL(shop.path).href}/`);
    assert.deepEqual(run.results[0].locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: 'a%20b/compose.yaml', uriBaseId: 'SRCROOT' },
          region: { startLine: 3, startColumn: 36, endLine: 3, endColumn: 42 },
        },
      },
    ]);
    assert.equal(run.results[0].relatedLocations[0].physicalLocation.region.startColumn, 12);
  });

  it('gives files outside the working directory their whole address', async () => {
    shop.write('sub/keep.txt', '');
    shop.write('compose.yaml', compose);
    const run = await report(['../compose.yaml'], { cwd: 'sub' });
    assert.deepEqual(run.results[0].locations[0].physicalLocation.artifactLocation, {
      uri: `${pathToFileURL(shop.path).href}/compose.yaml`,
    });
  });

  it('describes the rules that speak, with their levels, texts and standards', async () => {
    shop.write('compose.yaml', compose);
    const run = await report([]);
    const { rules, supportedTaxonomies } = run.tool.driver;
    assert.deepEqual(
      rules.map(({ id, defaultConfiguration }: { id: string; defaultConfiguration: object }) => [
        id,
        defaultConfiguration,
      ]),
      [
        ['latest-tag', { level: 'warning' }],
        ['privileged', { level: 'error' }],
      ],
    );
    assert.deepEqual(rules[0].properties.tags, ['security', 'nist-800-190/4.2.2', 'pss/baseline']);
    assert.deepEqual(rules[0].relationships[0], {
      target: { id: '4.2.2', toolComponent: { name: 'nist-800-190', index: 0 } },
      kinds: ['relevant'],
    });
    assert.deepEqual(supportedTaxonomies, [
      { name: 'nist-800-190', index: 0 },
      { name: 'pss', index: 1 },
    ]);
    assert.deepEqual(run.taxonomies[1], {
      name: 'pss',
      taxa: [{ id: 'baseline', shortDescription: { text: 'Pod Security Standards, Baseline' } }],
    });
    assert.deepEqual(
      run.results.map(({ ruleId, ruleIndex, level }: { ruleId: string; ruleIndex: number; level: string }) => [
        ruleId,
        ruleIndex,
        level,
      ]),
      [
        ['latest-tag', 0, 'warning'],
        ['privileged', 1, 'error'],
      ],
    );
  });

  it('brings the edits of each fix', async () => {
    shop.write('compose.yaml', compose);
    const run = await report([]);
    assert.deepEqual(run.results[0].fixes, [
      {
        description: { text: "Change to '1'" },
        artifactChanges: [
          {
            artifactLocation: { uri: 'compose.yaml', uriBaseId: 'SRCROOT' },
            replacements: [
              {
                deletedRegion: { startLine: 3, startColumn: 36, endLine: 3, endColumn: 42 },
                insertedContent: { text: '1' },
              },
            ],
          },
        ],
      },
    ]);
  });

  it('marks what a comment silences, where that is asked for', async () => {
    shop.write('compose.yaml', compose);
    const run = await report(['--show-suppressed']);
    assert.deepEqual(
      run.results.map(({ suppressions }: { suppressions: object }) => suppressions),
      [[], [], [{ kind: 'inSource', justification: 'nobody runs it' }]],
    );
  });

  it('says that the run failed, and on what', async () => {
    shop.write('compose.yaml', compose);
    const read = () => Promise.reject(new FilesError('permission denied'));
    const run = await report([], { files: { ...nodeFiles, read } });
    assert.deepEqual(run.invocations, [
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          {
            level: 'error',
            message: { text: 'permission denied' },
            locations: [{ physicalLocation: { artifactLocation: { uri: 'compose.yaml', uriBaseId: 'SRCROOT' } } }],
          },
        ],
      },
    ]);
  });
});
