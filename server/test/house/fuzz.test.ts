// A few inputs of the fuzz run, always the same, so that neither the promises nor the tool can rot between long runs.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { FileKind } from '../../../server/src/model/format.js';
import { loadCorpus } from '../../../tools/fuzz/corpus.js';
import { type FuzzInput, inputSource } from '../../../tools/fuzz/inputs.js';
import { mutationKinds } from '../../../tools/fuzz/mutations.js';
import type { Observation } from '../../../tools/fuzz/promises.js';
import { fuzz } from '../../../tools/fuzz/session.js';
import { shrink } from '../../../tools/fuzz/shrink.js';
import { supervise } from '../../../tools/fuzz/supervise.js';

const kinds: readonly FileKind[] = ['dockerfile', 'compose', 'kubernetes', 'config'];

describe('broken and hostile texts', () => {
  for (const kind of kinds) {
    it(`break no promise, whatever was done to a ${kind} text`, async () => {
      const { executions, faults, findings } = await fuzz({ kinds: [kind], seed: 1, goesOn: (done) => done < 50 });
      assert.deepEqual(faults, []);
      assert.equal(executions, 50);
      assert.ok((findings.get('syntax-error') ?? 0) > 0, 'some of the texts cannot be read');
      // A config file has few rules of its own.
      assert.ok(findings.size >= (kind === 'config' ? 3 : 4), `only ${[...findings.keys()]} have findings`);
    }).timeout(120_000);
  }
});

describe('the fuzz run', () => {
  const fine: Omit<Observation, 'breach'> = { findings: [], milliseconds: 1 };
  const judge = ({ text }: FuzzInput): Observation =>
    text.includes('USER') && text.includes('\n')
      ? { ...fine, breach: { promise: 'no user', about: 'users', detail: `in ${text.length}` } }
      : { ...fine, breach: undefined };
  const run = (seed: number, runs: number) =>
    fuzz({ kinds: ['dockerfile'], seed, goesOn: (done) => done < runs, judge });

  it('shows one fault once, as small as it can be, with a seed that shows it again', async () => {
    const { faults } = await run(5, 40);
    const [fault, ...others] = faults;
    assert.ok(fault);
    assert.deepEqual(others, []);
    assert.ok(fault.times > 1);
    assert.deepEqual([...fault.input.text].sort().join(''), '\nERSU');
    assert.equal(fault.detail, 'in 5');
    const again = await run(fault.seed, 1);
    assert.deepEqual(again.faults, [{ ...fault, times: 1 }]);
  });

  it('makes the same input of the same seed, and another one of another seed', () => {
    const corpora = loadCorpus();
    const [one, two] = [inputSource(kinds, corpora), inputSource(kinds, corpora)];
    const texts = new Set<string>();
    for (let seed = -20; seed < 20; seed++) {
      assert.deepEqual(one(seed), two(seed));
      texts.add(one(seed).text);
    }
    assert.ok(texts.size > 35);
  });

  it('starts from texts of every kind and knows many changes', () => {
    const corpora = loadCorpus();
    assert.deepEqual(
      kinds.filter((kind) => (corpora.get(kind)?.texts.length ?? 0) < 5),
      [],
    );
    assert.ok(mutationKinds.length > 20);
  });

  it('leaves out of a text whatever the fault does not need, in few tries', () => {
    let tries = 0;
    const text = `${'line\n'.repeat(500)}  needle: [a, b]\n${'line\n'.repeat(500)}`;
    const smallest = shrink(text, (tried) => {
      tries++;
      return /needle.*b/.test(tried);
    });
    assert.equal(smallest, 'needleb');
    assert.ok(tries < 300, `${tries} tries`);
  });
});

describe('the watch over the fuzz run', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-fuzz-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function watched(script: string) {
    const runningFile = join(folder, 'running');
    const file = join(folder, 'script.cjs');
    const tell = `require('node:fs').writeFileSync(${JSON.stringify(runningFile)}, '42');`;
    writeFileSync(file, `${tell}\n${script}\n`);
    return supervise({ args: [file], runningFile, longestSilence: 1500 });
  }

  it('gives on how the run ended', async () => {
    assert.equal(await watched('process.exit(0)'), 0);
    assert.equal(await watched('process.exit(1)'), 1);
  });

  it('names the input that ended the process', async () => {
    assert.deepEqual(await watched("process.kill(process.pid, 'SIGKILL')"), { seed: '42', how: 'ended the process' });
    assert.deepEqual(await watched('process.exit(134)'), { seed: '42', how: 'ended the process' });
  });

  it('ends a run that hangs, and names its input', async () => {
    assert.deepEqual(await watched('for (;;);'), { seed: '42', how: 'never ended' });
  });
});
