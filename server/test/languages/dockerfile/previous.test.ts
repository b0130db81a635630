// Rules are not asked again about what did not change: nothing may be lost by that.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { emptyConfig, settingsOf } from '../../../src/engine/config.js';
import type { ReadFile } from '../../../src/engine/language.js';
import { runRules } from '../../../src/engine/run-rules.js';
import { dockerfileLanguage } from '../../../src/languages/dockerfile/language.js';
import { allRules } from '../../../src/rules/all.js';
import { appliesTo } from '../../../src/standards/standards.js';

const settings = settingsOf({ ...emptyConfig, profile: 'all' });

/** Enough that many rules have something to say, and that much hangs on other lines. */
const start = `# syntax=docker/dockerfile:1
ARG VERSION=latest
FROM node:$VERSION AS deps
ARG TOKEN=x
ENV PIP_NO_CACHE_DIR=1 PASSWORD=hunter2hunter2
WORKDIR /app
COPY . .
RUN apt-get update && apt-get install curl
RUN curl -fsSL https://example.com/x.sh | sh
USER root
FROM deps AS build
SHELL ["/bin/bash", "-c"]
RUN pip install flask \\
  # a comment
  && sudo make install
COPY --from=deps /app /app
FROM alpine
RUN apk add bash
RUN --mount=type=cache,target=/var/cache/apk apk add git
COPY --from=build /app /app
RUN pip install django
ENV PIP_NO_CACHE_DIR=1
RUN pip install django
ONBUILD USER app
FROM build AS again
RUN sudo make
RUN --mount=type=cache,target=$MODE pip install x
EXPOSE 22
ENV PASSWORD=hunter2hunter2
CMD npm start
`;

const pieces = [
  '\n',
  ' ',
  '\\',
  '#',
  '"',
  '$VERSION',
  'USER app\n',
  'FROM alpine AS x\n',
  'ENV A=1\n',
  'ENV PIP_NO_CACHE_DIR=\n',
  'ENV PIP_CONSTRAINT=x\n',
  'ARG PIP_NO_CACHE_DIR=1\n',
  'ONBUILD ENV PIP_NO_CACHE_DIR=1\n',
  'RUN pip install django\n',
  'ENV DEBIAN_FRONTEND=noninteractive\n',
  'WORKDIR x\n',
  'RUN sudo x\n',
  '--from=x ',
  'SHELL ["cmd"]\n',
  'x',
  '1',
  ':',
  '<<E',
];

/** More of them for whoever changes what is remembered: `SEEDS=200`. */
const seeds = Array.from({ length: Number(process.env.SEEDS ?? 4) }, (_, index) => index + 1);

/** Numbers that look like chance and are the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

function judge(text: string, previous?: ReadFile): { readonly file: ReadFile; readonly findings: string } {
  const file = dockerfileLanguage.read({ file: 'Dockerfile', text, mode: 'open', kubernetesMinor: 33, previous });
  const { findings, failures } = runRules({ file, rules: allRules, settings, appliesTo });
  assert.deepEqual(failures, []);
  const shown = findings.map(({ rule, at, message, severity }) => [
    rule,
    at.span.start,
    at.span.end,
    severity,
    message,
  ]);
  return { file, findings: JSON.stringify(shown) };
}

describe('a Dockerfile that is typed in', () => {
  for (const seed of seeds) {
    it(`has the findings that it would have if it were read anew (${seed})`, () => {
      const next = numbers(seed);
      let text = start;
      let last = judge(text);
      assert.ok(last.findings.length > 200);
      for (let i = 0; i < 120; i++) {
        const at = next(text.length + 1);
        const isTyped = next(3) > 0;
        const piece = pieces[next(pieces.length)] ?? '';
        text = isTyped ? text.slice(0, at) + piece + text.slice(at) : text.slice(0, at) + text.slice(at + 1 + next(3));
        // Where hardly anything is left to judge, the text begins anew.
        if (i % 12 === 11) text = start;
        last = judge(text, last.file);
        assert.equal(last.findings, judge(text).findings, text);
      }
    });
  }

  /** One text after the other; in the findings of unpinned-pip-package, the lines. */
  const pipLines = (...texts: readonly string[]): readonly string[] => {
    let last: ReadFile | undefined;
    return texts.map((text) => {
      const { file, findings } = judge(text, last);
      last = file;
      assert.equal(findings, judge(text).findings, text);
      const found: readonly (readonly [string, number])[] = JSON.parse(findings);
      return found
        .filter(([rule]) => rule === 'unpinned-pip-package')
        .map(([, start]) => text.slice(0, start).split('\n').length)
        .join();
    });
  };

  it('is judged anew where a variable changes that a rule has asked for, and only there', () => {
    const text = (variable: string) => `FROM python:3.12\n${variable}\nRUN pip install flask\nENV OTHER=1\nUSER 5\n`;
    assert.deepEqual(
      pipLines(
        text('ENV PIP_CONSTRAINT=1'),
        text('ENV A='),
        text('ARG PIP_CONSTRAINT=1'),
        text('ENV OTHER=2'),
        text('ENV PIP_CONSTRAINT=1'),
        text('# nothing'),
      ),
      ['', '3', '', '3', '', '3'],
    );
  });

  it('tells the same text apart where it stands twice, with other variables in front', () => {
    const run = 'RUN pip install flask\n';
    const text = (first: string, second: string) => `FROM python:3.12\n${first}${run}${second}${run}`;
    const set = 'ENV PIP_CONSTRAINT=1\n';
    assert.deepEqual(pipLines(text('', set), text('', ''), text(set, ''), text('', set), text('ENV A=1\n', set)), [
      '2',
      '2,3',
      '',
      '2',
      '3',
    ]);
  });

  it('is judged anew where a trigger of the stage below changes', () => {
    const text = (trigger: string) => `FROM python:3.12 AS base\n${trigger}\nFROM base\nRUN pip install flask\n`;
    assert.deepEqual(pipLines(text('ONBUILD ENV PIP_CONSTRAINT=1'), text('ONBUILD ENV A=1'), text('RUN true')), [
      '',
      '4',
      '4',
    ]);
  });

  it('is judged anew where ShellCheck says something else, for a variable in front that the script speaks of', () => {
    const ignoring = settingsOf({
      ...emptyConfig,
      rules: new Map([['shellcheck-finding', { severity: 'info', options: { exclude: ['SC1'] } }]]),
    });
    const shellFindings = (script: string) =>
      (script.includes('export') ? ['SC1'] : ['SC1', 'SC2']).map((code) => {
        const start = script.indexOf('echo');
        return { code, level: 'info', message: 'x', start, end: start + 4, replacements: [] } as const;
      });
    // Others ask for all variables, and each part has its own situation then.
    const rules = allRules.filter(({ meta }) => meta.id === 'shellcheck-finding');
    let previous: ReadFile | undefined;
    const told = ['ARG name\n', '', 'ARG name\n'].map((front) => {
      const text = `FROM debian\n${front}RUN echo $name\n`;
      const request = { file: 'Dockerfile', text, mode: 'open', kubernetesMinor: 33, shellFindings } as const;
      previous = dockerfileLanguage.read({ ...request, previous });
      return runRules({ file: previous, rules, settings: ignoring, appliesTo }).findings.flatMap(
        ({ check }) => check ?? [],
      );
    });
    assert.deepEqual(told, [[], ['SC2'], []]);
  });

  it('is judged anew where the stage changes that it copies from', () => {
    const text = (image: string) => `FROM ${image} AS files\nCOPY a b\nFROM alpine:3.20\nCOPY --from=files / /\n`;
    let last: ReadFile | undefined;
    const found = ['scratch', 'debian:12', 'scratch'].map((image) => {
      const { file, findings } = judge(text(image), last);
      last = file;
      return findings.includes('copy-root-filesystem');
    });
    assert.deepEqual(found, [false, true, false]);
  });

  it('is judged anew where the user, the folder or the shell in front changes that a rule has asked for', () => {
    const texts = [
      '',
      'USER root\n',
      'USER app\n',
      'WORKDIR /app\n',
      'WORKDIR a\n',
      'SHELL ["/bin/bash", "-eo", "pipefail", "-c"]\n',
    ];
    const rest = 'COPY a b\nWORKDIR x\nRUN sudo make | tee x\nCMD npm start\n';
    let last: ReadFile | undefined;
    for (const one of texts) {
      for (const other of texts) {
        const text = `FROM alpine:3.20\n${one}ENV A=1\n${other}${rest}`;
        const { file, findings } = judge(text, last);
        last = file;
        assert.equal(findings, judge(text).findings, text);
      }
    }
  });

  it('tells stages apart that are written alike: only the last one is in the image', () => {
    const stage = 'FROM alpine:3.20\nCOPY --from=1 a b\nEXPOSE 22\nCMD ["x"]\n';
    const { findings } = judge(stage + stage);
    const found: readonly (readonly [string, number])[] = JSON.parse(findings);
    const behind = (rule: string) =>
      found.filter(([id]) => id === rule).map(([, start]) => (start < stage.length ? 'first' : 'second'));
    for (const rule of ['copy-from-own-stage', 'ssh-port-exposed', 'missing-healthcheck', 'missing-non-root-user']) {
      assert.deepEqual(behind(rule), ['second'], rule);
    }
  });
});
