// Every command that the guides show.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { root } from '../../../tools/project.js';
import { fencesIn } from '../support/fences.js';
import { commandsIn, understand } from '../support/understood.js';

const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));

/** Of each guide that shows some. */
const shown = ['README.md', ...docs.map((name) => `docs/${name}`)]
  .map((guide) => ({ guide, commands: commandsOf(readFileSync(join(root, guide), 'utf8')) }))
  .filter(({ commands }) => commands.length > 0);

/** In its blocks of code and its lines. */
function commandsOf(text: string): readonly (readonly string[])[] {
  const lines = [...text.matchAll(/`(plimsoll [a-z][^`\n]*)`/g)].map(([, code = '']) => code);
  return [...fencesIn(text).map(({ body }) => body), ...lines].flatMap(commandsIn);
}

describe('the commands that the guides show', () => {
  it('are seen in each guide that has some', () => {
    const guides = shown.map(({ guide }) => guide);
    for (const guide of ['README.md', 'docs/baseline.md', 'docs/configuration.md', 'docs/editors.md']) {
      assert.ok(guides.includes(guide), guide);
    }
  });

  for (const { guide, commands } of shown) {
    it(`are understood, with every flag: ${guide}`, () => {
      for (const words of commands) assert.doesNotThrow(() => understand(words), `plimsoll ${words.join(' ')}`);
    });
  }

  it('are found after a prompt, in a list, and without what a shell does with them', () => {
    const text = 'plimsoll lint "a b" --fix # why\n$ plimsoll init\n- plimsoll lint . >/dev/null\nnpm ci\n';
    assert.deepEqual(commandsIn(text), [['lint', 'a b', '--fix'], ['init'], ['lint', '.']]);
  });

  it('would not be understood with a word that there is not', () => {
    assert.throws(() => understand(['lint', '--changed-sinc', 'main']), /Did you mean '--changed-since'/);
    assert.throws(() => understand(['lint', '--output', 'gitlb=a.json']), /Did you mean 'gitlab'/);
    assert.throws(() => understand(['lnit']), /no command 'lnit'/);
  });
});
