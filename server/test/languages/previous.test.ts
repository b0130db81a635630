import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, it } from 'mocha';
import type { ReadFile, ReadRequest } from '../../src/engine/language.js';
import { composeLanguage } from '../../src/languages/compose/language.js';
import { readConfigFile } from '../../src/languages/config/language.js';
import { dockerfileLanguage } from '../../src/languages/dockerfile/language.js';
import { kubernetesLanguage } from '../../src/languages/kubernetes/language.js';
import { allRules } from '../../src/rules/all.js';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const pod = 'kind: Pod\napiVersion: v1\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27\n';
const cases: readonly (readonly [string, (request: ReadRequest) => ReadFile, string])[] = [
  ['a Dockerfile', dockerfileLanguage.read, 'FROM debian:12\nRUN true\n'],
  ['a Compose file', composeLanguage.read, 'services:\n  web:\n    image: nginx:1.27\n'],
  ['a manifest', kubernetesLanguage.read, pod],
  ['a template of a manifest', kubernetesLanguage.read, `${pod}{{- if .Values.more }}\n      tty: true\n{{- end }}\n`],
  ['a config file', (request) => readConfigFile(request, allRules), 'profile: strict\n'],
];

describe('a reading that is told the one before', () => {
  const read = (how: (request: ReadRequest) => ReadFile, text: string, previous?: ReadFile): ReadFile => {
    const file = how({ file: 'file', text, mode: 'open', kubernetesMinor: 33, previous });
    // What is made on first use, is made.
    file.comments();
    for (const subjects of Object.values(file.subjects)) void subjects;
    return file;
  };

  for (const [name, how, text] of cases) {
    it(`keeps nothing of it but what did not change, so that typing fills no memory: ${name}`, async () => {
      let last = read(how, text);
      const before: WeakRef<ReadFile>[] = [];
      for (let i = 0; i < 3; i++) {
        before.push(new WeakRef(last));
        last = read(how, `${text}# ${'x'.repeat(i)}\n`, last);
      }
      // The engine keeps the targets of new references until its turn ends.
      await new Promise((resolve) => setImmediate(resolve));
      collectGarbage();
      assert.deepEqual(
        before.map((reference) => reference.deref()?.text),
        [undefined, undefined, undefined],
      );
      assert.ok(last.text.endsWith('# xx\n'));
    });
  }
});
