// What rules ask of every instruction. A file has thousands of them, and what is dear is for those that a rule is about.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { emptyConfig, settingsOf } from '../../src/engine/config.js';
import { runRules } from '../../src/engine/run-rules.js';
import { dockerfileLanguage } from '../../src/languages/dockerfile/language.js';
import type { Instruction } from '../../src/model/dockerfile/instruction.js';
import { allRules } from '../../src/rules/all.js';
import { appliesTo } from '../../src/standards/standards.js';

/** These take long, or have a rule asked again when something in front of the instruction changes. */
const dear: readonly (keyof Instruction)[] = [
  'arguments',
  'writtenArguments',
  'environment',
  'heredocs',
  'runsAs',
  'shell',
  'variableNames',
  'workdir',
];

describe('rules about instructions', () => {
  it('look at the keyword first', () => {
    const text = 'FROM alpine\nNOTHING a b\n';
    const file = dockerfileLanguage.read({ file: 'Dockerfile', text, mode: 'open', kubernetesMinor: 33 });
    const [, instruction] = file.subjects.instruction ?? [];
    assert.equal(instruction?.keyword, 'NOTHING');
    for (const rule of allRules) {
      const asked = new Set<PropertyKey>();
      const watched = new Proxy(instruction, {
        get(target, key) {
          asked.add(key);
          return Reflect.get(target, key, target);
        },
      });
      const settings = settingsOf({ ...emptyConfig, profile: 'all' });
      const alone = { ...file, subjects: { instruction: [watched] }, groups: {} };
      runRules({ file: alone, rules: [rule], settings, appliesTo });
      assert.deepEqual(
        dear.filter((key) => asked.has(key)),
        [],
        rule.meta.id,
      );
    }
  });
});
