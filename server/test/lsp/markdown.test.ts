import assert from 'node:assert/strict';
import { type MarkedToken, marked } from 'marked';
import { describe, it } from 'mocha';
import { code, escaped, plainText } from '../../src/lsp/markdown.js';

const hostile: readonly string[] = [
  '[click](https://evil.example)',
  '![](https://evil.example/pixel.png)',
  '[a]: https://evil.example',
  '[x](command:workbench.action.terminal.new)',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '<https://evil.example>',
  'https://evil.example/a?b=c',
  'HTTP://evil.example',
  'ftp://evil.example',
  'www.evil.example and WWW.evil.example',
  'someone@evil.example',
  'mailto:someone@evil.example',
  '`code` and ``more``',
  '**bold** __bold__ *i* _i_ ~~gone~~',
  '&lt;b&gt; &#60;b&#62;',
  '| a | b |',
  '$(alert) $x^2$',
  '\\[a](https://evil.example) \\',
  '\\\\[a](b)',
  '- [ ] task',
  '# heading',
  '```js',
  '[^1] ==mark==',
  "it's (really) needed: see 2.4, until 2027-01-01!",
];

/** What is left of the tokens of a text when only plain words count; a list of the others. */
function read(markdown: string): { readonly text: string; readonly others: readonly string[] } {
  const tokens = marked.lexer(markdown) as MarkedToken[];
  const [paragraph, ...more] = tokens;
  assert.ok(paragraph?.type === 'paragraph', JSON.stringify(tokens));
  assert.deepEqual(more, []);
  const inline = paragraph.tokens as MarkedToken[];
  return {
    text: inline.map((token) => ('text' in token ? token.text : '')).join(''),
    others: inline.map(({ type }) => type).filter((type) => type !== 'text' && type !== 'escape'),
  };
}

const decoded = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe('the text of a user in Markdown', () => {
  it('is made into something by the parser when it is not escaped, so that the other tests mean something', () => {
    const plain = hostile.filter((text) => {
      const tokens = marked.lexer(`Why: ${text}`) as MarkedToken[];
      const inline = tokens.flatMap((token) => ('tokens' in token ? (token.tokens as MarkedToken[]) : []));
      return inline.every(({ type }) => type === 'text');
    });
    assert.ok(plain.length < hostile.length / 2, plain.join('\n'));
  });

  for (const text of hostile) {
    it(`stays text: ${text}`, () => {
      const { others, text: shown } = read(`Why: ${escaped(text)}`);
      assert.deepEqual(others, []);
      assert.equal(decoded(shown), `Why: ${text.trim()}`);
    });

    it(`stays code: ${text}`, () => {
      const { others, text: shown } = read(`Why: ${code(text)}.`);
      assert.deepEqual(others, ['codespan']);
      assert.equal(decoded(shown), `Why: ${text.trim().replaceAll('`', "'")}.`);
    });
  }

  it('is one line, whatever ends lines in it', () => {
    for (const end of ['\n', '\r\n', '\n\n# ', '\u2028', '\u2029', '\u0085', '\v', '\f']) {
      const line = escaped(`a${end}b`);
      assert.doesNotMatch(line, /[\n\r\u2028\u2029\u0085\v\f]/, JSON.stringify(end));
      assert.match(line, /^a.+b$/);
    }
  });

  it('cannot turn its direction around or hide controls', () => {
    assert.equal(escaped('safe \u202Eelif\u202C \u2066x\u2069 \u0000\u001B[31m'), 'safe �elif� �x� ��\\[31m');
  });

  it('is cut when it is long, never within a character', () => {
    assert.equal(plainText('a'.repeat(1_000_000)).length, 300);
    const cut = plainText(`${'a'.repeat(298)}😀😀`);
    assert.equal(cut, `${'a'.repeat(298)}…`);
  });

  it('keeps its words when nothing in it means anything', () => {
    const text = 'needed for the (old) node agent: see #12, until 2027-01-01!';
    assert.equal(escaped(text), text);
  });
});
