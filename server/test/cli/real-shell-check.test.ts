// The real ShellCheck, where there is one.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { findShellCheck } from '../../../tools/programs.js';
import { askShellCheck, shellCheckVersion } from '../support/shell-check.js';
import { readAnswers, scriptsOfPages } from '../support/shell-check-answers.js';
import { openWorkshop, type Workshop } from './workshop.js';

describe('what is written down of the answers of ShellCheck', () => {
  it('is about the scripts of the pages', () => {
    assert.deepEqual(Object.keys(readAnswers().answers), scriptsOfPages());
  });
});

const found = findShellCheck();

// `npm test` says in its last lines that the suite is missing.
if ('command' in found) {
  describe('ShellCheck itself', () => {
    let workshop: Workshop;
    before(() => {
      workshop = openWorkshop();
    });
    after(() => workshop.close());

    it('says what is written down of it, where it is the same version', async () => {
      const { version, answers } = readAnswers();
      if (shellCheckVersion() !== version) return;
      for (const [script, answer] of Object.entries(answers)) {
        assert.deepEqual(await askShellCheck(script), answer, script);
      }
    });

    it('is found on the PATH and heard, whatever a .shellcheckrc says', async () => {
      workshop.write('.shellcheckrc', 'disable=all\nexternal-sources=true\n');
      workshop.write('Dockerfile', 'FROM debian:12.1\nRUN echo $1 && . ./Dockerfile\n');
      const words = ['lint', '--format', 'json', '--shellcheck', '--only', 'shellcheck-finding'];
      const { code, stderr, stdout } = await workshop.run(words);
      assert.deepEqual([code, stderr], [0, '']);
      const { findings }: { readonly findings: readonly { readonly range: object; readonly message: string }[] } =
        JSON.parse(stdout);
      assert.deepEqual(
        findings.map(({ range, message }) => [range, message.slice(0, 8)]),
        [[{ start: { line: 2, column: 10 }, end: { line: 2, column: 12 } }, "'SC2086'"]],
      );
    });
  });
}
