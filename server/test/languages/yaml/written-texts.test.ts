// What rules that search a whole file are told of a text, and that a hostile file does not take them long.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lint } from '../../support/lint.js';

const secret = 'AKIAQ7ZKD3MPX2VBNW5T';

function textsOf(text: string, sign: RegExp) {
  const [texts] = lint('kubernetes', text).file.subjects.texts ?? [];
  return texts?.holding(sign) ?? [];
}

describe('the texts of a file in YAML', () => {
  it('are told once each, in order, with what is around them', () => {
    const text = `kind: A\napiVersion: b/v1\nspec: # xx\n  list:\n    - xx xx\n    - {name: n, value: 'xx', xx: 1}\n---\nxx\n`;
    assert.deepEqual(
      textsOf(text, /xx/g).map(({ kind, name, path, object, text: { value, place } }) => [
        kind,
        name,
        path,
        object,
        value,
        text.slice(place.span.start, place.span.end),
      ]),
      [
        ['comment', '', [], undefined, '# xx', '# xx'],
        ['value', 'list', ['spec', 'list'], { group: 'b', kind: 'A' }, 'xx xx', 'xx xx'],
        ['value', 'n', ['spec', 'list', 'value'], { group: 'b', kind: 'A' }, 'xx', "'xx'"],
        ['key', 'xx', ['spec', 'list'], { group: 'b', kind: 'A' }, 'xx', 'xx'],
        ['value', '', [], undefined, 'xx', 'xx'],
      ],
    );
  });

  it('are the values of variables only where a container has them', () => {
    const env = 'env: [{name: A, value: xx}]';
    const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: b:1, ${env}}]}\n`;
    assert.deepEqual(
      textsOf(`${pod}---\n${env}\n`, /xx/g).map(({ isVariable }) => isVariable),
      [true, false],
    );
  });

  for (const [what, make] of [
    ['one long text', (count: number) => `a: |\n${`  x -----BEGIN PRIVATE KEY----- ${secret}\n`.repeat(count)}`],
    ['many keys', (count: number) => Array.from({ length: count }, (_, i) => `k${i}: ${secret}\n`).join('')],
    ['many comments', (count: number) => Array.from({ length: count }, (_, i) => `# ${secret}\nk${i}: 1\n`).join('')],
  ] as const) {
    it(`are searched in near-linear time: ${what}`, () => {
      const time = (count: number) => {
        const text = make(count);
        const start = performance.now();
        lint('kubernetes', text, { only: 'secret-literal' });
        return performance.now() - start;
      };
      time(200);
      const [little, much] = [time(1000), time(16_000)];
      assert.ok(much < Math.max(little, 20) * 16 * 5, `${little} ms became ${much} ms`);
    });
  }
});
