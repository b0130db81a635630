// Plants regular expressions in a project of its own, and asks the check what it thinks of them.
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { collectRegexes } from '../../../tools/regexes/collect.js';
import { type Judge, judge } from '../../../tools/regexes/judge.js';
import { type Allowed, review } from '../../../tools/regexes/review.js';

describe('the check of regular expressions', () => {
  let folder = '';

  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll-regexes-')));
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { target: 'es2023', types: [], strict: true }, include: ['.'] }),
    );
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function collected(...lines: readonly string[]) {
    writeFileSync(join(folder, 'planted.ts'), lines.join('\n'));
    return collectRegexes(folder, [join(folder, 'tsconfig.json')], (file) => file === 'planted.ts');
  }

  function found(...lines: readonly string[]): readonly string[] {
    const { regexes, computed } = collected(...lines);
    return [
      ...regexes.map(({ line, source, flags }) => `${line} /${source}/${flags}`),
      ...computed.map(({ line, code }) => `${line} ${code}`),
    ].sort();
  }

  it('refuses what takes exponential or polynomial time, with a text that shows it, and nothing else', () => {
    const planted = collected(
      'export const one = /^(?:a+)+$/;',
      'export const two = /(?<!x)(?:a|a)*$/;',
      "export const three = new RegExp('[ab]*$');",
      'export const four = /^[ab]{1,30}$/i;',
    );
    const faults = review(planted, judge, []).toSorted();
    assert.deepEqual(
      faults.map((fault) => /^(\S+) .* takes (\w+) time: .*repeat\(n\)/.exec(fault)?.slice(1)),
      [
        ['planted.ts:1:', 'exponential'],
        ['planted.ts:2:', 'exponential'],
        ['planted.ts:3:', 'polynomial'],
      ],
      faults.join('\n'),
    );
  });

  it('finds literals wherever they stand, and none in comments and texts', () => {
    assert.deepEqual(
      found(
        '// /(a+)+/',
        'const a = "/(b+)+/";',
        'export const list = [a.replace(/c/g, ""), `${/d/.test(a)} /e/`];',
        'class F { readonly #g = /g\\/[/]/u; h() { return this.#g; } }',
        'export const i = 4 / 2 / 1, j = F;',
      ),
      ['3 /c/g', '3 /d/', '4 /g\\/[/]/u'],
    );
  });

  it('reads what a constructor is given as far as types tell its values', () => {
    assert.deepEqual(
      found(
        "const letters = 'a+';",
        'export const made = (key: "k" | "l") => [new RegExp(letters, "g"), RegExp(`^${key}:`)];',
        'export const copy = (one: RegExp) => new RegExp(one, "g");',
        'export const text = "x".match("m+");',
      ),
      ['2 /^k:/', '2 /^l:/', '2 /a+/g', '4 /m+/'],
    );
  });

  it('refuses what is put together of unknown parts, also by a method that makes one of a text', () => {
    const planted = collected(
      'export const one = (part: string) => new RegExp(`^${part}$`);',
      'export const two = (part: string) => "x".search(part);',
      'export const three = (part: string) => globalThis.RegExp(part);',
      'export const four = (parts: readonly RegExp[]) => parts.map((part) => "x".match(part));',
    );
    assert.deepEqual(
      review(planted, judge, []).map((fault) => fault.slice(0, fault.indexOf(' is put together'))),
      [
        'planted.ts:3: globalThis.RegExp(part)',
        'planted.ts:2: "x".search(part)',
        'planted.ts:1: new RegExp(`^${part}$`)',
      ],
    );
  });

  it('lets pass what is allowed with a reason, and refuses an entry that is of no use any more', () => {
    const planted = collected('export const one = /[ab]*$/;', 'export const two = (x: string) => new RegExp(x);');
    const slow: Judge = () => ({ status: 'polynomial', why: 'it is told so' });
    const entry = (code: string, reason = 'It is given ten units.'): Allowed => ({ file: 'planted.ts', code, reason });
    assert.deepEqual(review(planted, slow, [entry('/[ab]*$/'), entry('new RegExp(x)')]), []);
    assert.deepEqual(review(planted, slow, [entry('/[ab]*$/', ' '), entry('new RegExp(x)'), entry('/c/')]), [
      'The entry for /[ab]*$/ of planted.ts gives no reason.',
      'The entry for /c/ of planted.ts is of no use any more.',
    ]);
    assert.deepEqual(review(planted, slow, [{ ...entry('/[ab]*$/'), file: 'other.ts' }, entry('new RegExp(x)')]), [
      'planted.ts:1: /[ab]*$/ takes polynomial time: it is told so',
      'The entry for /[ab]*$/ of other.ts is of no use any more.',
    ]);
  });

  it('refuses what the checker cannot judge', () => {
    const planted = collected('export const one = /a/;');
    const helpless: Judge = () => ({ status: 'unknown', why: 'unsupported' });
    assert.deepEqual(review(planted, helpless, []), ['planted.ts:1: /a/ could not be judged: unsupported']);
  });
});
