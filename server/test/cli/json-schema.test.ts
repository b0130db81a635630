import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { root, runNode } from '../../../tools/project.js';
import { hostileCompose, hostileFile } from './hostile.js';
import { openWorkshop, type Workshop } from './workshop.js';

const name = 'schemas/plimsoll-report.schema.json';
const schema: unknown = JSON.parse(readFileSync(join(root, name), 'utf8'));

/** The schema lets programs live with keys to come; here, a key that it does not describe is a mistake. */
function closed(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(closed);
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part).map(([key, value]) => [key, closed(value)]);
  return Object.fromEntries('required' in part ? [...entries, ['additionalProperties', false]] : entries);
}

describe('the schema of the JSON report', () => {
  let shop: Workshop;
  const ajv = new Ajv({ allErrors: true });
  const isReport = ajv.compile(Object(schema));
  const isExactly = ajv.compile(Object(closed(schema)));

  beforeEach(() => {
    shop = openWorkshop();
  });

  afterEach(() => shop.close());

  async function holds(run: Promise<{ readonly stdout: string }>): Promise<void> {
    const report = JSON.parse((await run).stdout);
    assert.ok(isReport(report), JSON.stringify(isReport.errors, undefined, 2));
    assert.ok(isExactly(report), JSON.stringify(isExactly.errors, undefined, 2));
  }

  it('refuses what is no report, so that the other tests mean something', async () => {
    shop.write('Dockerfile', 'FROM nginx:latest\n');
    const { stdout } = await shop.lint(['--format', 'json']);
    const report = JSON.parse(stdout);
    for (const wrong of [
      { ...report, schema: 2 },
      { ...report, findings: [{ ...report.findings[0], severity: 'fatal' }] },
      { ...report, findings: [{ ...report.findings[0], range: { start: { line: 0, column: 1 } } }] },
      { ...report, errors: undefined },
    ]) {
      assert.equal(isReport(wrong), false);
    }
    assert.equal(isReport({ ...report, more: 1 }), true);
    assert.equal(isExactly({ ...report, more: 1 }), false);
  });

  it('describes reports with nothing, with findings of every kind, with ignored ones and with errors', async () => {
    await holds(shop.lint(['--format', 'json']));
    shop.write('Dockerfile', 'FROM nginx:latest\n');
    shop.write(hostileFile, hostileCompose);
    shop.write('bad/compose.yaml', 'services: [');
    await holds(shop.lint(['--format', 'json', '--show-suppressed', '.', 'gone.yaml']));
  });

  it('describes the report about the sample shop with all rules', async () => {
    const shopFolder = join(root, 'test-fixtures', 'shop');
    const words = ['--format', 'json', '--profile', 'all', '--show-suppressed', shopFolder];
    await holds(shop.run(['lint', ...words]));
  });

  it('comes with the npm package', async () => {
    const npm = process.env.npm_execpath;
    const list =
      npm === undefined
        ? readFileSync(join(root, '.npmignore'), 'utf8')
        : (await runNode([npm, 'pack', '--dry-run', '--json'])).output;
    assert.ok(list.includes(npm === undefined ? '!schemas/*.json' : name));
  });
});
