// `.plimsoll.yaml`: what it says, what of it is not understood, and what then applies.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Config, emptyConfig, settingsOf } from '../../../src/engine/config.js';
import { defineRule, type OptionSchema, type Profile, type Rule, type RuleMeta } from '../../../src/engine/rule.js';
import { activation, newestKubernetesMinor } from '../../../src/engine/settings.js';
import { parseConfig, readConfigFile } from '../../../src/languages/config/language.js';
import { editsOf } from '../../../src/service/fix.js';
import { applyEdits } from '../../../src/text/edit.js';

function rule(id: string, profile: Profile = 'recommended', options?: OptionSchema): Rule {
  const meta: RuleMeta = {
    id,
    summary: 'It is so.',
    severity: 'warning',
    confidence: 'high',
    profile,
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
    ...(options === undefined ? {} : { options }),
  };
  return defineRule({ meta, check: {} });
}

const options: OptionSchema = {
  allowed: { default: [], description: 'A list.' },
  depth: { default: 3, description: 'A number.' },
  deep: { default: false, description: 'A boolean.' },
  prefix: { default: '', description: 'A text.' },
};
const rules: readonly Rule[] = [
  rule('loud'),
  rule('quiet'),
  rule('stern', 'strict'),
  rule('fussy', 'all'),
  rule('tuned', 'recommended', options),
];

const configOf = (text: string): Config => parseConfig(text, rules);

/** Each problem as its text, its place and its message. */
function problemsOf(text: string): readonly string[] {
  const file = readConfigFile({ file: '.plimsoll.yaml', text, mode: 'open', kubernetesMinor: 0 }, rules);
  return file.source.problems.map(({ kind, at, message }) => {
    const { start, end } = at.span;
    const line = text.slice(0, start).split('\n').length;
    return `${kind} ${line}:${start - text.lastIndexOf('\n', start - 1) - 1} ${text.slice(start, end)} | ${message}`;
  });
}

/** The text after the fixes of all its problems. */
function mended(text: string): string {
  const file = readConfigFile({ file: '.plimsoll.yaml', text, mode: 'open', kubernetesMinor: 0 }, rules);
  const edits = file.source.problems.flatMap(({ fix }) => (fix === undefined ? [] : (editsOf(file, fix) ?? [])));
  return applyEdits(text, edits);
}

/** Which rules run on a Compose file, and at which severity. */
function active(text: string): readonly string[] {
  const settings = settingsOf(configOf(text));
  return rules.flatMap((each) => {
    const severity = activation(each, settings, 'compose');
    return severity === 'off' ? [] : [`${each.meta.id} ${severity}`];
  });
}

describe('a config file', () => {
  it('says what stands in it', () => {
    const text = `profile: strict
rules:
  loud: off
  quiet: { severity: hint }
  tuned:
    severity: error
    allowed: [a, 5000, yes]
    depth: 010
    deep: yes
    prefix: 12
trustedRegistries: [ghcr.io/acme, "*"]
kubernetesVersion: 1.30
include: ["deploy/"]
exclude:
  - "*.bak.yaml"
  - "!keep.bak.yaml"
`;
    assert.deepEqual(problemsOf(text), []);
    const config = configOf(text);
    assert.equal(config.profile, 'strict');
    assert.deepEqual(
      [...config.rules],
      [
        ['loud', { severity: 'off', options: {} }],
        ['quiet', { severity: 'hint', options: {} }],
        [
          'tuned',
          { severity: 'error', options: { allowed: ['a', '5000', 'yes'], depth: 8, deep: true, prefix: '12' } },
        ],
      ],
    );
    assert.deepEqual(config.trustedRegistries, ['ghcr.io/acme', '*']);
    assert.equal(config.kubernetesMinor, 30);
    assert.deepEqual(config.include, ['deploy/']);
    assert.deepEqual(config.exclude, ['*.bak.yaml', '!keep.bak.yaml']);
  });

  it('may be empty, a comment, or keys without a value, and then says nothing', () => {
    for (const text of ['', '# later\n', '---\n', '{}\n', '~\n', 'profile:\nrules:\nexclude: # none yet\n', '\uFEFF']) {
      assert.deepEqual(problemsOf(text), [], JSON.stringify(text));
      assert.deepEqual(configOf(text), emptyConfig);
    }
  });

  it('is read through anchors, aliases and merge keys', () => {
    const text = 'rules:\n  loud: &level { severity: info }\n  quiet: *level\n  stern: { <<: *level }\n';
    assert.deepEqual(problemsOf(text), []);
    assert.deepEqual(
      [...configOf(text).rules.values()].map(({ severity }) => severity),
      ['info', 'info', 'info'],
    );
  });

  it('reads every spelling of a version, and quotes', () => {
    const minors = ['1.31', '"1.31"', 'v1.31', '1.31.4', "'v1.31.4'", '1.30', '1.3', '1.0'];
    assert.deepEqual(
      minors.map((version) => configOf(`kubernetesVersion: ${version}\n`).kubernetesMinor),
      [31, 31, 31, 31, 31, 30, 3, 0],
    );
  });

  it('has one document: a second one is a problem, and does not count', () => {
    const text = '# mine\n---\nprofile: strict\n---\nprofile: all\n';
    assert.deepEqual(problemsOf(text), ['config 4:0 --- | A second document begins here: only the first one counts.']);
    assert.equal(configOf(text).profile, 'strict');
    assert.equal(configOf('---\n---\nprofile: all\n').profile, 'all');
  });
});

describe('what is not understood in a config file', () => {
  const effect = 'this has no effect.';

  it('is marked where it stands: a root that is no map', () => {
    const message = `The configuration must be a map of keys and values: ${effect}`;
    assert.deepEqual(problemsOf('- strict\n'), [`config 1:0 - strict | ${message}`]);
    assert.deepEqual(problemsOf('strict\n'), [`config 1:0 strict | ${message}`]);
  });

  it('is marked where it stands: keys, ids and options that there are not', () => {
    const text = 'colour: blue\ninherits: ../base.yaml\nrules:\n  no-such: off\n  tuned: { wide: 1 }\n';
    assert.deepEqual(problemsOf(text), [
      "config 1:0 colour | 'colour' is no key: it has no effect.",
      "config 2:0 inherits | 'inherits' is no key: it has no effect.",
      "config 4:2 no-such | 'no-such' is no rule: it has no effect.",
      "config 5:11 wide | 'wide' is no option: it has no effect.",
    ]);
  });

  it('is marked where it stands: values of the wrong type, for every key', () => {
    const level = 'must be off, hint, info, warning or error';
    const text = `profile: [strict]
rules:
  loud: false
  quiet: [error]
  stern: { severity: 2 }
  tuned: { allowed: a, depth: three, deep: 1, prefix: [x] }
trustedRegistries: ghcr.io
kubernetesVersion: newest
include: true
exclude: [a, , { b: c }, [d]]
`.replace('[a, ,', '[a, null,');
    assert.deepEqual(problemsOf(text), [
      `config 1:9 [strict] | 'profile' must be recommended, strict or all: ${effect}`,
      `config 3:8 false | 'loud' ${level}: ${effect}`,
      `config 4:9 [error] | 'quiet' ${level}: ${effect}`,
      `config 5:21 2 | 'severity' ${level}: ${effect}`,
      `config 6:20 a | 'allowed' must be a list of texts: ${effect}`,
      `config 6:30 three | 'depth' must be a number: ${effect}`,
      `config 6:43 1 | 'deep' must be a boolean: ${effect}`,
      `config 6:54 [x] | 'prefix' must be a string: ${effect}`,
      `config 7:19 ghcr.io | 'trustedRegistries' must be a list of texts: ${effect}`,
      `config 8:19 newest | 'kubernetesVersion' must be a Kubernetes version such as '1.31': ${effect}`,
      `config 9:9 true | 'include' must be a list of texts: ${effect}`,
      "config 10:13 null | 'exclude' takes texts only: this item has no effect.",
      "config 10:19 { b: c } | 'exclude' takes texts only: this item has no effect.",
      "config 10:29 [d] | 'exclude' takes texts only: this item has no effect.",
    ]);
    const config = configOf(text);
    assert.equal(config.profile, undefined);
    assert.deepEqual(
      [...config.rules],
      [
        ['stern', { severity: undefined, options: {} }],
        ['tuned', { severity: undefined, options: {} }],
      ],
    );
    assert.deepEqual([config.trustedRegistries, config.include, config.exclude], [undefined, undefined, ['a']]);
    assert.equal(settingsOf(config).kubernetesMinor, newestKubernetesMinor);
  });

  it('is marked where it stands: rules that are a list or a word', () => {
    const message = `'rules' must be a map of keys and values: ${effect}`;
    assert.deepEqual(problemsOf('rules: [loud]\n'), [`config 1:7 [loud] | ${message}`]);
    assert.deepEqual(problemsOf('rules: off\n'), [`config 1:7 off | ${message}`]);
  });

  it('does not keep the rest from counting', () => {
    const config = configOf('profil: all\nprofile: strict\nrules:\n  lowd: off\n  quiet: off\n');
    assert.equal(config.profile, 'strict');
    assert.deepEqual([...config.rules.keys()], ['quiet']);
  });

  it('counts neither time where a key or a rule stands there twice', () => {
    const text = 'profile: all\nrules:\n  loud: off\n  quiet: off\n  loud: error\nprofile: strict\n';
    assert.deepEqual(problemsOf(text), [
      "config 5:2 loud | 'loud' is written more than once: none of them counts.",
      "config 6:0 profile | 'profile' is written more than once: none of them counts.",
    ]);
    const config = configOf(text);
    assert.deepEqual([config.profile, [...config.rules.keys()]], [undefined, ['quiet']]);
  });

  it('is replaced by the word that was meant: keys, ids, options and words, each in its quotes', () => {
    const text = '\uFEFFprofil: Strict\r\nrules:\r\n  "lowd": off # c\r\n  tuned: {alowed: [], severity: \'eror\'}\r\n';
    assert.deepEqual(
      problemsOf(text).map((problem) => problem.split(' | ')[1]),
      [
        "'profil' is no key: did you mean 'profile'?",
        "'lowd' is no rule: did you mean 'loud'?",
        "'alowed' is no option: did you mean 'allowed'?",
        `'severity' must be off, hint, info, warning or error: ${effect}`,
      ],
    );
    const once = mended(text);
    assert.equal(
      once,
      '\uFEFFprofile: Strict\r\nrules:\r\n  "loud": off # c\r\n  tuned: {allowed: [], severity: \'error\'}\r\n',
    );
    assert.equal(mended(once), once.replace('Strict', 'strict'));
  });

  it('is not replaced by what stands there already, nor by one word twice, nor where others use it', () => {
    for (const text of [
      'profile: strict\nprofil: all\n',
      'rules:\n  loud: error\n  lowd: off\n',
      'rules:\n  tuned: { severity: error, severty: hint }\n',
      'rules:\n  stern: &level waning\n  quiet: *level\n',
    ]) {
      assert.notDeepEqual(problemsOf(text), []);
      const again = mended(text);
      assert.ok(again === text || text.includes('&level'), again);
    }
    assert.equal(mended('rules:\n  lowd: off\n  lodu: error\n'), 'rules:\n  loud: off\n  lodu: error\n');
  });

  it('has messages of at most 100 characters, however long the words are', () => {
    const long = 'x'.repeat(200);
    const text = `${long}: 1\nrules:\n  ${long}: off\n  tuned: { ${long}: 1 }\nkubernetesVersion: ${long}\n`;
    for (const problem of problemsOf(text)) assert.ok((problem.split(' | ')[1]?.length ?? 0) <= 100, problem);
    assert.equal(problemsOf(text).length, 4);
  });
});

describe('a config file that cannot be read as YAML', () => {
  it('has a syntax error and no echo of it; what was read before still counts', () => {
    const text = 'profile: strict\nrules:\n  loud: off\n  quiet: "off\nexclude: [a]\n';
    const found = problemsOf(text);
    assert.deepEqual(
      found.map((problem) => problem.split(' ')[0]),
      ['syntax'],
    );
    const config = configOf(text);
    assert.equal(config.profile, 'strict');
    assert.equal(config.rules.get('loud')?.severity, 'off');
    assert.equal(config.rules.get('quiet'), undefined);
    assert.equal(config.exclude, undefined);
  });

  it('still says what is wrong above the place where reading failed', () => {
    const found = problemsOf('profil: strict\nrules:\n\tloud: off\n');
    assert.deepEqual(
      found.map((problem) => problem.split(' ').slice(0, 2).join(' ')),
      ['config 1:0', 'syntax 3:0'],
    );
  });

  it('never throws, wherever its text ends', () => {
    const text =
      'profile: strict\nrules:\n  tuned: { severity: off, allowed: ["a"] }\n  loud: &a off\nexclude:\n  - b\n';
    for (let end = 0; end <= text.length; end++) {
      for (const { at } of readConfigFile(
        { file: '', text: text.slice(0, end), mode: 'open', kubernetesMinor: 0 },
        rules,
      ).source.problems)
        assert.ok(at.span.end <= end);
      configOf(text.slice(0, end));
    }
  });
});

describe('the settings that come of a config file', () => {
  it('are those of the profile, which contain the ones before it', () => {
    assert.deepEqual(active(''), ['loud default', 'quiet default', 'tuned default']);
    assert.deepEqual(active('profile: strict\n'), ['loud default', 'quiet default', 'stern default', 'tuned default']);
    assert.equal(active('profile: all\n').length, rules.length);
  });

  it('set a rule off, and switch one on that the profile leaves out', () => {
    assert.deepEqual(active('rules: { loud: off, fussy: info, tuned: { depth: 1 }, stern: { severity: hint } }\n'), [
      'quiet default',
      'stern hint',
      'fussy info',
      'tuned default',
    ]);
  });

  it('do not switch a rule on that only has options', () => {
    const extra = [rule('late', 'all', options)];
    const settings = settingsOf(parseConfig('rules: { late: { depth: 1 } }\n', extra));
    assert.deepEqual(
      extra.map((each) => activation(each, settings, 'compose')),
      ['off'],
    );
  });

  it('have the built-in registries unless the file names its own, even none', () => {
    assert.ok(settingsOf(configOf('')).trustedRegistries.includes('docker.io/library'));
    assert.deepEqual(settingsOf(configOf('trustedRegistries: []\n')).trustedRegistries, []);
    assert.deepEqual(settingsOf(configOf('trustedRegistries: [ghcr.io/acme]\n')).trustedRegistries, ['ghcr.io/acme']);
  });

  it('yield to the command line, but keep the options of a rule', () => {
    const settings = settingsOf(
      configOf('profile: all\nkubernetesVersion: 1.30\nrules: { tuned: { severity: off, depth: 1 } }\n'),
      { profile: 'recommended', kubernetesMinor: 32, severities: new Map([['tuned', 'error']]) },
    );
    assert.deepEqual([settings.profile, settings.kubernetesMinor], ['recommended', 32]);
    assert.deepEqual(settings.rules.get('tuned'), { severity: 'error', options: { depth: 1 } });
  });
});
