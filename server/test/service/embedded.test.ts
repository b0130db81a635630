// Dockerfiles inside Compose files are linted where they stand.
import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { type Config, emptyConfig, settingsOf } from '../../src/engine/config.js';
import type { Finding } from '../../src/engine/finding.js';
import { allRules } from '../../src/rules/all.js';
import { applySafeFixes, editsOf } from '../../src/service/fix.js';
import { ignoreEdit } from '../../src/service/ignore.js';
import { type Linted, lintText, loadReader } from '../../src/service/lint-text.js';
import type { Reader } from '../../src/service/read-text.js';
import { appliesTo } from '../../src/standards/standards.js';
import { applyEdits } from '../../src/text/edit.js';

const bare = { cap_drop: '[ALL]' };

/** A service with a Dockerfile in it; `scalar` stands behind the key. */
function inline(scalar: string, rest = ''): string {
  const keys = Object.entries(bare).map(([key, value]) => `    ${key}: ${value}\n`);
  return `services:\n  web:\n${keys.join('')}    build:\n      dockerfile_inline: ${scalar}\n${rest}`;
}

function block(...lines: readonly string[]): string {
  return inline(`|\n${lines.map((line) => (line === '' ? '' : `        ${line}`)).join('\n')}`);
}

describe('A Dockerfile inside a Compose file', () => {
  let read: Reader;
  let readDockerfile: Reader;
  before(async () => {
    read = await loadReader('compose', allRules);
    readDockerfile = await loadReader('dockerfile', allRules);
  });

  function lint(text: string, config: Partial<Config> = {}): Linted {
    const settings = settingsOf({ ...emptyConfig, profile: 'all', ...config });
    const request = { kind: 'compose', read, readDockerfile, rules: allRules, settings, file: '/a/b', text } as const;
    const linted = lintText({ ...request, mode: 'open' });
    assert.deepEqual(linted.failures, []);
    return linted;
  }
  /** `rule: what is marked`, of some rules. */
  function marked(text: string, ...rules: readonly string[]): readonly string[] {
    return shown(lint(text), text)
      .filter(({ rule }) => rules.includes(rule))
      .map(({ rule, at }) => `${rule}: ${text.slice(at.span.start, at.span.end)}`);
  }
  const shown = ({ findings }: Linted, text: string): readonly Finding[] => {
    for (const { at, related } of findings) {
      for (const { file, span } of [at, ...related.map((each) => each.at)]) {
        assert.equal(file, '/a/b');
        assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length);
      }
    }
    return findings.filter(({ suppressed }) => suppressed === undefined);
  };
  const some = ['image-latest-tag', 'run-as-root', 'secret-in-env', 'syntax-error'];

  it('is marked at the very characters, whatever the style of its scalar', () => {
    const wanted = ['image-latest-tag: latest', 'run-as-root: root'];
    const texts = [
      inline('|\n        FROM alpine:latest\n        RUN a\n\n        USER root\n'),
      inline('|-\n          FROM alpine:latest\n          RUN a \\\n             b\n\n\n          USER root'),
      inline('|+\n       FROM alpine:latest\n       USER root\n\n'),
      inline('|2 # why\n        FROM alpine:latest\n        USER root\n'),
      inline('>\n        FROM alpine:latest\n\n        USER root\n'),
      inline('"FROM alpine:latest\\nRUN \\"a\\"\\nUSER root\\n"'),
      inline("'FROM alpine:latest\n\n        RUN ''a''\n\n        USER root'"),
      inline('FROM alpine:latest\n\n        USER root'),
      inline('!!str |\n        FROM alpine:latest\n        USER root\n'),
    ];
    for (const text of texts) {
      assert.deepEqual(marked(text, ...some), wanted, text);
      assert.deepEqual(marked(text.replaceAll('\n', '\r\n'), ...some), wanted, text);
    }
  });

  it('is marked with its related places, and as a Dockerfile is: severity, standards and messages', () => {
    const text = block('FROM alpine:3.20 AS a', 'FROM alpine:3.20 AS a', 'ENV TOKEN=abcdefghij1234567', 'USER root');
    const dockerfile = 'FROM alpine:3.20 AS a\nFROM alpine:3.20 AS a\nENV TOKEN=abcdefghij1234567\nUSER root\n';
    const settings = settingsOf({ ...emptyConfig, profile: 'all' });
    const request = { kind: 'dockerfile', read: readDockerfile, rules: allRules, settings, file: '/a/b' } as const;
    const alone = lintText({ ...request, text: dockerfile, mode: 'open' }).findings;
    const inside = lint(text).findings.filter(({ at }) => at.span.start > text.indexOf('FROM'));
    assert.ok(alone.length > 1);
    const facts = (findings: readonly Finding[], whole: string) =>
      findings.map(({ rule, severity, message, standards, at, related, secret }) => ({
        rule,
        severity,
        message,
        standards,
        secret,
        marks: [at, ...related.map((each) => each.at)].map(({ span }) => whole.slice(span.start, span.end)),
      }));
    assert.deepEqual(facts(inside, text), facts(alone, dockerfile));
    for (const { standards } of inside) assert.ok(standards.every((standard) => appliesTo(standard, 'dockerfile')));
  });

  it('is read as the builder gets it: Compose resolves variables first, and `$$` is a dollar sign', () => {
    const text = block(
      'FROM alpine:${TAG:-latest}',
      'ARG APP=root',
      'RUN echo $$HOME && sudo id',
      'USER $${APP}',
      'LABEL a=${OTHER}',
    );
    assert.deepEqual(marked(text, ...some), ['image-latest-tag: latest', 'run-as-root: $${APP}']);
    const unknown = block('FROM alpine:${TAG}', 'ARG APP=root', 'USER ${APP}', 'ENV TOKEN=${TOKEN}');
    assert.deepEqual(marked(unknown, ...some), []);
  });

  it('is not looked at where a variable may bring instructions, or a template makes it', () => {
    for (const text of [
      inline('${DOCKERFILE}'),
      block('FROM alpine:latest', '${MORE}', 'USER root'),
      block('FROM alpine:latest', '  ${MORE:?}', 'USER root'),
      block('FROM alpine:latest', '{{ more }}', 'USER root'),
      block('FROM alpine:latest', 'RUN echo ${', 'USER root'),
      inline('""'),
      inline('null'),
      inline('[FROM alpine:latest]'),
      inline('!reset |\n        FROM alpine:latest'),
      inline('|\n        FROM alpine:latest', '      dockerfile: a\n'),
    ]) {
      assert.deepEqual(marked(text, ...some.slice(0, 3)), [], text);
    }
  });

  it('is marked as a whole where the places of its parts are not known', () => {
    const text = inline('"FROM alpine:\\x6catest\\nUSER \\x72oot\\n"');
    const scalar = text.slice(text.indexOf('"'), text.lastIndexOf('"') + 1);
    assert.deepEqual(marked(text, ...some), [`image-latest-tag: ${scalar}`, `run-as-root: ${scalar}`]);
    const fixes = lint(text).findings.flatMap(({ fixes: all }) => all);
    for (const fix of fixes) for (const { kind } of fix.changes) assert.ok(kind !== 'replaceText');
  });

  it('is marked once, however many services and aliases share it', () => {
    const text =
      'x-build: &b\n  dockerfile_inline: |\n    FROM alpine:latest\n    USER root\n' +
      'services:\n  a: { build: *b }\n  b: { build: *b }\n  c: { build: { <<: *b, target: x } }\n  d: { extends: a }\n';
    assert.deepEqual(marked(text, ...some), ['image-latest-tag: latest', 'run-as-root: root']);
    assert.deepEqual(marked(text.replace(/services:\n.*/s, 'services: {}\n'), ...some), []);
  });

  it('hears the comments in it, ours and those of other tools, and the comments around it', () => {
    const said = ['image-latest-tag', 'run-as-root', 'unused-suppression', 'unknown-suppression-rule'];
    const from = ['FROM alpine:latest', 'USER root'] as const;
    const cases: readonly (readonly [string, readonly string[]])[] = [
      [block('# hadolint ignore=DL3007', ...from), ['run-as-root: root']],
      [block('# plimsoll: ignore[image-latest-tag] why', ...from), ['run-as-root: root']],
      [block('# plimsoll: ignore-file[image-latest-tag, run-as-root]', ...from), []],
      [block('FROM alpine:latest', '# plimsoll: ignore[run-as-root]', 'USER root'), ['image-latest-tag: latest']],
      [
        block('FROM alpine:3', '# plimsoll: ignore[image-latest-tag]', 'USER app'),
        ['unused-suppression: image-latest-tag'],
      ],
      [block('# plimsoll: ignore[image-latst-tag]', 'FROM alpine:3'), ['unknown-suppression-rule: image-latst-tag']],
      [`# plimsoll: ignore-file[image-latest-tag, run-as-root] why\n${block(...from)}`, []],
      [
        block(...from).replace('      dockerfile_inline', '      # plimsoll: ignore[image-latest-tag]\n$&'),
        ['run-as-root: root'],
      ],
    ];
    for (const [text, wanted] of cases) assert.deepEqual(marked(text, ...said), wanted, text);
  });

  it('hears the ignores of a config file, by the service that it is in', () => {
    const text = block('FROM alpine:latest', 'USER root');
    const ignore = { files: undefined, reason: 'r', until: undefined, at: { file: 'c', span: { start: 0, end: 1 } } };
    const rulesShown = (resource: string | undefined) => {
      const settings = {
        ...settingsOf({ ...emptyConfig, profile: 'all' }),
        ignores: [{ ...ignore, rules: some, resource }],
      };
      const request = { kind: 'compose', read, readDockerfile, rules: allRules, settings, file: '/a/b', text } as const;
      return shown(lintText({ ...request, mode: 'open' }), text).map(({ rule }) => rule);
    };
    for (const resource of [undefined, 'web', 'service/web']) assert.ok(!rulesShown(resource).includes('run-as-root'));
    assert.ok(rulesShown('db').includes('run-as-root'));
  });

  it('tells what the builder would refuse, and what limits kept from being read', () => {
    assert.deepEqual(marked(block('FROM alpine:3', 'RUNN a'), ...some), ['syntax-error: RUNN']);
    assert.deepEqual(marked(block('FROM alpine:3', 'COPY --form=a b c'), ...some), ['syntax-error: --form']);
    assert.deepEqual(marked(inline('"FROM a:1\\0\\n"'), 'skipped-file'), ['skipped-file: F']);
    assert.deepEqual(marked(inline('"  "'), 'skipped-file').length, 1);
  });

  it('has its fixes made in the block, behind its indentation and with the dollar signs that Compose wants', () => {
    const text = block(
      'FROM alpine:3.20',
      'RUNN a',
      'ENV PASSWORD=hunter2hunter3',
      '# plimsoll: ignore[run-as-root]',
      'USER app',
    );
    const linted = lint(text);
    const after = (rule: string) => {
      const [fix] = linted.findings.find((finding) => finding.rule === rule)?.fixes ?? [];
      assert.ok(fix, rule);
      const edits = editsOf(linted.file, fix);
      return edits && applyEdits(text, edits);
    };
    assert.equal(after('syntax-error'), text.replace('RUNN', 'RUN'));
    assert.equal(after('secret-in-env'), text.replace('        ENV PASSWORD=hunter2hunter3\n', ''));
    const whole = text.replace('RUNN', 'RUN');
    const fixed = applySafeFixes(lint(whole), lint);
    assert.equal(fixed.linted.file.text, whole.replace('        # plimsoll: ignore[run-as-root]\n', ''));
  });

  it('is ignored by a comment in the block, or above it where it has no lines', () => {
    const ignored = (text: string) => {
      const linted = lint(text);
      const finding = linted.findings.find(({ rule }) => rule === 'run-as-root');
      const edit = finding && ignoreEdit(linted, finding, 'why', lint);
      return edit && applyEdits(text, [edit]);
    };
    const comment = '# plimsoll: ignore[run-as-root] why';
    const text = block('FROM alpine:3.20', 'USER root');
    assert.equal(ignored(text), text.replace('        USER', `        ${comment}\n$&`));
    const quoted = inline('"FROM alpine:3.20\\nUSER root\\n"');
    assert.equal(ignored(quoted), quoted.replace('\\n"\n', `\\n" ${comment}\n`));
  });

  it('of 10,000 lines is linted in near-linear time', () => {
    const timed = (lines: number) => {
      const text = block(
        'FROM alpine:3.20',
        ...Array.from({ length: lines }, (_, i) => `ENV A${i}=$$b${i} C=\${D:-e}`),
      );
      let best = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 2; i++) {
        const started = performance.now();
        lint(text);
        best = Math.min(best, performance.now() - started);
      }
      return best;
    };
    timed(100);
    const few = timed(2000);
    const many = timed(10_000);
    assert.ok(many < few * 12 + 50, `${few.toFixed(0)} ms, then ${many.toFixed(0)} ms`);
  });

  it('says nothing twice: what is found in it as a text of the Compose file and as a Dockerfile has one finding', () => {
    const text = block(
      'FROM alpine:3.20',
      'ENV AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzKEY',
      'USER app',
    );
    const secrets = lint(text).findings.filter(({ secret }) => secret === true);
    const places = secrets.map(({ at }) => `${at.span.start}`);
    assert.deepEqual(places, [...new Set(places)], secrets.map(({ rule }) => rule).join());
  });
});
