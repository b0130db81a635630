// The Dockerfiles that people really have. What is found in them is in test-fixtures/dockerfiles.expected.json: after a
// rule came or changed, `npx tsx tools/dockerfile-findings.ts` writes it anew, and `git diff` shows what is to be read.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { applySafeFixes, editsOf } from '../../src/service/fix.js';
import { applyEdits } from '../../src/text/edit.js';
import { dockerfileFixtures, expectedFile, findingsOfFixtures } from '../support/dockerfile-fixtures.js';
import { lint } from '../support/lint.js';
import { checkFixes } from '../support/soundness.js';

const fixtures = dockerfileFixtures();
const anew = '`npx tsx tools/dockerfile-findings.ts` writes it anew.';

/** Shorter texts are cut off behind each of their characters, longer ones behind every few. */
const shortText = 1500;

/** In milliseconds; it takes one or two. */
const longestLint = 500;

function windows(text: string): string {
  return text.replaceAll('\n', '\r\n');
}

/** Lints a beginning of a file; everything it hands out has to be inside of it. */
function checkBeginning(path: string, text: string): void {
  const where = `${path} up to ${text.length}`;
  const { findings, failures } = lint('dockerfile', text);
  assert.deepEqual(failures, [], where);
  for (const { rule, at, related } of findings) {
    for (const { span } of [at, ...related.map((each) => each.at)]) {
      assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length, `${rule} in ${where}`);
    }
  }
}

/** Each finding by its place, with the texts after each of its fixes. */
function mendedTexts(text: string): readonly { readonly what: string; readonly mended: readonly string[] }[] {
  const { file, findings } = lint('dockerfile', text);
  return findings.map(({ rule, message, at, fixes }) => {
    const before = text.slice(0, at.span.start).split('\n');
    return {
      what: `${before.length}:${before.at(-1)?.length} ${rule}: ${message}`,
      mended: fixes.map((fix) => applyEdits(text, editsOf(file, fix) ?? [])),
    };
  });
}

/** The shorter of two tries: another process may have been at work during one. */
function timeOf(task: () => void): number {
  const time = () => {
    const start = performance.now();
    task();
    return performance.now() - start;
  };
  const first = time();
  return first < longestLint ? first : Math.min(first, time());
}

describe('Dockerfiles as people have them', () => {
  it('have exactly the findings that are written down', async () => {
    assert.ok(existsSync(expectedFile), `dockerfiles.expected.json is missing: ${anew}`);
    assert.deepEqual(await findingsOfFixtures(), JSON.parse(readFileSync(expectedFile, 'utf8')), anew);
  });

  it('are of all kinds, and templates with names of templates are none of them', () => {
    const names = new Set(fixtures.map(({ path }) => path.replace(/^.*\//, '')));
    for (const name of ['Dockerfile', 'Dockerfile.prod', 'api.Dockerfile', 'Containerfile']) assert.ok(names.has(name));
    assert.deepEqual(
      fixtures.filter(({ path }) => path.startsWith('template/')).map(({ path }) => path),
      ['template/Dockerfile'],
    );
  });

  for (const { path, text } of fixtures) {
    it(`are linted while they are typed: ${path}`, () => {
      const step = text.length <= shortText ? 1 : 5;
      for (const [whole, stride] of [[text, step] as const, [windows(text), step * 7] as const]) {
        for (let end = 0; end <= whole.length; end += stride) {
          const beginning = whole.slice(0, end);
          const time = timeOf(() => checkBeginning(path, beginning));
          assert.ok(time < longestLint, `${Math.round(time)} ms for ${path} up to ${end}`);
        }
      }
    }).timeout(120_000);
  }

  it('are mended without a change to anything else, also with Windows line ends and without the last one', () => {
    let applied = 0;
    for (const { path, text } of fixtures) {
      for (const variant of [text, windows(text), text.replace(/\n$/, ''), `\uFEFF${text}`]) {
        const result = checkFixes(path, 'dockerfile', variant);
        assert.deepEqual(result.faults, []);
        applied += result.applied;
      }
    }
    assert.ok(applied >= 20, `${applied} fixes were applied`);
  }).timeout(300_000);

  it('have the same findings and get the same fixes with Windows line ends', () => {
    for (const { path, text } of fixtures) {
      const [unix, dos] = [mendedTexts(text), mendedTexts(windows(text))];
      assert.deepEqual(
        dos.map(({ what }) => what),
        unix.map(({ what }) => what),
        path,
      );
      for (const [i, { what, mended }] of unix.entries())
        assert.deepEqual(dos[i]?.mended, mended.map(windows), `${what} in ${path}`);
    }
  });

  it('have findings that never cross, and no two of one rule at one place', () => {
    for (const { path, text } of fixtures) {
      const { findings } = lint('dockerfile', text);
      const places = findings.map(({ rule, at: { span } }) => `${rule}@${span.start}-${span.end}`);
      assert.equal(new Set(places).size, places.length, path);
      for (const { rule, at } of findings) {
        const crossed = findings.find(
          (other) =>
            at.span.start < other.at.span.start && other.at.span.start < at.span.end && at.span.end < other.at.span.end,
        );
        assert.equal(crossed, undefined, `${rule} and ${crossed?.rule} cross in ${path}`);
      }
    }
  });

  it('keep their comments when all that is safe is mended, and nothing safe is left then', () => {
    const again = (text: string) => lint('dockerfile', text);
    for (const { path, text } of fixtures) {
      const { linted } = applySafeFixes(again(text), again);
      const comments = (all: string) => all.split('\n').filter((line) => /^\s*#/.test(line));
      assert.deepEqual(comments(linted.file.text), comments(text), path);
      assert.equal(applySafeFixes(linted, again).applied, 0, path);
    }
  });
});
