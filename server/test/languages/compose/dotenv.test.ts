import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseDotenv } from '../../../src/languages/compose/dotenv.js';

describe('.env files', () => {
  const table: readonly (readonly [text: string, expected: { readonly [name: string]: string | undefined }])[] = [
    ['A=1\nB = two words \n', { A: '1', B: 'two words' }],
    ['export A=1\nA=2', { A: '2' }],
    ['A: yaml', { A: 'yaml' }],
    ['# A=1\n\n  B=2 # why\nC=a#b\nD=#x', { B: '2', C: 'a#b', D: '' }],
    ['A=\'a # $B\' # c\nB="x\\ny"', { A: 'a # $B', B: 'x\ny' }],
    ['A=1\r\nB="2"\r\nC=\r\n', { A: '1', B: '2', C: '' }],
    ['A="one\ntwo"\nB=2', { A: 'one\ntwo', B: '2' }],
    ['A=x\nB=${A}/y\nC="$A z"\nD=${E:-d}', { A: 'x', B: 'x/y', C: 'x z', D: 'd' }],
    ['A=$HOME/x\nB=\\$5', { A: undefined, B: undefined }],
    ['A="open\nB=2', { A: undefined }],
    ['\uFEFFA=1\nJUST_A_NAME\n=x\n1A=2', { A: '1' }],
  ];
  for (const [text, expected] of table) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.deepEqual(Object.fromEntries(parseDotenv(text)), expected);
    });
  }
});
