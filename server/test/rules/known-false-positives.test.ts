// What other linters are known to get wrong. Each case of the pages in false-positives/ has texts that look wrong and are
// not, beside some that are: a line `#> rule-id` stands below each line that a finding begins in. All rules run over all
// texts, and those that a case names report the marked lines and no others.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { allRules } from '../../src/rules/all.js';
import { lint } from '../support/lint.js';

const folder = fileURLToPath(new URL('./false-positives/', import.meta.url));

/** Named in the cases, and not there yet for Dockerfiles: what is said of them does not count until they are. */
const notYet: readonly string[] = [];

interface Marked {
  /** From 0, in the text without the marks. */
  readonly line: number;
  readonly rule: string;
}

interface Example {
  readonly text: string;
  readonly marks: readonly Marked[];
}

interface Case {
  readonly title: string;
  readonly examples: readonly Example[];
  /** All that its marks name. */
  readonly rules: ReadonlySet<string>;
}

function readCases(markdown: string): readonly Case[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const examples = [...section.matchAll(/^```dockerfile\n(.*?)^```$/gms)].map(([, body = '']) => readExample(body));
      const rules = new Set(examples.flatMap(({ marks }) => marks.map(({ rule }) => rule)));
      return { title: section.slice(0, section.indexOf('\n')), examples, rules };
    });
}

function readExample(body: string): Example {
  const kept: string[] = [];
  const marks: Marked[] = [];
  for (const line of body.split('\n')) {
    if (!line.startsWith('#> ')) kept.push(line);
    else for (const rule of line.slice(3).split(' ')) marks.push({ line: kept.length - 1, rule });
  }
  return { text: kept.join('\n'), marks };
}

/** `rule: the line`, in the order of the lines. */
function describeMarks(text: string, marks: readonly Marked[]): readonly string[] {
  const lines = text.split('\n');
  return [...marks]
    .sort((a, b) => a.line - b.line || (a.rule < b.rule ? -1 : 1))
    .map(({ line, rule }) => `${rule}: ${lines[line]}`);
}

function reportedMarks(text: string): readonly Marked[] {
  const { findings, failures } = lint('dockerfile', text);
  assert.deepEqual(failures, []);
  return findings.map(({ rule, at }) => ({ rule, line: text.slice(0, at.span.start).split('\n').length - 1 }));
}

const pages = readdirSync(folder)
  .sort()
  .map((name) => ({ name, markdown: readFileSync(`${folder}${name}`, 'utf8') }))
  .map(({ name, markdown }) => ({
    name,
    title: /^# (.*)$/m.exec(markdown)?.[1] ?? name,
    fences: markdown.split('\n').filter((line) => line.startsWith('```dockerfile')).length,
    cases: readCases(markdown),
  }));
const cases = pages.flatMap((page) => page.cases);
const known = new Set(allRules.filter(({ meta }) => meta.formats.includes('dockerfile')).map(({ meta }) => meta.id));

describe('What others are known to get wrong', () => {
  for (const page of pages) {
    describe(page.title, () => {
      for (const { title, examples, rules } of page.cases) {
        it(title, () => {
          const isJudged = ({ rule }: Marked) => rules.has(rule) && known.has(rule);
          for (const { text, marks } of examples) {
            assert.deepEqual(
              describeMarks(text, reportedMarks(text).filter(isJudged)),
              describeMarks(text, marks.filter(isJudged)),
              text,
            );
          }
        });
      }
    });
  }

  it('is on pages that are read whole', () => {
    for (const { name, fences, cases } of pages) {
      assert.ok(fences > 0, name);
      assert.equal(
        cases.reduce((sum, { examples }) => sum + examples.length, 0),
        fences,
        name,
      );
    }
  });

  it('has a clean text in each case, and for each rule that is named there a text that it marks', () => {
    for (const { title, examples, rules } of cases) {
      assert.ok(
        examples.some(({ marks }) => marks.length === 0),
        `'${title}' has no clean text`,
      );
      assert.ok(rules.size > 0, `'${title}' names no rule`);
    }
  });

  it('names rules that are there, but for those that are to come', () => {
    const named = new Set(cases.flatMap(({ rules }) => [...rules]));
    assert.deepEqual(
      notYet.filter((rule) => known.has(rule)),
      [],
      'These are there now: take them off the list.',
    );
    assert.deepEqual(
      notYet.filter((rule) => !named.has(rule)),
      [],
      'No case names these.',
    );
    assert.deepEqual(
      [...named].filter((rule) => !known.has(rule) && !notYet.includes(rule)),
      [],
      'There are no such rules.',
    );
  });
});
