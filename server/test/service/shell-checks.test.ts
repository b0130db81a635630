import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type ProgramAnswer,
  type ShellChecker,
  ShellCheckerError,
  ShellChecks,
} from '../../src/service/shell-checks.js';

const remark = { line: 1, endLine: 1, column: 1, endColumn: 2, level: 'style', code: 2006, message: 'Old.' };
const clean: ProgramAnswer = { code: 0, stdout: '{"comments":[]}', stderr: '' };
const found: ProgramAnswer = { code: 1, stdout: JSON.stringify({ comments: [remark] }), stderr: '' };

type Answer = (input: string, signal: AbortSignal) => Promise<ProgramAnswer> | ProgramAnswer;

function opened(answer: Answer) {
  const asked: string[] = [];
  const words: (readonly string[])[] = [];
  const troubles: string[] = [];
  const checker: ShellChecker = {
    name: 'shellcheck',
    async run(given, input, signal) {
      asked.push(input);
      words.push(given);
      return answer(input, signal);
    },
  };
  return { checks: new ShellChecks(checker, (trouble) => troubles.push(trouble)), asked, words, troubles };
}

describe('asking ShellCheck', () => {
  it('remembers what it said, and asks once for each script', async () => {
    const { checks, asked } = opened((input) => (input === 'a' ? found : clean));
    assert.equal(checks.known('a'), undefined);
    await checks.ask(['a', 'b', 'a']);
    await checks.ask(['b', 'a']);
    assert.deepEqual(asked.sort(), ['a', 'b']);
    assert.deepEqual(
      checks.known('a')?.map(({ code, level }) => [code, level]),
      [['SC2006', 'style']],
    );
    assert.deepEqual([checks.known('b'), checks.known('c'), checks.trouble], [[], undefined, undefined]);
  });

  it('hands the script to standard input, names its dialect, and lets no file of settings count', async () => {
    const { checks, words } = opened(() => clean);
    await checks.ask(['#!/bin/bash -e\necho\n']);
    assert.deepEqual(words, [['--norc', '--format=json1', '--exclude=SC1090,SC1091,SC2187', '--shell=bash', '-']]);
  });

  it('starts no more than two at a time, and goes on behind one that fails', async () => {
    let [running, most] = [0, 0];
    const { checks, asked } = opened(async (input) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return input === '3' ? { code: 2, stdout: '', stderr: '' } : clean;
    });
    await checks.ask(['1', '2', '3', '4', '5', '6', '7']);
    assert.deepEqual([asked.length, most, running], [7, 2, 0]);
    assert.deepEqual(checks.known('7'), []);
  });

  it('forgets the scripts that were wanted least of late when they are too many', async () => {
    const { checks } = opened(() => found);
    const script = (letter: string) => letter.repeat(90_000);
    const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV'];
    await checks.ask([script('a'), script('b')]);
    for (const letter of letters.slice(2)) {
      await checks.ask([script(letter)]);
      assert.equal(checks.known(script('a'))?.length, 1, letter);
    }
    assert.equal(checks.known(script('b')), undefined);
  });

  it('leaves out a script that no person wrote', async () => {
    const { checks, asked } = opened(() => found);
    const long = 'x'.repeat(100_001);
    await checks.ask([long]);
    assert.deepEqual([checks.known(long), asked, checks.trouble], [[], [], undefined]);
  });

  for (const [what, answer, trouble] of [
    [
      'ends with another code',
      { code: 4, stdout: '', stderr: '\nUnknown format json1\nSupported' },
      'it ended with code 4: Unknown format json1',
    ],
    ['is killed', { code: null, stdout: '', stderr: '' }, 'it ended with code null'],
    ['writes rubbish', { code: 0, stdout: 'Hello', stderr: '' }, 'its answer is not understood'],
    ['writes nothing', { code: 1, stdout: '', stderr: 'oh' }, 'its answer is not understood: oh'],
  ] as const) {
    it(`says once why there is no answer where it ${what}, and stops after three`, async () => {
      const { checks, asked, troubles } = opened(() => answer);
      await checks.ask(['1']);
      assert.deepEqual(checks.known('1'), []);
      assert.equal(checks.known('2'), undefined);
      await checks.ask(['2', '3', '4', '5', '6', '7']);
      assert.deepEqual(troubles, [trouble]);
      assert.equal(checks.trouble, trouble);
      assert.ok(asked.length <= 4, asked.join(' '));
      assert.deepEqual(checks.known('never asked'), []);
    });
  }

  it('asks no more where there is no such program', async () => {
    const { checks, asked, troubles } = opened(() => {
      throw new ShellCheckerError('there is no such program', true);
    });
    await checks.ask(['1']);
    await checks.ask(['2', '3']);
    assert.deepEqual([asked, troubles], [['1'], ['there is no such program']]);
  });

  it('learns nothing from what was aborted, and complains of nothing', async () => {
    const controller = new AbortController();
    const { checks, asked } = opened(async (_, signal) => {
      controller.abort();
      assert.equal(signal.aborted, true);
      throw new ShellCheckerError('it was stopped', false);
    });
    await checks.ask(['1', '2', '3', '4'], controller.signal);
    assert.deepEqual([asked, checks.known('1'), checks.trouble], [['1'], undefined, undefined]);
  });

  it('is over when it is stopped', async () => {
    const { checks, asked } = opened(() => found);
    checks.stop();
    await checks.ask(['1']);
    assert.deepEqual([asked, checks.known('1'), checks.trouble], [[], [], undefined]);
  });

  it('does not hide a fault of its own', async () => {
    const { checks } = opened(() => {
      throw new TypeError('a fault');
    });
    await assert.rejects(checks.ask(['1']), /a fault/);
  });
});
