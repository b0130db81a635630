// `.hadolint.yaml`: what it says of our rules, and what of it is not understood.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { settingsOf } from '../../../src/engine/config.js';
import { defineRule, type OptionSchema, type Rule, type RuleMeta } from '../../../src/engine/rule.js';
import { activation } from '../../../src/engine/settings.js';
import { hadolintRules } from '../../../src/languages/config/hadolint-rules.js';
import { parseConfig, readConfigFile } from '../../../src/languages/config/language.js';
import { allRules } from '../../../src/rules/all.js';
import { editsOf } from '../../../src/service/fix.js';
import { applyEdits } from '../../../src/text/edit.js';

function rule(id: string, checks: readonly string[], more: Partial<RuleMeta> = {}, options?: OptionSchema): Rule {
  const meta: RuleMeta = {
    id,
    summary: 'It is so.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile', 'compose'],
    standards: [],
    peers: { hadolint: checks },
    ...more,
    ...(options === undefined ? {} : { options }),
  };
  return defineRule({ meta, check: {} });
}

const forbidden: OptionSchema = { forbidden: { default: false, description: 'Whether.' } };
const labelSchema: OptionSchema = { labelSchema: { default: [], description: 'Labels.' } };
const rules: readonly Rule[] = [
  rule('pinned', ['DL3008'], { profile: 'all', severity: { dockerfile: 'hint', compose: 'error' } }),
  rule('tag', ['DL3006', 'DL3007']),
  rule('secret-one', ['DL3064']),
  rule('secret-two', ['DL3064']),
  rule('elsewhere', ['DL3002'], { formats: ['compose'] }),
  rule('unrelated', []),
  rule('inline-suppression', ['DL1001'], { profile: 'all', severity: 'hint' }, forbidden),
  rule('missing-required-label', ['DL3049'], { profile: 'all', severity: 'hint' }, labelSchema),
  rule('empty-label', ['DL3051'], { profile: 'all', severity: 'hint' }, labelSchema),
  rule('invalid-label-value', ['DL3052', 'DL3053'], {}, labelSchema),
  rule('superfluous-label', ['DL3050'], { profile: 'all', severity: 'hint' }, labelSchema),
];

const configOf = (text: string, known = rules) => parseConfig(text, known, '/repo/.hadolint.yaml');

/** What is said of rules, beside those that it says nothing of. */
function levels(text: string): { readonly [id: string]: string } {
  const settings = settingsOf(configOf(text));
  const changed = rules.filter(({ meta }) => settings.rules.has(meta.id));
  return Object.fromEntries(changed.map((each) => [each.meta.id, activation(each, settings, 'dockerfile')]));
}

const read = (text: string, file = '.hadolint.yaml') =>
  readConfigFile({ file, text, mode: 'open', kubernetesMinor: 0 }, rules);

/** Each problem as its place, its text and its message. */
function problemsOf(text: string, file?: string): readonly string[] {
  return read(text, file).source.problems.map(({ kind, at, message }) => {
    const { start, end } = at.span;
    return `${kind} ${text.slice(0, start).split('\n').length} ${text.slice(start, end)} | ${message}`;
  });
}

describe('.hadolint.yaml', () => {
  it('switches off the rules that judge what it ignores, all rules that judge the same', () => {
    assert.deepEqual(levels('ignored:\n  - DL3008\n  - DL3064\n  - SC2086\n'), {
      pinned: 'off',
      'secret-one': 'off',
      'secret-two': 'off',
    });
  });

  it('switches off a rule that judges several things when all of them are ignored', () => {
    assert.deepEqual(levels('ignored: [DL3006]\n'), {});
    assert.deepEqual(levels('ignored: [DL3007, DL3006, DL3006]\n'), { tag: 'off' });
  });

  it('sets levels, and so switches on what the profile leaves out', () => {
    for (const [word, level] of [
      ['error', 'error'],
      ['warning', 'warning'],
      ['info', 'info'],
      ['style', 'hint'],
    ]) {
      assert.deepEqual(levels(`override:\n  ${word}: [DL3008]\n`), { pinned: level }, word);
    }
  });

  it('makes a rule that judges several things quieter only with a word on all of them, and the loudest counts', () => {
    assert.deepEqual(levels('override: { info: [DL3006] }\n'), { tag: 'warning' });
    assert.deepEqual(levels('override: { error: [DL3006] }\n'), { tag: 'error' });
    assert.deepEqual(levels('override: { info: [DL3006], style: [DL3007] }\n'), { tag: 'info' });
    assert.deepEqual(levels('ignored: [DL3006]\noverride: { style: [DL3007] }\n'), { tag: 'hint' });
  });

  it('ignores what it both ignores and sets a level for, as hadolint does', () => {
    assert.deepEqual(levels('ignored: [DL3008]\noverride: { error: [DL3008] }\n'), { pinned: 'off' });
    assert.deepEqual(levels('override: { error: [DL3008] }\nignored: [DL3008]\n'), { pinned: 'off' });
  });

  it('switches nothing on by being there, and says nothing of rules for other formats', () => {
    assert.deepEqual(levels('failure-threshold: info\nformat: tty\n'), {});
    assert.deepEqual(levels('ignored: [DL3002]\n'), {});
  });

  it('names the place of what decides', () => {
    const text = 'ignored: [DL3008]\noverride: { error: [DL3007] }\ntrustedRegistries: [a.example]\n';
    const { places } = configOf(text);
    const words = [...places].map(([what, { file, span }]) => [what, file, text.slice(span.start, span.end)]);
    assert.deepEqual(words.sort(), [
      ['rules.pinned', '/repo/.hadolint.yaml', 'DL3008'],
      ['rules.tag', '/repo/.hadolint.yaml', 'DL3007'],
      ['trustedRegistries', '/repo/.hadolint.yaml', 'trustedRegistries'],
    ]);
  });

  it('has registries, as a list or alone; Docker Hub has two names', () => {
    assert.deepEqual(configOf('trustedRegistries:\n  - "*.gcr.io"\n  - hub.docker.com\n').trustedRegistries, [
      '*.gcr.io',
      'docker.io',
    ]);
    assert.deepEqual(configOf('trustedRegistries: quay.io\n').trustedRegistries, ['quay.io']);
    assert.deepEqual(configOf('trustedRegistries: []\n').trustedRegistries, []);
    assert.equal(configOf('ignored: []\n').trustedRegistries, undefined);
  });

  it('gives its schema of labels to the rules that take one, and demands those labels', () => {
    const text = 'label-schema:\n  author: text\n  org.opencontainers.image.version: semver\n  a: raw\n  b: ""\n  c:\n';
    const labels = ['author=text', 'org.opencontainers.image.version=semver', 'a=text', 'b=text', 'c=text'];
    const { rules: said } = configOf(text);
    for (const id of ['missing-required-label', 'empty-label', 'invalid-label-value', 'superfluous-label']) {
      assert.deepEqual(said.get(id)?.options, { labelSchema: labels }, id);
    }
    assert.deepEqual(levels(text), {
      'missing-required-label': 'hint',
      'empty-label': 'hint',
      'invalid-label-value': 'default',
      'superfluous-label': 'off',
    });
    assert.deepEqual(problemsOf(text), []);
  });

  it('judges other labels with `strict-labels`, and leaves a word on the same rule its say', () => {
    assert.deepEqual(levels('strict-labels: true\n'), { 'superfluous-label': 'hint' });
    assert.deepEqual(levels('strict-labels: false\n'), {});
    assert.equal(levels('label-schema: { a: url }\nstrict-labels: true\n')['superfluous-label'], 'hint');
    assert.deepEqual(levels('strict-labels: true\nignored: [DL3050]\n'), { 'superfluous-label': 'off' });
    assert.deepEqual(levels('label-schema: { a: url }\noverride: { error: [DL3049] }\n'), {
      'missing-required-label': 'error',
      'empty-label': 'hint',
      'invalid-label-value': 'default',
      'superfluous-label': 'off',
    });
  });

  it('forbids comments that silence where DL1001 has a level, and not where it is ignored', () => {
    const optionsOf = (text: string) => settingsOf(configOf(text)).rules.get('inline-suppression')?.options;
    assert.deepEqual(levels('override: {warning: [DL1001]}\n'), { 'inline-suppression': 'warning' });
    assert.deepEqual(optionsOf('override: {warning: [DL1001]}\n'), { forbidden: true });
    assert.deepEqual(optionsOf('override: {warning: [DL1001]}\nignored: [DL1001]\n'), {});
    assert.equal(optionsOf('override: {warning: [DL3008]}\n'), undefined);
  });

  it('says nothing of labels where no rule takes a schema', () => {
    const few = [rule('pinned', ['DL3008']), rule('invalid-label-value', ['DL3052'])];
    assert.deepEqual([...configOf('label-schema: { a: url }\nstrict-labels: true\n', few).rules], []);
  });

  it('says which tool is not listened to, and what a run does not take over', () => {
    const config = configOf('disable-ignore-pragma: true\nfailure-threshold: style\nno-fail: true\n');
    assert.deepEqual([...(config.unheardTools?.keys() ?? [])], ['hadolint']);
    assert.deepEqual(config.unapplied, [
      "'failure-threshold: style' is not taken over: say '--fail-on info'.",
      "'no-fail: true' is not taken over: say '--fail-on never'.",
    ]);
    const other = configOf('disable-ignore-pragma: false\nno-fail: false\n');
    assert.deepEqual([other.unheardTools, other.unapplied], [undefined, []]);
  });

  it('is marked where it is not understood, at the word', () => {
    const effect = 'this has no effect.';
    const text = `ignore: [DL3008]
ignored: DL3008
override:
  warn: [DL3008]
  error: [DL3999, dl3008, "DL 3007", SC2086, DL3005, sc2086, nonsense, [x]]
trustedRegistries: { a: b }
label-schema: { a: number, b: [x], c: urls }
strict-labels: yep
failure-threshold: warn
disable-ignore-pragma: 1
format: whatever
`;
    assert.deepEqual(problemsOf(text), [
      "config 1 ignore | 'ignore' is no key of hadolint: did you mean 'ignored'?",
      `config 2 DL3008 | 'ignored' must be a list of ids such as DL3008: ${effect}`,
      "config 4 warn | 'warn' is no level of hadolint: it has no effect.",
      "config 5 DL3999 | 'DL3999' is no rule of hadolint 2.15: it has no effect.",
      "config 5 dl3008 | 'dl3008' is no rule of hadolint 2.15: did you mean 'DL3008'?",
      "config 5 \"DL 3007\" | 'DL 3007' is no rule of hadolint 2.15: did you mean 'DL3007'?",
      "config 5 sc2086 | 'sc2086' is no rule of hadolint 2.15: did you mean 'SC2086'?",
      "config 5 nonsense | 'nonsense' is no rule of hadolint 2.15: it has no effect.",
      `config 5 [x] | 'error' must be a list of ids such as DL3008: ${effect}`,
      `config 6 { a: b } | 'trustedRegistries' must be a text or a list of texts: ${effect}`,
      `config 7 number | 'a' must be text, url, semver, rfc3339, hash, spdx or email: ${effect}`,
      `config 7 [x] | 'b' must be text, url, semver, rfc3339, hash, spdx or email: ${effect}`,
      `config 7 urls | 'c' must be text, url, semver, rfc3339, hash, spdx or email: ${effect}`,
      `config 8 yep | 'strict-labels' must be true or false: ${effect}`,
      `config 9 warn | 'failure-threshold' must be error, warning, info, style, ignore or none: ${effect}`,
      `config 10 1 | 'disable-ignore-pragma' must be true or false: ${effect}`,
    ]);
    assert.deepEqual([...configOf(text).rules], []);
  });

  it('is mended where the word is clear', () => {
    const text = 'ignore: [dl3008, "DL 3007"]\n';
    const file = read(text);
    const edits = file.source.problems.flatMap(({ fix }) => (fix === undefined ? [] : (editsOf(file, fix) ?? [])));
    const once = applyEdits(text, edits);
    assert.equal(once, 'ignored: [dl3008, "DL 3007"]\n');
    const again = read(once);
    const more = again.source.problems.flatMap(({ fix }) => (fix === undefined ? [] : (editsOf(again, fix) ?? [])));
    assert.equal(applyEdits(once, more), 'ignored: [DL3008, "DL3007"]\n');
  });

  it('is read by its name alone', () => {
    assert.deepEqual(problemsOf('profile: all\n'), [
      "config 1 profile | 'profile' is no key of hadolint: it has no effect.",
    ]);
    assert.deepEqual(problemsOf('profile: all\n', '/a/.plimsoll.yaml'), []);
    assert.deepEqual(problemsOf('ignored: []\n', 'C:/a/.hadolint.yml'), []);
  });

  it('may be empty, half typed, or no map', () => {
    for (const text of [
      '',
      '# nothing\n',
      'ignored:\n',
      'ignored:\n  -\n',
      'override:\n  error:\n',
      'label-schema: {',
    ]) {
      assert.deepEqual([...configOf(text).rules], [], text);
    }
    assert.deepEqual(problemsOf('- DL3008\n'), [
      "config 1 - DL3008 | hadolint's configuration must be a map of keys and values: this has no effect.",
    ]);
  });

  it('knows every id that our rules have', () => {
    const ids = allRules.flatMap(({ meta }) => meta.peers.hadolint ?? []).filter((id) => id.startsWith('DL'));
    assert.deepEqual(
      ids.filter((id) => !hadolintRules.includes(id)),
      [],
    );
    assert.ok(ids.length > 0);
    assert.deepEqual([...new Set(hadolintRules)].sort(), hadolintRules);
  });
});
