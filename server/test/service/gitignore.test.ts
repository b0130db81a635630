import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parsePatterns, selects, verdict } from '../../src/service/gitignore.js';

describe('patterns of a .gitignore', () => {
  const cases: readonly [pattern: string, path: string, ignored: boolean | undefined][] = [
    ['a.yaml', 'a.yaml', true],
    ['a.yaml', 'deep/down/a.yaml', true],
    ['a.yaml', 'aa.yaml', undefined],
    ['/a.yaml', 'a.yaml', true],
    ['/a.yaml', 'deep/a.yaml', undefined],
    ['deep/a.yaml', 'deep/a.yaml', true],
    ['deep/a.yaml', 'very/deep/a.yaml', undefined],
    ['*.yaml', 'deep/a.yaml', true],
    ['*.yaml', 'a.yaml.bak', undefined],
    ['*', 'anything', true],
    ['a*b*c', 'aXbYbZc', true],
    ['a*b*c', 'aXbYbZ', undefined],
    ['deep/*', 'deep/a', true],
    ['deep/*', 'deep/down/a', undefined],
    ['a?c', 'abc', true],
    ['a?c', 'ac', undefined],
    ['[a-c].y', 'b.y', true],
    ['[a-c].y', 'd.y', undefined],
    ['[!a-c].y', 'd.y', true],
    ['[^a-c].y', 'b.y', undefined],
    ['[]x].y', '].y', true],
    ['[a-]', '-', true],
    ['[\\]]', ']', true],
    ['[a', '[a', undefined],
    ['**/logs', 'logs', true],
    ['**/logs', 'a/b/logs', true],
    ['logs/**', 'logs', undefined],
    ['logs/**', 'logs/a', true],
    ['logs/**', 'logs/a/b', true],
    ['a/**/z', 'a/z', true],
    ['a/**/z', 'a/b/c/z', true],
    ['a/**/z', 'a/b/c/y', undefined],
    ['a**z', 'abcz', true],
    ['!a.yaml', 'a.yaml', false],
    ['\\!a', '!a', true],
    ['\\#a', '#a', true],
    ['# a', '# a', undefined],
    ['a  ', 'a', true],
    ['a\\ ', 'a ', true],
    ['a\r', 'a', true],
    ['\\*', '*', true],
    ['\\*', 'a', undefined],
    ['a\\', 'a\\', undefined],
    ['/', 'a', undefined],
    ['', '', undefined],
  ];
  for (const [pattern, path, ignored] of cases) {
    it(`${JSON.stringify(pattern)} says ${ignored} of ${JSON.stringify(path)}`, () => {
      assert.equal(verdict(parsePatterns([pattern]), path, false), ignored);
    });
  }

  it('with a slash at the end speak of folders only', () => {
    assert.equal(verdict(parsePatterns(['build/']), 'build', true), true);
    assert.equal(verdict(parsePatterns(['build/']), 'build', false), undefined);
  });

  it('are overruled by later ones', () => {
    const patterns = parsePatterns(['*.yaml', '!keep.yaml', 'old/keep.yaml']);
    assert.equal(verdict(patterns, 'a.yaml', false), true);
    assert.equal(verdict(patterns, 'keep.yaml', false), false);
    assert.equal(verdict(patterns, 'old/keep.yaml', false), true);
  });

  it('take in what lies below a folder, for a list of what to include', () => {
    const patterns = parsePatterns(['deploy/', '*.yml', '!deploy/old.yaml']);
    assert.equal(selects(patterns, 'deploy/web/a.yaml'), true);
    assert.equal(selects(patterns, 'src/a.yml'), true);
    assert.equal(selects(patterns, 'src/a.yaml'), false);
    assert.equal(selects(patterns, 'deploy/old.yaml'), false);
  });

  it('are matched in bounded time, however hostile they are', () => {
    const path = `${'a/'.repeat(120)}${'a'.repeat(250)}`;
    for (const pattern of [`${'*a'.repeat(120)}b`, `${'**/a/'.repeat(120)}b`, `${'[a-z]*'.repeat(100)}!`]) {
      assert.equal(verdict(parsePatterns([pattern]), path, false), undefined);
    }
  });
});
