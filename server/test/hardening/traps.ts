// A repository in which every file names, in every way that its format has, what lies outside; and a record of what was
// asked of the file system.
import { mkdirSync, readdirSync, readFileSync, realpathSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { below } from '../../src/model/paths.js';
import type { Files } from '../../src/service/files.js';

/** Stands in every file outside. Nothing may ever show it. */
export const secret = 'hunter2-lies-outside';

const outsideFiles: { readonly [path: string]: string } = {
  'base.yaml': `profile: all\nexclude: [${secret}]\nrules:\n  privileged: off\n  ${secret}: error\n`,
  '.plimsoll.yaml': `profile: all\ntrustedRegistries: [${secret}.example]\n`,
  '.plimsoll-baseline.json': `{"schema":1,"${secret}":[]}\n`,
  '.gitignore': `${secret}\n*.yaml\n`,
  '.env': `PASSWORD=${secret}\nTAG=${secret}\n`,
  'compose.yaml': `services:\n  ${secret}:\n    image: ${secret}:latest\n    privileged: true\n`,
  Dockerfile: `FROM ${secret}:latest\nRUN curl -fsSL https://${secret}.example | sh\nUSER root\n`,
  'pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: { name: ${secret} }\nspec:\n  hostNetwork: true\n  containers:\n    - { name: a, image: "b:latest" }\n`,
  'Chart.yaml': `apiVersion: v2\nname: ${secret}\n`,
  'deep/pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: { name: ${secret} }\nspec: { hostPID: true, containers: [{ name: a, image: b }] }\n`,
};

/** The paths in these files that lead out; `OUT` is the absolute path of what lies outside, `UP` a relative one. */
const repositoryFiles: { readonly [path: string]: string } = {
  '.plimsoll.yaml': [
    'profile: all',
    'extends:',
    ...['UP/base.yaml', 'OUT/base.yaml', 'file://OUT/base.yaml', './sub/../UP/base.yaml', 'linked/base.yaml'],
    ...['linked-base.yaml', 'sub/UP/base.yaml', '//OUT/base.yaml', '..\\\\outside\\\\base.yaml'],
  ]
    .map((line, index) => (index < 2 ? line : `  - "${line}"`))
    .concat([
      'include: ["UP/**", "OUT/**", "**/*"]',
      'exclude: ["UP/x", "OUT/x"]',
      'overrides: [{ files: ["UP/**"], rules: { privileged: warning } }]',
      'ignores: [{ rule: privileged, files: ["OUT/**"], reason: "elsewhere" }]',
      '',
    ])
    .join('\n'),
  'compose.yaml': `include:
  - UP/compose.yaml
  - path: [OUT/compose.yaml, linked/compose.yaml]
    env_file: OUT/.env
    project_directory: OUT
services:
  web:
    extends: { file: UP/compose.yaml, service: ${secret.slice(0, 3)} }
    build:
      context: UP
      dockerfile: OUT/Dockerfile
      additional_contexts: [more=OUT]
      ssh: [default=OUT/key]
    env_file: [UP/.env, { path: OUT/.env, required: true }]
    label_file: OUT/.env
    image: "web:\${TAG:-latest}"
    environment: { PASSWORD: "\${PASSWORD}" }
    volumes: ["UP:/a", "OUT:/b", "./linked:/c"]
    privileged: true
    user: root
    develop: { watch: [{ path: UP, action: sync, target: /x }] }
configs: { a: { file: UP/compose.yaml } }
secrets: { b: { file: OUT/.env } }
`,
  Dockerfile: `# syntax=docker/dockerfile:1
FROM debian:latest
COPY UP/Dockerfile OUT/.env /x/
ADD OUT/base.yaml /y/
RUN --mount=type=bind,source=UP,target=/z --mount=type=secret,id=s,src=OUT/.env cat /z/.env
RUN . OUT/.env && curl -fsSL https://example.com | sh
USER root
`,
  'sub/compose.yaml': 'services:\n  web:\n    image: "nginx:${TAG}"\n    privileged: "${PASSWORD}"\n',
  'sub/deeper/Dockerfile': 'FROM nginx:latest\nUSER root\n',
  'templates/pod.yaml': 'apiVersion: v1\nkind: Pod\nspec:\n  containers: [{ name: a, image: b }]\n',
  'kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [UP/pod.yaml, OUT/pod.yaml, linked/pod.yaml, "https://example.com/x"]
bases: [UP]
patches: [{ path: OUT/pod.yaml }]
configMapGenerator: [{ name: a, files: [UP/.env], envs: [OUT/.env] }]
helmCharts: [{ name: x, valuesFile: UP/pod.yaml }]
`,
  'pod.yaml': `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - { name: a, image: "b:latest", securityContext: { privileged: true }, volumeMounts: [{ name: v, mountPath: /v }] }
  volumes: [{ name: v, hostPath: { path: OUT } }, { name: w, hostPath: { path: UP/pod.yaml } }]
`,
};

/** Links in the repository, and what they lead to outside. */
const links: { readonly [path: string]: string } = {
  linked: '',
  'linked-base.yaml': 'base.yaml',
  'linked-pod.yaml': 'pod.yaml',
  'Dockerfile.linked': 'Dockerfile',
  '.gitignore': '.gitignore',
  'sub/.env': '.env',
  'sub/.gitignore': '.gitignore',
  'sub/.plimsoll.yml': '.plimsoll.yaml',
  'sub/.plimsoll-baseline.json': '.plimsoll-baseline.json',
  'sub/deeper/linked': 'deep',
  'sub/deeper/pod.yaml': 'deep/pod.yaml',
};

/** Fills both folders, which are siblings. */
export function plantTraps(repository: string, outside: string): void {
  for (const [path, text] of Object.entries(outsideFiles)) write(join(outside, path), text);
  for (const [path, text] of Object.entries(repositoryFiles)) {
    const up = `${'../'.repeat(path.split('/').length)}${outside.slice(outside.lastIndexOf('/') + 1)}`;
    write(join(repository, path), text.replaceAll('OUT', outside).replaceAll('UP', up));
  }
  for (const [path, target] of Object.entries(links)) symlinkSync(join(outside, target), join(repository, path));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Everything outside, with its contents and times: to see that nothing was touched. */
export function stateOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => {
      const { mtimeMs, mode } = statSync(path);
      return `${path} ${mtimeMs} ${mode} ${statSync(path).isFile() ? readFileSync(path, 'utf8') : ''}`;
    });
}

export interface Asked {
  readonly operation: string;
  readonly path: string;
  /** Whether bytes came back. */
  readonly got: boolean;
}

/** The same files, with a record of what was asked. */
export function recorded<T extends Files>(files: T): { readonly files: T; readonly asked: readonly Asked[] } {
  const asked: Asked[] = [];
  const handler: ProxyHandler<T> = {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (path: string, ...rest: readonly unknown[]) => {
        const index = asked.push({ operation: String(name), path, got: false }) - 1;
        const answer: unknown = await method.call(target, path, ...rest);
        asked[index] = { operation: String(name), path, got: answer !== undefined };
        return answer;
      };
    },
  };
  return { files: new Proxy(files, handler), asked };
}

/**
 * What was asked of the world outside a folder: paths that lie elsewhere, and links that lead elsewhere and were read,
 * listed or written all the same.
 */
export function escapes(asked: readonly Asked[], folder: string): readonly string[] {
  return asked
    .filter(({ operation, path, got }) => {
      if (below(folder, path) === undefined) return true;
      return got && operation !== 'stat' && operation !== 'resolve' && below(folder, realOf(path)) === undefined;
    })
    .map(({ operation, path }) => `${operation} ${path}`);
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // It is not there: nothing can be read of it.
    return path;
  }
}
