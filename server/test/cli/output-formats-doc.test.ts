// What docs/output-formats.md shows is what Plimsoll writes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { parseDocument } from 'yaml';
import { root } from '../../../tools/project.js';
import { formats } from '../../src/cli/formats.js';
import { openWorkshop, type Workshop } from './workshop.js';

const doc = readFileSync(join(root, 'docs', 'output-formats.md'), 'utf8').replaceAll('\r\n', '\n');

/** The fences of the part about a format, or of what stands before all formats. */
function fencesOf(part: string | undefined): readonly { readonly language: string; readonly text: string }[] {
  const parts = doc.split(/^## /m);
  const text = part === undefined ? parts[0] : parts.find((candidate) => candidate.startsWith(`${part}\n`));
  assert.ok(text !== undefined, `## ${part}`);
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', inside = '']) => ({
    language,
    text: inside,
  }));
}

describe('docs/output-formats.md', () => {
  let shop: Workshop;

  beforeEach(() => {
    shop = openWorkshop();
    const example = fencesOf(undefined).find(({ language }) => language === 'yaml');
    shop.write('compose.yaml', example?.text ?? assert.fail());
  });

  afterEach(() => shop.close());

  for (const format of ['text', 'json', 'github', 'gitlab', 'junit'] as const) {
    it(`shows what --format ${format} writes about the example`, async () => {
      const { stdout } = await shop.run(['lint', '--format', format]);
      const [shown] = fencesOf(format);
      assert.equal(shown?.text, stdout.replace('"1.2.3"', '"0.1.0"'));
    });
  }

  it('has a part for each format, and names it in the table', () => {
    for (const format of formats) {
      fencesOf(format);
      assert.ok(doc.includes(`| [\`${format}\`](#${format}) |`), format);
    }
  });

  it('gives snippets for pipelines that are YAML, and commands that are understood', async () => {
    let commands = 0;
    for (const part of [undefined, ...formats]) {
      for (const { language, text } of fencesOf(part)) {
        if (language === 'yaml') assert.deepEqual(parseDocument(text).errors, [], text);
        for (const [, words = ''] of text.matchAll(/plimsoll (lint [^'\n]*)/g)) {
          commands++;
          const { code, stderr } = await shop.run(words.trim().split(' '));
          assert.deepEqual([words.includes('never') ? 0 : 1, ''], [code, stderr], words);
        }
      }
    }
    assert.ok(commands >= 7);
  });
});
