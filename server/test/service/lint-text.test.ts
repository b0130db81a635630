import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { emptyConfig, settingsOf } from '../../src/engine/config.js';
import type { FileKind } from '../../src/model/format.js';
import { allRules } from '../../src/rules/all.js';
import { lintText, loadReader } from '../../src/service/lint-text.js';

describe('a text that is not checked', () => {
  async function marked(kind: FileKind, text: string): Promise<string | undefined> {
    const read = await loadReader(kind, allRules);
    const settings = settingsOf(emptyConfig);
    const { findings } = lintText({ kind, read, rules: allRules, settings, file: 'f', text, mode: 'open' });
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['skipped-file'],
    );
    const { start, end } = findings[0]?.at.span ?? { start: -1, end: -1 };
    return `${start}-${end}`;
  }

  it('is marked at its first character, all of it, behind a byte order mark', async () => {
    assert.equal(await marked('dockerfile', 'F\0'), '0-1');
    assert.equal(await marked('dockerfile', '😀\0'), '0-2');
    assert.equal(await marked('kubernetes', '\uFEFF😀\0'), '1-3');
  });

  it('is marked before its first line end where it begins with one, and at its start where it has nothing', async () => {
    assert.equal(await marked('compose', '\r\n'), '0-0');
    assert.equal(await marked('compose', '\n\n'), '0-0');
    assert.equal(await marked('compose', '\uFEFF'), '1-1');
  });
});
