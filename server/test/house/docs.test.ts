// What the guides show has to be understood as it stands there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { settingsOf } from '../../src/engine/config.js';
import { activation } from '../../src/engine/settings.js';
import { parseConfig, readConfigFile } from '../../src/languages/config/language.js';
import { allRules } from '../../src/rules/all.js';
import { lint } from '../support/lint.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The YAML fences of a guide that begin with a key of the config file. */
function configsIn(guide: string): readonly string[] {
  const text = readFileSync(`${root}${guide}`, 'utf8');
  const keys = /^(?:extends|profile|rules|trustedRegistries|include|exclude|overrides|ignores):/;
  return [...text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)]
    .map(([, body]) => body ?? '')
    .filter((body) => keys.test(body));
}

describe('the guides', () => {
  for (const [guide, count] of [
    ['README.md', 1],
    ['docs/configuration.md', 4],
    ['docs/moving-from-hadolint.md', 2],
  ] as const) {
    it(`show ${count} config files in ${guide} that are understood`, () => {
      const configs = configsIn(guide);
      assert.equal(configs.length, count);
      for (const text of configs) assert.deepEqual(lint('config', text).file.source.problems, [], text);
    });
  }

  it('show a .hadolint.yaml with which all is told that hadolint tells by default', () => {
    const guide = readFileSync(`${root}docs/moving-from-hadolint.md`, 'utf8');
    const [, text = ''] = /^```yaml\n(#[^\n]*\noverride:[\s\S]*?)^```$/m.exec(guide) ?? [];
    const file = '.hadolint.yaml';
    const read = readConfigFile({ file, text, mode: 'open', kubernetesMinor: 0 }, allRules);
    assert.deepEqual(read.source.problems, []);
    const settings = settingsOf(parseConfig(text, allRules, file));
    // Not on by default there, in need of a schema, or about something else.
    const aside = ['DL1001', 'DL3035', 'DL3049', 'DL3050', 'DL3051', 'DL3057'];
    const judged = allRules.filter(({ meta }) => {
      const told = (meta.peers.hadolint ?? []).filter((check) => /^DL/.test(check) && !aside.includes(check));
      return told.length > 0 && meta.formats.includes('dockerfile');
    });
    assert.deepEqual(
      judged.filter((rule) => activation(rule, settings, 'dockerfile') === 'off').map(({ meta }) => meta.id),
      [],
    );
  });
});
