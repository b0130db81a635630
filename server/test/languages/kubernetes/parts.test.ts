// Documents that did not change are not judged again by rules that had nothing to say of them.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { emptyConfig, settingsOf } from '../../../src/engine/config.js';
import type { ReadFile } from '../../../src/engine/language.js';
import { defineRule } from '../../../src/engine/rule.js';
import { runRules } from '../../../src/engine/run-rules.js';
import type { Settings } from '../../../src/engine/settings.js';
import { kubernetesLanguage } from '../../../src/languages/kubernetes/language.js';
import { appliesTo } from '../../../src/standards/standards.js';

const document = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;
const text = (...names: readonly string[]) => names.map(document).join('---\n');

describe('a rule over documents that are typed in', () => {
  let seen: string[] = [];
  const rule = defineRule({
    meta: {
      id: 'fake',
      summary: 'A fake.',
      severity: 'error',
      confidence: 'high',
      profile: 'recommended',
      since: '0.1.0',
      formats: ['kubernetes'],
      standards: [],
      peers: {},
    },
    check: {
      manifest(manifest, report) {
        seen.push(manifest.name);
        if (manifest.name.startsWith('bad')) report({ at: manifest.nameAt, message: 'It is bad: so much is clear.' });
        if (manifest.name === 'throw') throw new Error('thrown');
      },
    },
  });
  const rules = [rule];
  const settings = settingsOf(emptyConfig);
  let previous: ReadFile | undefined;

  function run(contents: string, own: Settings = settings) {
    seen = [];
    const file = kubernetesLanguage.read({ file: 'f', text: contents, mode: 'open', kubernetesMinor: 37, previous });
    previous = file;
    const { findings, failures } = runRules({ file, rules, settings: own, appliesTo });
    const marked = findings.map(({ at: { span } }) => contents.slice(span.start, span.end));
    return { seen: [...seen], marked, failures: failures.length };
  }

  it('looks at what changed, and at what it has something to say of, wherever that stands now', () => {
    assert.deepEqual(run(text('a', 'bad', 'c')), { seen: ['a', 'bad', 'c'], marked: ['bad'], failures: 0 });
    assert.deepEqual(run(text('a', 'bad', 'c')), { seen: ['bad'], marked: ['bad'], failures: 0 });
    assert.deepEqual(run(text('longer', 'bad', 'c')), { seen: ['longer', 'bad'], marked: ['bad'], failures: 0 });
    assert.deepEqual(run(text('longer', 'bad', 'badc')).marked, ['bad', 'badc']);
    assert.deepEqual(run(text('longer', 'b', 'c')), { seen: ['b', 'c'], marked: [], failures: 0 });
  });

  it('looks at everything again under other settings', () => {
    run(text('a', 'b'));
    assert.deepEqual(run(text('a', 'b')).seen, []);
    assert.deepEqual(run(text('a', 'b'), settingsOf(emptyConfig)).seen, ['a', 'b']);
  });

  it('fails again where it failed', () => {
    assert.equal(run(text('a', 'throw')).failures, 1);
    assert.deepEqual(run(text('a', 'throw')), { seen: ['throw'], marked: [], failures: 1 });
  });
});
