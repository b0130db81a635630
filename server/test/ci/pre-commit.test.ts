// The hooks that pre-commit finds here, by what it documents.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, it } from 'mocha';
import { parse } from 'yaml';
import { lintOptions } from '../support/understood.js';
import { type Config, configs, hooks, manifest } from './hooks.js';

const ajv = new Ajv({ allErrors: true });
addFormats.default(ajv);

/** What is wrong with a text, by a schema of ours. */
function problems(schema: string, text: string): readonly string[] {
  const file = new URL(`schemas/${schema}.schema.json`, import.meta.url);
  const fits = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
  return fits(parse(text)) ? [] : (fits.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('the hooks for pre-commit', () => {
  it('have the fields that it documents', () => {
    assert.deepEqual(problems('pre-commit-hooks', manifest), []);
    assert.notDeepEqual(problems('pre-commit-hooks', manifest.replace('types_or:', 'type_or:')), []);
    assert.notDeepEqual(problems('pre-commit-hooks', manifest.replace('  language: node\n', '')), []);
  });

  it('call a command that understands them, one at a time: they may write the same baseline', () => {
    assert.deepEqual(
      hooks.map(({ id, entry, args = [], require_serial }) => {
        const [command, verb, ...words] = [...entry.split(' '), ...args, 'k8s/pod.yaml'];
        const { fix, paths } = lintOptions(words);
        return { id, command, verb, fix, paths, require_serial };
      }),
      [
        ['plimsoll', false],
        ['plimsoll-fix', true],
      ].map(([id, fix]) => ({
        ...{ id, command: 'plimsoll', verb: 'lint', fix },
        ...{ paths: ['/repository/k8s/pod.yaml'], require_serial: true },
      })),
    );
  });

  it('are named as they are in each config file that the guide and the example show', () => {
    assert.equal(configs.length, 3);
    for (const text of configs) {
      assert.deepEqual(problems('pre-commit-config', text), [], text);
      const { repos }: Config = parse(text);
      for (const { repo, hooks: chosen } of repos) {
        assert.equal(repo, 'https://your-mirror.example.com/plimsoll');
        for (const { id, args = [] } of chosen) {
          const hook = hooks.find((one) => one.id === id);
          assert.ok(hook !== undefined, id);
          lintOptions([...hook.entry.split(' ').slice(2), ...args]);
        }
      }
    }
  });
});
