// Our reading of Dockerfiles against the recorded one of BuildKit: hand-written cases, generated files and words.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { cases } from './cases.js';
import { compareFile, isOurs } from './compare.js';
import { compareAll } from './compare-all.js';
import type { FileAnswer } from './oracle.js';
import { readOurs } from './ours.js';
import { hashOf, question, type Recorded } from './questions.js';

const recorded = JSON.parse(readFileSync(new URL('recorded.json', import.meta.url), 'utf8')) as Recorded;
/** As many differences as a person reads. */
const shown = 5;

describe('Dockerfiles, compared with what BuildKit recorded', () => {
  it('are those that BuildKit was asked', () => {
    assert.equal(hashOf(question), recorded.questions, 'cases.ts or generate.ts has changed: see README.md');
    assert.equal(recorded.files.length, question.files.length);
    assert.equal(recorded.words.length, question.words.length);
  });

  const { files, words } = compareAll(question, recorded);

  it('are split, resolved and refused as BuildKit does', () => {
    assert.equal(files.length, 0, files.slice(0, shown).join('\n'));
  });

  it('have words that come to what BuildKit makes of them', () => {
    assert.equal(words.length, 0, words.slice(0, shown).join('\n'));
  });

  it('are good and bad ones', () => {
    const all = recorded.files.map(({ refused }) => refused?.step ?? 'taken');
    for (const [step, least] of Object.entries({ taken: 250, parse: 30, instructions: 100, convert: 100 })) {
      const count = all.filter((each) => each === step).length;
      assert.ok(count >= least, `${step}: ${count}`);
    }
    assert.deepEqual(
      all.filter((step) => step === 'panic'),
      [],
    );
  });

  it('are refused for what they were written for, most of them by us', () => {
    const theirs = recorded.files.slice(0, cases.length).flatMap(({ refused }) => refused ?? []);
    const left = theirs.filter((refusal) => !isOurs(refusal));
    assert.ok(left.length < theirs.length / 10, `${left.length} of ${theirs.length}`);
  });
});

describe('The comparison with BuildKit', () => {
  const [text = '', answer] = question.files.flatMap((each, index) => {
    const file = recorded.files[index];
    return file?.image?.env !== undefined &&
      each.includes('<<') &&
      !/onbuild/i.test(each) &&
      file.nodes?.some(({ flags }) => flags !== undefined)
      ? [each, file]
      : [];
  }) as [string, FileAnswer];

  it('sees each value of an answer that is changed', () => {
    const ours = readOurs(text);
    assert.deepEqual(compareFile(text, answer, ours), []);
    for (const changed of [
      { ...answer, nodes: answer.nodes?.slice(1) ?? [] },
      { ...answer, escape: 'x' },
      { ...answer, refused: { step: 'convert' as const, message: 'x', line: 1 } },
      { ...answer, image: { ...answer.image, user: 'x' } },
      { ...answer, image: { ...answer.image, workdir: '/y' } },
      ...(answer.nodes ?? []).flatMap((node, index) => {
        const replaced = (other: object): FileAnswer => ({
          ...answer,
          nodes: answer.nodes?.with(index, { ...node, ...other }) ?? [],
        });
        return [
          replaced({ keyword: 'x' }),
          replaced({ flags: ['--x'] }),
          replaced({ args: ['x'] }),
          replaced({ json: node.json !== true }),
          replaced({ lines: [node.lines[0], node.lines[1] - 1] }),
          replaced({ heredocs: [{ name: 'x', content: '' }] }),
        ];
      }),
    ]) {
      assert.notDeepEqual(compareFile(text, changed, ours), [], JSON.stringify(changed));
    }
  });

  it('sees a problem that BuildKit does not have', () => {
    const ours = { ...readOurs(text), problems: [{ line: 1, under: 'x', message: 'x' }] };
    assert.equal(compareFile(text, answer, ours).length, 1);
  });
});
