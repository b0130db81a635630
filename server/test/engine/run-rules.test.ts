import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { emptyConfig, settingsOf } from '../../src/engine/config.js';
import type { Comment, ReadFile } from '../../src/engine/language.js';
import { defineRule, type Profile, type Rule, type RuleMeta, reportedFix } from '../../src/engine/rule.js';
import { runRules } from '../../src/engine/run-rules.js';
import type { Settings } from '../../src/engine/settings.js';
import { remove } from '../../src/model/change.js';
import type { Manifest } from '../../src/model/kubernetes/manifest.js';
import type { Hop, Known, Slot } from '../../src/model/located.js';
import type { Problem } from '../../src/model/source-file.js';
import { applyEdits } from '../../src/text/edit.js';
import type { Place } from '../../src/text/span.js';

const slot: Slot = { language: 'yaml', file: 'f' };

function at(text: string, word: string): Place {
  const start = text.indexOf(word);
  assert.notEqual(start, -1, `'${word}' is in the text`);
  return { file: 'f', span: { start, end: start + word.length } };
}

/** A file whose manifests are its words that begin with `M`; every `#` begins a comment, a lone one speaks of the next line. */
function fakeFile(text: string, problems: readonly Problem[] = []): ReadFile {
  const manifests = [...text.matchAll(/\bM\w+/g)].map(
    (match) => ({ kind: match[0], kindAt: at(text, match[0]) }) as Manifest,
  );
  const comments = [...text.matchAll(/#.*/g)].map((match): Comment => {
    const line = text.slice(text.lastIndexOf('\n', match.index) + 1, match.index);
    return { span: { start: match.index, end: match.index + match[0].length }, trailing: line.trim() !== '' };
  });
  return {
    source: { id: 'f', kind: 'kubernetes', problems },
    text,
    subjects: { manifest: manifests },
    comments: () => comments,
    scopeBelow(comment) {
      const start = text.indexOf('\n', comment.span.end) + 1;
      const end = text.indexOf('\n', start);
      return start === 0 ? undefined : { start, end: end < 0 ? text.length : end };
    },
    blockAt: () => undefined,
    lackingAt: () => undefined,
    annotations: () => [],
    addressOf: () => ({ resource: undefined, path: '' }),
    edits: (change) =>
      change.kind === 'replaceText' ? [{ span: change.place.span, newText: change.text }] : undefined,
  };
}

function meta(id: string, more: Partial<RuleMeta> = {}): RuleMeta {
  const defaults = {
    summary: 'A test.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
  } as const;
  return {
    id,
    ...defaults,
    formats: ['kubernetes'],
    standards: ['pss/baseline', 'cis-docker-1.6/5.5'],
    peers: {},
    ...more,
  };
}

function manifestRule(id: string, more: Partial<RuleMeta> = {}, message = 'Found.'): Rule {
  return defineRule({
    meta: meta(id, more),
    check: { manifest: (manifest, report) => report({ at: manifest.kindAt, message }) },
  });
}

const stale = defineRule({
  meta: meta('unused-suppression', { severity: 'hint' }),
  check: {
    suppression: (suppression, report) => {
      if (suppression.state === 'unused')
        report({
          at: suppression.idAt,
          message: `'${suppression.id}' is unused.`,
          fix: reportedFix(suppression.removal),
        });
    },
  },
});
const strange = defineRule({
  meta: meta('unknown-suppression-rule'),
  check: {
    suppression: (suppression, report) => {
      if (suppression.state === 'unknown-rule')
        report({ at: suppression.idAt, message: `'${suppression.id}': '${suppression.suggestion}'?` });
    },
  },
});

function run(
  text: string,
  rules: readonly Rule[],
  settings: Settings = settingsOf(emptyConfig),
  problems: readonly Problem[] = [],
) {
  const file = fakeFile(text, problems);
  const result = runRules({
    file,
    rules,
    settings,
    appliesTo: (standard, kind) => standard.startsWith('pss') === (kind === 'kubernetes'),
  });
  const short = result.findings.map(
    (finding) =>
      `${finding.rule} ${text.slice(finding.at.span.start, finding.at.span.end)}${finding.suppressed ? ' (ignored)' : ''}`,
  );
  return { ...result, file, short };
}

describe('runRules', () => {
  it('gives every subject to every rule and sorts what they say by place', () => {
    const { short } = run('M1 M2', [manifestRule('b-rule'), manifestRule('a-rule')]);
    assert.deepEqual(short, ['a-rule M1', 'b-rule M1', 'a-rule M2', 'b-rule M2']);
  });

  it('goes on when a rule throws, and names it once', () => {
    const broken = defineRule({ meta: meta('broken'), check: { manifest: () => assert.fail('no') } });
    const { short, failures } = run('M1 M2', [broken, manifestRule('fine')]);
    assert.deepEqual(short, ['fine M1', 'fine M2']);
    assert.deepEqual(
      failures.map((failure) => failure.rule),
      ['broken'],
    );
  });

  it('says nothing that breaks its line, turns it around or rings a bell, whatever the file says', () => {
    const word = "'\u202E\u0007\uD83D\u2028'";
    const echo = defineRule({
      meta: meta('echo'),
      check: {
        manifest: ({ kindAt: at }, report) =>
          report({
            at,
            message: `${word} 😀.`,
            related: [{ at, message: word }],
            fix: { title: `Remove ${word}`, safety: 'safe', change: remove(slot) },
          }),
      },
    });
    const [finding] = run('M1', [echo]).findings;
    const shown = "'\uFFFD\uFFFD\uFFFD\uFFFD'";
    assert.equal(finding?.message, `${shown} 😀.`);
    assert.deepEqual(
      finding.related.map(({ message }) => message),
      [shown],
    );
    assert.deepEqual(
      finding.fixes.map(({ title }) => title),
      [`Remove ${shown}`],
    );
  });

  it('keeps the standards that speak of the format, also of those that the rule chooses', () => {
    const choosing = (id: string, standards: readonly string[]) =>
      defineRule({
        meta: meta(id, { standards: ['pss/baseline', 'pss/restricted', 'cis-docker-1.6/5.5'] }),
        check: { manifest: (manifest, report) => report({ at: manifest.kindAt, message: 'x.', standards }) },
      });
    const { findings } = run('M1', [
      manifestRule('a'),
      choosing('b', ['pss/restricted', 'cis-docker-1.6/5.5']),
      choosing('c', []),
    ]);
    assert.deepEqual(
      findings.map((finding) => finding.standards),
      [['pss/baseline'], ['pss/restricted'], []],
    );
  });

  it('takes the severity of the user over that of the rule and of the finding', () => {
    const quiet = defineRule({
      meta: meta('quiet', { severity: { kubernetes: 'error' } }),
      check: { manifest: (manifest, report) => report({ at: manifest.kindAt, message: 'x.', severity: 'info' }) },
    });
    const severity = (settings: Settings) =>
      run('M1', [quiet, manifestRule('loud', { severity: { kubernetes: 'error' } })], settings).findings.map(
        (finding) => finding.severity,
      );
    assert.deepEqual(severity(settingsOf(emptyConfig)), ['error', 'info']);
    assert.deepEqual(severity(settingsOf(emptyConfig, { severities: new Map([['quiet', 'warning']]) })), [
      'error',
      'warning',
    ]);
    assert.deepEqual(severity(settingsOf(emptyConfig, { severities: new Map([['loud', 'off']]) })), ['info']);
  });

  it('runs the rules of the profile, those below it, and those switched on by name', () => {
    const rules = [manifestRule('a'), manifestRule('b', { profile: 'strict' }), manifestRule('c', { profile: 'all' })];
    const ids = (profile: Profile, only?: string) =>
      run(
        'M1',
        rules,
        settingsOf({ ...emptyConfig, profile }, only === undefined ? {} : { severities: new Map([[only, 'hint']]) }),
      ).findings.map((finding) => finding.rule);
    assert.deepEqual(ids('recommended'), ['a']);
    assert.deepEqual(ids('strict'), ['a', 'b']);
    assert.deepEqual(ids('all'), ['a', 'b', 'c']);
    assert.deepEqual(ids('recommended', 'c'), ['a', 'c']);
  });

  it('gives a rule its options, with the defaults for those that nobody set', () => {
    const seen: unknown[] = [];
    const curious = defineRule({
      meta: meta('curious', {
        options: { words: { default: ['x'], description: '' }, deep: { default: false, description: '' } },
      }),
      check: { manifest: (_, __, context) => void seen.push(context.options) },
    });
    run(
      'M1',
      [curious],
      settingsOf({ ...emptyConfig, rules: new Map([['curious', { severity: undefined, options: { deep: true } }]]) }),
    );
    assert.deepEqual(seen, [{ words: ['x'], deep: true }]);
  });

  it('joins the users of one written value into one finding whose fix mends them all', () => {
    const text = 'M1 written *one *two';
    const used = (alias: string): Known<boolean> => {
      const via: Hop[] = [{ kind: 'alias', at: at(text, alias) }];
      return { kind: 'known', value: true, at: at(text, 'written'), via, slot };
    };
    const rule = defineRule({
      meta: meta('shared'),
      check: {
        manifest: (_, report) => {
          for (const alias of ['*one', '*two'])
            report({
              at: used(alias),
              message: `By ${alias}.`,
              standards: alias === '*one' ? [] : ['pss/baseline'],
              fix: { title: 'Remove', safety: 'unsafe', change: remove(slot, false) },
            });
        },
      },
    });
    const { findings } = run(text, [rule]);
    assert.equal(findings.length, 1);
    assert.equal(findings[0]?.message, 'By *one.');
    assert.deepEqual(findings[0]?.at, at(text, 'written'));
    assert.deepEqual(
      findings[0]?.related.map((related) => related.at),
      [at(text, '*one'), at(text, '*two')],
    );
    assert.equal(findings[0]?.fixes[0]?.changes.length, 2);
    assert.deepEqual(findings[0]?.standards, ['pss/baseline']);
  });
});

describe('Ignore comments', () => {
  it('at the end of a line silence that line, with their reason', () => {
    const { short, findings } = run('M1 # plimsoll: ignore[a] needed for now\nM2', [manifestRule('a')]);
    assert.deepEqual(short, ['a M1 (ignored)', 'a M2']);
    assert.deepEqual(findings[0]?.suppressed, { by: 'comment', reason: 'needed for now' });
  });

  it('alone on a line silence what follows', () => {
    assert.deepEqual(run('M1\n# plimsoll: ignore[a, b]\nM2\nM3', [manifestRule('a')]).short, [
      'a M1',
      'a M2 (ignored)',
      'a M3',
    ]);
  });

  it('for a file silence the file, wherever they stand', () => {
    assert.deepEqual(
      run('M1\nM2\n# plimsoll: ignore-file[a] generated', [manifestRule('a'), manifestRule('b')]).short,
      ['a M1 (ignored)', 'b M1', 'a M2 (ignored)', 'b M2'],
    );
  });

  it('at the user of a written value silence that user alone', () => {
    const text = 'M1 written\n*one # plimsoll: ignore[shared] fine here\n*two';
    const rule = defineRule({
      meta: meta('shared'),
      check: {
        manifest: (_, report) => {
          for (const alias of ['*one', '*two'])
            report({
              at: {
                kind: 'known',
                value: 1,
                at: at(text, 'written'),
                via: [{ kind: 'alias', at: at(text, alias) }],
                slot,
              },
              message: `By ${alias}.`,
            });
        },
      },
    });
    const { findings } = run(text, [rule]);
    assert.deepEqual(
      findings.map((finding) => [finding.message, finding.suppressed !== undefined]),
      [
        ['By *one.', true],
        ['By *two.', false],
      ],
    );
  });

  it('that silence nothing are reported at the id, and the fix takes only that away', () => {
    const text = 'M1 # plimsoll: ignore[a, b] why\nx # plimsoll: ignore[b]\n';
    const { short, findings, file } = run(
      text,
      [manifestRule('a'), manifestRule('b', { profile: 'recommended' }, 'B.'), stale]
        .filter((rule) => rule.meta.id !== 'b')
        .concat(defineRule({ meta: meta('b'), check: {} })),
    );
    assert.deepEqual(short, ['a M1 (ignored)', 'unused-suppression b', 'unused-suppression b']);
    const edits = findings.flatMap((finding) =>
      finding.fixes.flatMap((fix) => fix.changes.flatMap((change) => file.edits(change) ?? [])),
    );
    assert.equal(applyEdits(text, edits), 'M1 # plimsoll: ignore[a] why\nx\n');
  });

  it('that stand alone and silence nothing lose their whole line', () => {
    const text = 'x\r\n  # plimsoll: ignore[a]\r\ny';
    const { findings, file } = run(text, [defineRule({ meta: meta('a'), check: {} }), stale]);
    const edits = findings.flatMap((finding) =>
      finding.fixes.flatMap((fix) => fix.changes.flatMap((change) => file.edits(change) ?? [])),
    );
    assert.equal(applyEdits(text, edits), 'x\r\ny');
  });

  it('are not called unused when their rule is off or the file could not be read whole', () => {
    const text = 'x # plimsoll: ignore[a]';
    const rules = [defineRule({ meta: meta('a'), check: {} }), stale];
    assert.deepEqual(run(text, rules, settingsOf(emptyConfig, { severities: new Map([['a', 'off']]) })).short, []);
    assert.deepEqual(
      run(text, rules, settingsOf(emptyConfig), [{ kind: 'syntax', at: at(text, 'x'), message: 'Broken.' }]).short,
      [],
    );
    assert.deepEqual(run(text, rules).short, ['unused-suppression a']);
  });

  it('silence up to their last day, that included, and are not called unused behind it', () => {
    const text = 'M1 # plimsoll: ignore[a, b] until:2026-12-31 needed for now';
    const rules = [manifestRule('a'), defineRule({ meta: meta('b'), check: {} }), stale];
    const on = (today: string | undefined) => run(text, rules, settingsOf(emptyConfig, { today }));
    for (const today of [undefined, '2026-12-30', '2026-12-31']) {
      assert.deepEqual(on(today).short, ['a M1 (ignored)', 'unused-suppression b']);
      assert.deepEqual(on(today).findings[0]?.suppressed, { by: 'comment', reason: 'needed for now' });
    }
    assert.deepEqual(on('2027-01-01').short, ['a M1']);
  });

  it('with a last day that is no day silence nothing, since nobody knows when they would end', () => {
    for (const day of ['', '2026-02-29', '2026-13-01', '26-12-31', 'soon']) {
      assert.deepEqual(run(`M1 # plimsoll: ignore[a] until:${day}`, [manifestRule('a')]).short, ['a M1'], day);
    }
  });

  it('that name no rule are reported with the rule that was meant', () => {
    const { findings } = run('M1 # plimsoll: ignore[privilegd]', [manifestRule('privileged'), strange]);
    assert.deepEqual(
      findings.map((finding) => finding.message),
      ['Found.', "'privilegd': 'privileged'?"],
    );
  });

  it('are data: a comment that is not closed or not ours is no ignore comment', () => {
    for (const comment of [
      '# plimsoll: ignore[a',
      '# plimsoll ignore[a]',
      '# plimsoll: ignore a',
      '# hadolint ignore=a',
    ]) {
      assert.deepEqual(run(`M1 ${comment}`, [manifestRule('a')]).short, ['a M1'], comment);
    }
  });
});
