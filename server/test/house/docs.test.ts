// What the guides show has to be understood as it stands there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
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
});
