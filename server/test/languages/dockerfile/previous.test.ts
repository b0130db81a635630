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
  'RUN sudo x\n',
  '--from=x ',
  'SHELL ["cmd"]\n',
  'x',
  '1',
  ':',
  '<<E',
];

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
  for (const seed of [1, 2, 3, 4]) {
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
});
