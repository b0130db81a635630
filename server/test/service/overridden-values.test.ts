import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { overriddenValues } from '../../src/service/overridden-values.js';
import { readProject } from '../languages/compose/project.js';

/** `WRITTEN → VALUE @FILE:REPLACEMENT`, with the service where it is told, of the file that comes first. */
function overridden(files: { readonly [name: string]: string }): readonly string[] {
  const { file, texts } = readProject(files);
  const linted = { file, findings: [], failures: [], elsewhere: texts };
  return overriddenValues(linted).map(({ at, by, value, service }) => {
    const written = file.text.slice(at.start, at.end);
    const instead = (texts.get(by.file) ?? '').slice(by.span.start, by.span.end);
    const whose = service === undefined ? '' : ` in ${service}`;
    return `${written} → ${value ?? 'nothing'}${whose} @${by.file.slice('/p/'.length)}:${instead}`;
  });
}

describe('Overridden values', () => {
  it('are those that a later file replaces, whatever form they are written in', () => {
    const found = overridden({
      'compose.yaml': `services:
  web:
    image: a:1
    privileged: true
    read_only: true
    command: [a, b]
    environment: [A=1, B=2]
    ports: ["80:80"]
    volumes: ["./src:/app:ro", "data:/data"]
    labels: { a: x }
`,
      'compose.override.yaml': `services:
  web:
    image: "b:\${TAG:-2}"
    privileged: no
    command: c d
    environment: { B: 3, C: 4 }
    ports: ["81:81"]
    volumes: ["./src:/app"]
    labels: [a=y]
`,
    });
    assert.deepEqual(found, [
      'a:1 → b:2 @compose.override.yaml:"b:${TAG:-2}"',
      'true → false @compose.override.yaml:no',
      '[a, b] → c d @compose.override.yaml:c d',
      'B=2 → 3 @compose.override.yaml:3',
      '"./src:/app:ro" → "./src:/app" @compose.override.yaml:"./src:/app"',
      'x → y @compose.override.yaml:a=y',
    ]);
  });

  it('have one answer where several files say otherwise: the last', () => {
    const found = overridden({
      'a.yaml': 'services: { web: { image: a:1, user: one } }\n',
      'b.yaml': 'services: { web: { user: two } }\n',
      'c.yaml': 'services: { web: { user: three } }\n',
    });
    assert.deepEqual(found, ['one → three @c.yaml:three']);
  });

  it('are also what `!reset` takes away, and lists that `!override` replaces', () => {
    const found = overridden({
      'compose.yaml': 'services:\n  web:\n    image: a:1\n    ports: ["80:80"]\n    dns: [a]\n    user: x\n',
      'compose.override.yaml':
        'services:\n  web:\n    ports: !reset null\n    user: !reset ""\n    dns: !override\n      - b\n      - c\n',
    });
    assert.deepEqual(found, [
      '["80:80"] → nothing @compose.override.yaml:null',
      '[a] → … @compose.override.yaml:- b\n      - c',
      'x → nothing @compose.override.yaml:""',
    ]);
  });

  it('name the service where the value still counts for others, or each has another one', () => {
    const shared = overridden({
      'compose.yaml': `services:
  web: { image: a:1, user: one, extends: { file: base.yml, service: base } }
  base: { image: a:1, user: two }
  job: { user: three, extends: base }
`,
    });
    assert.deepEqual(shared, ['two → three in job @compose.yaml:three']);
    const anchors = overridden({
      'compose.yaml': `x-user: &user one
services:
  a: { image: a:1, user: *user }
  b: { image: a:1, user: *user }
  c: { image: a:1, user: *user }
`,
      'compose.override.yaml': 'services:\n  a: { user: two }\n  b: { user: three }\n',
    });
    assert.deepEqual(anchors, [
      'one → two in a @compose.override.yaml:two',
      'one → three in b @compose.override.yaml:three',
    ]);
  });

  it('are none in a project where each value stands once', () => {
    assert.deepEqual(
      overridden({
        'compose.yaml': 'services: { web: { image: a:1, ports: ["80:80"] } }\n',
        'compose.override.yaml': 'services: { web: { user: x, ports: ["81:81"] } }\n',
      }),
      [],
    );
  });

  it('are shown cut where they are long', () => {
    const [found] = overridden({
      'compose.yaml': 'services: { web: { image: a:1, user: x } }\n',
      'compose.override.yaml': `services: { web: { user: ${'y'.repeat(100)} } }\n`,
    });
    assert.match(found ?? '', /^x → y{39}… @/);
  });
});
