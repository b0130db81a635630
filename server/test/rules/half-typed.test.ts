// What an editor shows while somebody types: the line that is typed may be wrong, all others are what they were.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ReadFile } from '../../src/engine/language.js';
import { dockerfileFixtures } from '../support/dockerfile-fixtures.js';
import { lint } from '../support/lint.js';

const above = `# syntax=docker/dockerfile:1
FROM golang:1.24 AS build
WORKDIR /src
COPY go.mod ./
CMD ["go", "test"]
`;
const below = `
FROM alpine:3.21
COPY --from=build /src/app /bin/app
USER 10001:10001
CMD ["app"]
`;

const typed: readonly string[] = [
  'RUN apk add --no-cache git=2.47.2-r0 && go build -o app .',
  'RUN --mount=type=cache,target=/root/.cache,sharing=locked go build',
  'RUN <<EOF\nset -e\ngo test ./...\nEOF',
  'COPY <<-"EOT" /etc/app.conf\n\tport=80\n\tEOT',
  'FROM --platform=$BUILDPLATFORM debian:12.9-slim AS tools',
  'FROM build AS test',
  'ENTRYPOINT ["/bin/sh", "-c", "exec app \\"$@\\""]',
  'SHELL ["/bin/ash", "-eo", "pipefail", "-c"]',
  'COPY --from=build --chown=1:1 --chmod=0755 ["a b", "/srv/"]',
  'ENV PATH="/opt/bin:${PATH}" LANG=C.UTF-8',
  'LABEL org.opencontainers.image.source="https://github.com/a/b" \\\n      org.opencontainers.image.licenses="MIT"',
  'HEALTHCHECK --interval=30s CMD curl -f http://localhost/ || exit 1',
  'RUN apt-get update \\\n && apt-get install -y curl=7.88.1-10 \\\n && rm -rf /var/lib/apt/lists/*',
  'ONBUILD COPY --chown=1:1 . .',
  'RUN if [ -f a ]; then echo "$(cat a)"; else echo c; fi',
  'ARG A="${B:-c}"',
];

/** What is said while nobody types, or is about the end of the line that is typed. */
const expected: ReadonlySet<string> = new Set(['empty-continuation-line']);

describe('a Dockerfile in which somebody types', () => {
  for (const line of typed) {
    it(`says nothing new about other lines meanwhile: ${line.split('\n', 1)[0]}`, () => {
      const shown = (middle: string): readonly string[] =>
        lint('dockerfile', above + middle + below)
          .findings.filter(({ rule, at }) => {
            const { start } = at.span;
            const last = above.length + middle.trimEnd().length;
            return !expected.has(rule) && (start < above.length || start > last);
          })
          .map(({ rule, message }) => `${rule}: ${message}`);
      const before = new Set([...shown(''), ...shown(line)]);
      for (let end = 1; end < line.length; end++) {
        for (const middle of [line.slice(0, end), `${line.slice(0, end)}\n`]) {
          // Of a pair that takes the next line in, that line says what is wrong.
          const found = shown(middle).filter((one) => !before.has(one) && !one.includes('is read as a part of'));
          assert.deepEqual(found, [], JSON.stringify(middle));
        }
      }
    });
  }
});

describe('a Dockerfile that is half there', () => {
  const check = (text: string): void => {
    const { findings, failures } = lint('dockerfile', text);
    assert.deepEqual(failures, []);
    for (const { at, rule, message } of findings) {
      const { start, end } = at.span;
      assert.ok(start >= 0 && start <= end && end <= text.length, `${rule} at ${start}..${end}`);
      assert.ok(message.length <= 100, message);
    }
  };

  for (const { path, text } of dockerfileFixtures()) {
    it(`is judged by every rule after each letter, as an editor does: ${path}`, () => {
      let previous: ReadFile | undefined;
      for (let end = 0; end <= text.length; end++) {
        const { file, findings, failures } = lint('dockerfile', text.slice(0, end), { previous });
        assert.deepEqual(failures, []);
        assert.ok(findings.every(({ at }) => at.span.start <= at.span.end && at.span.end <= end));
        previous = file;
      }
    });

    it(`is judged by every rule wherever it ends, and whatever line or sign is missing: ${path}`, () => {
      const lines = text.split('\n');
      // Another remainder for each file, so that all of them together cut at every kind of place.
      const step = Math.max(1, Math.floor(text.length / 60));
      for (let at = path.length % step; at < text.length; at += step) {
        check(text.slice(0, at));
        check(text.slice(0, at).replaceAll('\n', '\r\n'));
        check(text.slice(0, at) + text.slice(at + 1));
      }
      const stride = Math.max(1, Math.floor(lines.length / 30));
      for (let i = path.length % stride; i < lines.length; i += stride) {
        check(lines.toSpliced(i, 1).join('\n'));
        check(lines.with(i, (lines[i] ?? '').slice(0, (lines[i] ?? '').length / 2)).join('\r\n'));
      }
    }).timeout(60_000);
  }
});
