import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { emptyConfig, settingsOf } from '../../../src/engine/config.js';
import type { ComposeFiles, ReadFile } from '../../../src/engine/language.js';
import { runRules } from '../../../src/engine/run-rules.js';
import { composeLanguage } from '../../../src/languages/compose/language.js';
import { membersOf } from '../../../src/languages/compose/project/parts.js';
import { allRules } from '../../../src/rules/all.js';
import { appliesTo } from '../../../src/standards/standards.js';
import { type Random, seeded } from '../yaml/random-yaml.js';

type Texts = ReadonlyMap<string, string>;

const settings = settingsOf({ ...emptyConfig, profile: 'all' });

/** Services that get in each other's way in all the ways that rules about whole projects know. */
const one: Texts = new Map([
  [
    '/p/compose.yaml',
    `x-base: &base
  restart: always
  user: 1000
x-ports: &ports
  - "80:80"
x-wrong: &wrong no list
services:
  web:
    <<: *base
    cap_add: *wrong
    image: nginx:1.27
    ports: *ports
    container_name: front
    depends_on:
      db: { condition: service_healthy }
    links: [db, "cache:store"]
    volumes: [shared:/data, ./src:/app]
    secrets: [token]
  api:
    <<: [*base]
    image: "registry.example/api:\${TAG:-1.0}"
    ports: ["8080:80", "127.0.0.1:9000-9002:9000-9002"]
    depends_on: [db, worker]
    networks: [back]
    profiles: [dev]
    environment: { DOCKER_HOST: "tcp://engine:2375", MODE: $MODE }
  worker: &worker
    build: { context: ., tags: ["registry.example/worker:1"] }
    image: registry.example/worker:1
    depends_on: [api]
    network_mode: "service:api"
    volumes: ["shared:/data", "/var/run/docker.sock:/var/run/docker.sock"]
  twin:
    <<: *worker
    container_name: front
  engine:
    image: docker:27-dind
    privileged: true
    environment: [DOCKER_TLS_CERTDIR=]
    ports: ["2375:2375"]
  db:
    image: postgres:17
    ports: ["5432:5432"]
    environment: { POSTGRES_PASSWORD: hunter2 }
    healthcheck: { test: ["CMD", "true"], interval: 30 }
    command: sh -c 'curl https://example.com/x | sh'
  cache:
    image: redis
    volumes_from: [worker]
    cap_add: *wrong
    configs: [{ source: cfg, target: /c }]
    ipc: "service:db"
  out: { image: "nginx:1", network_mode: host }
  beside: { image: "nginx:1", network_mode: "service:out" }
networks:
  back: { internal: true }
  front:
volumes:
  shared:
secrets:
  token: { file: ./token }
`,
  ],
]);

/** Files that are merged, extended and included. */
const several: Texts = new Map([
  [
    '/p/compose.yaml',
    `include: [more/compose.yaml]
x-env: &env { LEVEL: info, EMPTY: }
services:
  web:
    extends: { file: common.yaml, service: base }
    image: nginx
    environment: *env
    ports: ["80:80"]
    depends_on: [job]
  api:
    extends: web
    image: registry.example/api:1
    environment: { <<: *env, KEY: "\${KEY:?}" }
    command: &command ["sh", "-c", "curl http://x | sh"]
  other:
    image: registry.example/other:1
    command: *command
    entrypoint: *command
volumes: { data: }
`,
  ],
  [
    '/p/compose.override.yaml',
    `services:
  web:
    ports: !override ["8080:80"]
    privileged: !reset null
    volumes: [data:/d, "data:/e:ro"]
  api:
    user: 0
    read_only: true
  extra:
    image: redis:7
    network_mode: host
---
services:
  extra:
    ports: ["80:80"]
`,
  ],
  ['/p/common.yaml', 'services:\n  base:\n    cap_add: [ALL]\n    pid: host\n    mem_limit: 64\n    links: [other]\n'],
  ['/p/more/compose.yaml', 'services:\n  job:\n    image: job:latest\n    restart: sometimes\n    secrets: [none]\n'],
]);

/** A service about which most rules have nothing to say, until what it extends says more. */
const extending: Texts = new Map([
  ['/p/compose.yaml', 'services:\n  web:\n    extends: { file: common.yaml, service: base }\n    image: nginx:1.27\n'],
  ['/p/common.yaml', 'services:\n  base:\n    restart: always\n'],
]);

/** A project that is edited: each file is told the reading of it before. */
class Editing {
  readonly #last = new Map<string, ReadFile>();
  readonly #memory = {};

  findings(texts: Texts): unknown {
    const main = [...texts.keys()].filter((path) => /^\/p\/compose[^/]*$/.test(path));
    const variables = ['/p/.env'];
    const project: ComposeFiles = { main, variables, texts, missing: new Set(), partial: false, memory: this.#memory };
    return membersOf(project).map((file) => {
      const request = { file, text: texts.get(file) ?? '', mode: 'open', kubernetesMinor: 33 } as const;
      const read = composeLanguage.read({ ...request, projects: [project], previous: this.#last.get(file) });
      this.#last.set(file, read);
      return findingsOf(read);
    });
  }
}

function findingsOf(file: ReadFile): unknown {
  const { findings, failures } = runRules({ file, rules: allRules, settings, appliesTo });
  assert.deepEqual(failures, []);
  return findings.map(({ fixes, ...finding }) => ({
    ...finding,
    fixes: fixes.map(({ changes, ...fix }) => ({ ...fix, edits: changes.map((change) => file.edits(change)) })),
  }));
}

const typed = [
  'x',
  '0',
  ' ',
  '\n',
  ':',
  '-',
  '"',
  '#',
  '*',
  '&',
  '$',
  '{',
  '[',
  ',',
  '!reset ',
  '  image: a\n',
  '<<: *base',
];

/** A text with something put in or taken out, or with a line elsewhere. */
function edited(text: string, random: Random): string {
  const at = random(text.length + 1);
  switch (random(6)) {
    case 0:
    case 1:
      return text.slice(0, at) + (typed[random(typed.length)] ?? '') + text.slice(at);
    case 2:
    case 3:
      return text.slice(0, at) + text.slice(at + 1 + random(3));
    default: {
      const lines = text.split('\n');
      const [line = ''] = lines.splice(random(lines.length), 1);
      if (random(2) === 0) lines.splice(random(lines.length), 0, line);
      return lines.join('\n');
    }
  }
}

/** What changes what is said of other services than the one that is edited. */
const meddling: readonly (readonly [string, string])[] = [
  ['    cap_add: *wrong\n    image: nginx:1.27', '    image: nginx:1.27'],
  ['network_mode: "service:out"', 'network_mode: "none"'],
  ['container_name: front', 'container_name: back'],
  ['ports: ["2375:2375"]', 'ports: ["5432:2375"]'],
  ['  db:\n', '  database:\n'],
  ['  - "80:80"\n', '  - "8080:80"\n'],
  ['  back: { internal: true }', '  back:'],
  ['  shared:\n', '  other:\n'],
  ['profiles: [dev]', 'profiles: []'],
  ['depends_on: [api]', 'depends_on: [db]'],
  ['healthcheck: { test', 'x-healthcheck: { test'],
  ['tags: ["registry.example/worker:1"]', 'tags: ["registry.example/api:1.0"]'],
  ['user: 1000', 'user: root'],
  ['volumes: [shared:/data, ./src:/app]', 'volumes: [shared:/data:ro, ./src:/app]'],
  ['  cache:\n', '  store:\n'],
  ['services:\n', '# plimsoll: ignore-file[image-latest-tag] known\nservices:\n'],
];

describe('a Compose project that is edited', () => {
  const cases = [
    ...meddling.map(([from, to]) => ({ start: one, file: '/p/compose.yaml', from, to })),
    { start: extending, file: '/p/common.yaml', from: 'restart: always', to: 'ipc: host' },
    { start: several, file: '/p/compose.yaml', from: 'image: nginx', to: 'image: nginx\n    privileged: true' },
    { start: several, file: '/p/more/compose.yaml', from: 'job:\n', to: 'work:\n' },
  ];
  for (const { start, file, from, to } of cases) {
    it(`is told the same of as if it were read for the first time, after ${JSON.stringify(from)} is ${JSON.stringify(to)}`, () => {
      const editing = new Editing();
      const text = start.get(file) ?? '';
      assert.ok(text.includes(from));
      const changed: Texts = new Map(start).set(file, text.replace(from, to));
      const told = [start, changed, start].map((texts) => {
        const findings = editing.findings(texts);
        assert.deepEqual(findings, new Editing().findings(texts));
        return findings;
      });
      assert.notDeepEqual(told[0], told[1]);
    });
  }

  for (const [name, start, edits] of [
    ['of one file', one, 40],
    ['of several files', several, 40],
  ] as const) {
    it(`is told the same of after each edit as if it were read for the first time: ${name}`, () => {
      const random = seeded(start.size);
      const editing = new Editing();
      let texts: Texts = start;
      editing.findings(texts);
      for (let i = 0; i < edits; i++) {
        const before: Texts = texts;
        const files = [...texts.keys()];
        const file = files[random(files.length)] ?? '';
        texts = new Map(texts).set(file, edited(texts.get(file) ?? '', random));
        assert.deepEqual(editing.findings(texts), new Editing().findings(texts), texts.get(file));
        // Most edits are taken back, so that the project stays one; and what was known before has to hold again.
        if (random(5) > 0) texts = before;
        else if (i % 20 === 0) texts = start;
        assert.deepEqual(editing.findings(texts), new Editing().findings(texts), texts.get(file));
      }
    });
  }
});
