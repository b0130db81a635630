// An edit in a Compose project: 50 services over 5 files, of which one is typed in.

import type { ReadFile } from '../../server/src/engine/language.js';
import { allRules } from '../../server/src/rules/all.js';
import { projectsOf, projectText } from '../../server/src/service/effective-compose.js';
import { serviceAt } from '../../server/src/service/effective-service.js';
import type { Files } from '../../server/src/service/files.js';
import { overriddenValues } from '../../server/src/service/overridden-values.js';
import { openWorkspace, type TextLinter } from '../../server/src/service/workspace.js';
import { spread } from './figures.js';

const root = '/project';

function services(from: number, to: number, ofOne: (index: number) => string): string {
  return `services:\n${Array.from({ length: to - from }, (_, i) => ofOne(from + i)).join('')}`;
}

/** A base that includes two other projects and extends the services of a third file, and what overrides it. */
const texts: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'compose.yaml': `include:
  - data/compose.yaml
  - watch/compose.yaml
x-logging: &logging
  logging: { driver: local, options: { max-size: 10m } }
${services(
  0,
  30,
  (i) => `  web${i}:
    <<: *logging
    extends: { file: common.yaml, service: base }
    image: registry.example/team/web${i}:1.${i}.0
    environment:
      DATABASE_URL: postgres://db30:5432/web${i}
      LEVEL: \${LEVEL:-info}
    ports:
      - "127.0.0.1:${3000 + i}:8080"
    volumes:
      - ./config/web${i}:/etc/web:ro
    depends_on: [db30]
`,
)}`,
    'compose.override.yaml': services(
      0,
      25,
      (i) => `  web${i}:
    environment:
      LEVEL: debug
    volumes:
      - ./src/web${i}:/app
    cap_add: [NET_BIND_SERVICE]
`,
    ),
    'common.yaml': services(
      0,
      1,
      () => `  base:
    restart: unless-stopped
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    healthcheck: { test: ["CMD", "wget", "-qO-", "http://localhost:8080/health"], interval: 30s }
`,
    ),
    'data/compose.yaml': services(
      30,
      40,
      (i) => `  db${i}:
    image: postgres:17.${i}
    environment: [POSTGRES_PASSWORD_FILE=/run/secrets/password, "LEVEL=info"]
    volumes: ["data${i}:/var/lib/postgresql/data"]
    cap_drop: [ALL]
`,
    )
      .concat('volumes:\n')
      .concat(Array.from({ length: 10 }, (_, i) => `  data${30 + i}:\n`).join('')),
    'watch/compose.yaml': services(
      40,
      50,
      (i) => `  watch${i}:
    image: registry.example/team/watch${i}:2.${i}
    command: ["serve", "--level", "info"]
    cap_drop: [ALL]
`,
    ),
  }).map(([name, text]) => [`${root}/${name}`, text]),
);

const files: Files = {
  read: async (path) => new TextEncoder().encode(texts.get(path) ?? ''),
  list: async (path) => {
    const names = [...texts.keys()].filter((file) => file.slice(0, file.lastIndexOf('/')) === path);
    return names.map((file) => ({ name: file.slice(path.length + 1), kind: 'file' as const }));
  },
  stat: async (path) => (texts.has(path) ? 'file' : undefined),
};

/** The time of the server for a typed character: in the file itself, and with the other four judged again. */
export async function measureComposeProject(): Promise<readonly string[]> {
  const workspace = openWorkspace({ files, root, rules: allRules, config: { from: 'none' }, overrides: {} });
  const lines: string[] = [];
  for (const edited of [`${root}/compose.yaml`, `${root}/compose.override.yaml`]) {
    const before = texts.get(edited) ?? '';
    const place = before.indexOf('LEVEL', before.length / 2) + 2;
    const typed = `${before.slice(0, place)}x${before.slice(place)}`;
    const read = new Map<string, ReadFile>();
    const lint = async (path: string, text: string) => {
      const linter: TextLinter | string = await workspace.linterFor({ path, text, mode: 'open' });
      if (typeof linter === 'string') throw new Error(`${path} is ${linter}`);
      const linted = linter(text, read.get(path));
      read.set(path, linted.file);
      workspace.take(linted);
    };
    const own: number[] = [];
    const all: number[] = [];
    for (let i = 0; i < 150; i++) {
      const text = i % 2 === 0 ? typed : before;
      const start = performance.now();
      await lint(edited, text);
      const middle = performance.now();
      for (const path of workspace.takeOutdated()) await lint(path, texts.get(path) ?? '');
      if (i >= 50) {
        own.push(middle - start);
        all.push(performance.now() - start);
      }
    }
    const name = edited.slice(root.length + 1).padEnd(22);
    lines.push(`  ${name} ${spread(own)}; with the other four ${spread(all)}`);
  }
  return [...lines, ...(await measureViews())];
}

/** What somebody waits for who points at a service, or has the project shown or hints on while they type. */
async function measureViews(): Promise<readonly string[]> {
  const workspace = openWorkspace({ files, root, rules: allRules, config: { from: 'none' }, overrides: {} });
  const path = `${root}/compose.yaml`;
  const text = texts.get(path) ?? '';
  const linter = await workspace.linterFor({ path, text, mode: 'open' });
  if (typeof linter === 'string') throw new Error(`${path} is ${linter}`);
  const linted = linter(text);
  const service = linted.file.subjects.service?.find(({ nameAt }) => nameAt.file === path);
  const [project] = projectsOf(linted);
  if (service === undefined || project === undefined) throw new Error('There is no project.');
  const times = (action: () => void): readonly number[] =>
    Array.from({ length: 100 }, () => {
      const start = performance.now();
      action();
      return performance.now() - start;
    }).slice(50);
  return [
    `  hover over a service   ${spread(times(() => serviceAt(linted, service.nameAt.span.start)))}`,
    `  view of the project    ${spread(times(() => projectText(project, linted)))}`,
    `  hints for overridden   ${spread(times(() => overriddenValues(linted)))}`,
  ];
}
