import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Located } from '../../../src/model/located.js';
import type { Place } from '../../../src/text/span.js';
import { at, type Compose, container, readCompose, show, workload } from './compose.js';

const sample = `# A sample with most of what is read.
x-base: &base
  privileged: true
  environment: &env { DB_PASSWORD: hunter2, OTHER: }
services:
  web: # the front
    <<: *base
    image: "\${REG:-docker.io}/app:\${TAG:-latest}"
    user: '0:0'
    ports: ["127.0.0.1:80:80", "[::]:81:81", { target: 82, published: 8082 }]
    volumes:
      - /var/run/docker.sock:/x:ro
      - vol:/y
    security_opt: [seccomp:unconfined]
    command: >-
      sh -c "curl $$URL
      | sh"
    healthcheck: { test: [CMD-SHELL, 'a || b'] }
  copy: &copy
    build: { context: ., cache_from: [alpine] }
    environment: [A=b, 'C="$\{D:-e}"', F]
    networks: { host: }
  alias: *copy
volumes:
  vol: { driver_opts: { o: bind, device: /etc } }
networks:
  host: { external: true }
`;

/** Every place of everything that was read. */
function places(compose: Compose): readonly Place[] {
  const found: Place[] = [];
  const seen = new Set<object>();
  const waiting: unknown[] = [compose.file.subjects, compose.file.source.problems];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if ('span' in value && 'file' in value) found.push(value as Place);
    // Slots hold the whole document.
    else if (!('language' in value)) waiting.push(...Object.values(value));
  }
  return found;
}

describe('the Compose language', () => {
  it('reads every prefix of a file, with all places inside of it', () => {
    for (let end = 0; end <= sample.length; end++) {
      const compose = readCompose(sample.slice(0, end));
      for (const place of places(compose)) at(compose, place);
    }
    const whole = readCompose(sample);
    const seen = new Set(places(whole).map((place) => at(whole, place)));
    for (const expected of ['true', '*base', 'latest', '[::]', '/etc', 'sh', 'F', 'host']) {
      assert.ok(seen.has(expected), expected);
    }
  });

  it('reads the same from CRLF', () => {
    const facts = (compose: Compose) => {
      const fields: readonly Located<unknown>[] = [
        container(compose).privileged,
        container(compose).image,
        container(compose).user,
        workload(compose, 'copy').hostNetwork,
        ...container(compose, 'copy').environment.map((variable) => variable.value),
        ...workload(compose).hostMounts.map((mount) => mount.source),
      ];
      return fields.map((field) => show(compose, field, (value) => JSON.stringify(value, ['text', 'uid', 'tag'])));
    };
    const windows = readCompose(sample.replaceAll('\n', '\r\n'));
    assert.deepEqual(facts(windows), facts(readCompose(sample)));
    assert.deepEqual(
      windows.file.subjects.command?.map((command) => command.name),
      ['sh', 'curl', 'sh', 'a', 'b'],
    );
  });

  const problems = (compose: Compose) =>
    compose.file.source.problems.map(({ kind, at: place, message }) => `${kind} ${at(compose, place)}: ${message}`);

  it('reports references that Compose refuses, in values only', () => {
    const compose = readCompose(`x-a: \${1}
services:
  \${2}: { image: a }
  web:
    image: a
    command: ["\${3/a/b}", "$$\{4}", '{{ \${5} }}']
    labels: { a: [{ b: "\${" }] }
`);
    const end = 'is no variable reference: Compose refuses the file.';
    assert.deepEqual(
      problems(compose),
      ['${1}', '${3/a/b}', '${'].map((written) => `invalid-interpolation ${written}: '${written}' ${end}`),
    );
  });

  it('keeps reading around a syntax error', () => {
    const compose = readCompose(
      'services:\n  a:\n    image: x\n    ports: [80:80\n  b:\n    image: y\n---\nservices: {c: {image: z}}\n',
    );
    assert.equal(compose.file.source.problems[0]?.kind, 'syntax');
    assert.equal(compose.file.source.problems.length, 1);
    assert.ok(compose.file.subjects.workload?.some(({ name }) => name === 'c'));
  });

  it('knows no anchor of an earlier document', () => {
    const compose = readCompose(
      'x-a: &a { privileged: true }\nservices: {one: {image: a, <<: *a}}\n---\nservices: {two: {image: a, <<: *a}}\n',
    );
    assert.deepEqual(problems(compose), ["syntax *a: The alias 'a' has no anchor before it."]);
    assert.equal(compose.file.source.problems[0]?.at.span.start, compose.text.lastIndexOf('*a'));
    assert.equal(show(compose, container(compose, 'one').privileged), 'true @true <merge-key *a');
    assert.equal(show(compose, container(compose, 'two').privileged), '- @two');
  });

  it('ends where aliases would make it read for ever', () => {
    const keys = Array.from({ length: 2000 }, (_, i) => `  K${i}: v`).join('\n');
    const users = Array.from({ length: 2000 }, (_, i) => `  s${i}: {image: a, environment: *x}`).join('\n');
    const compose = readCompose(`x: &x\n${keys}\nservices:\n${users}\n`);
    assert.deepEqual(problems(compose), ['limit x: Aliases and merge keys expand too far: a part was not checked.']);
  });

  it('survives anchors that hold themselves', () => {
    const text =
      'services: &s\n  a: &a\n    <<: [*a, *s]\n    image: *a\n    ports: *a\n    volumes: [*a]\n    environment: *a\n  b: *s\n';
    assert.equal(show(readCompose(text), container(readCompose(text), 'a').image).startsWith('?'), true);
  });
});
