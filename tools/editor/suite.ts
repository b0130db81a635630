// The tests of client/test as one file that an extension host can load, and what their run says through the console.
import { readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { root } from '../project.js';
import type { Kind } from './workbench.js';

export interface SuiteOptions {
  readonly kind: Kind;
  /** Paths from the project's folder. */
  readonly files: readonly string[];
  /** Only the tests whose titles match. */
  readonly grep?: string | undefined;
  /** The address of the driver, where there is one. */
  readonly driver?: string | undefined;
}

/** Folders of client/test for tests that do not run everywhere. */
const apart = ['node', 'web', 'restricted'] as const;

/** The test files below client/test: all of them but those that stand apart, and of these one folder. */
export function testFiles(own: (typeof apart)[number]): readonly string[] {
  const others = apart.filter((folder) => folder !== own);
  return readdirSync(join(root, 'client', 'test'), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.ts') && !others.some((folder) => file.startsWith(`${folder}/`)))
    .map((file) => `client/test/${file}`)
    .sort();
}

/** Writes a CommonJS file that exports `run`, as VS Code wants it, and its source map. */
export async function bundleSuite(file: string, options: SuiteOptions): Promise<void> {
  const forKind: Readonly<Record<Kind, BuildOptions>> = {
    node: { platform: 'node', target: 'node20' },
    web: { platform: 'browser', target: 'es2022', plugins: [withoutNode] },
  };
  await build({
    ...forKind[options.kind],
    absWorkingDir: root,
    stdin: {
      resolveDir: root,
      contents: [
        "import { run as runMocha } from './client/test/index.ts';",
        // require(), so that a test file defines its tests when mocha is ready for them.
        `export const run = () => runMocha(() => {${options.files.map((path) => `require(${JSON.stringify(`./${path}`)});`).join('')}});`,
      ].join('\n'),
    },
    outfile: file,
    bundle: true,
    format: 'cjs',
    sourcemap: 'linked',
    external: ['vscode'],
    define: {
      SUITE: JSON.stringify({ color: process.stdout.isTTY === true, grep: options.grep, driver: options.driver }),
      ADOPTED: JSON.stringify(adopted()),
    },
    logLevel: 'warning',
    // Mocha's parallel mode, which is not used.
    logOverride: { 'require-resolve-not-external': 'silent' },
  });
}

/** The fixture of this name, for hosts that cannot read it: the texts of its files, and what is to be found in them. */
function adopted(): { readonly files: { readonly [path: string]: string }; readonly told: readonly string[] } {
  const fixtures = join(root, 'test-fixtures');
  const folder = join(fixtures, 'adopted');
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  const { told } = JSON.parse(readFileSync(join(fixtures, 'adopted.expected.json'), 'utf8'));
  return { files: Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')])), told };
}

const withoutNode: Plugin = {
  name: 'without Node',
  setup: ({ onLoad, onResolve }) => {
    const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
    onResolve({ filter: /^mocha$/ }, () => ({ path: beside('mocha-in-worker.mjs') }));
    onResolve({ filter: /^node:assert\/strict$/ }, () => ({ path: beside('assert-in-worker.ts') }));
    // It would take the exports of our bundle for its own.
    onLoad({ filter: /[/\\]mocha[/\\]mocha\.js$/ }, ({ path }) => ({
      contents: `var exports, module;${readFileSync(path, 'utf8')}`,
    }));
  },
};

export interface Counts {
  readonly passes: number;
  readonly failures: number;
  /** Whether mocha came to its end. */
  readonly done: boolean;
}

/** Takes the lines of a console, says mocha's and keeps its counts. */
export class SuiteOutput {
  /** So far. */
  counts: Counts | undefined;
  /** What failed so far, and why. Mocha's own lines say it in the end. */
  readonly failures: string[] = [];
  /** When mocha was last heard of, by `performance.now()`. */
  heard = performance.now();
  readonly #say: (line: string) => void;
  #bundle = '';
  #map: SourceMap | undefined;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** Stack traces will tell places of the sources of this bundle. */
  readSources(bundle: string): void {
    this.#bundle = bundle;
    this.#map = new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')));
  }

  /** Says what a person is to see of a line of the console. */
  read(line: string): void {
    const [, kind, json] = /suite-(line|counts|failure) (.*)$/s.exec(line) ?? [];
    if (kind === undefined || json === undefined) return;
    this.heard = performance.now();
    if (kind === 'counts') {
      this.counts = JSON.parse(json);
      return;
    }
    const args: readonly unknown[] = JSON.parse(json);
    const text = this.#withSources(format(...args));
    if (kind === 'line') this.#say(text);
    else this.failures.push(text);
  }

  /** Stack traces with the places of the sources, and without mocha's own. */
  #withSources(text: string): string {
    const name = basename(this.#bundle);
    return text
      .split('\n')
      .map((line) =>
        line.replace(
          /[^\s()]*[/\\]([^\s()/\\#]+)(#vscode-extension)?:(\d+):(\d+)/,
          (place, file, evaluated, row, column) => {
            // What VS Code evaluates for the web stands in a function, whose head is two lines long.
            if (file !== name) return place;
            return this.#source(Number(row) - (evaluated === undefined ? 1 : 3), Number(column) - 1) ?? place;
          },
        ),
      )
      .filter((line) => !/^\s+at .*node_modules[/\\]mocha[/\\]/.test(line))
      .join('\n');
  }

  #source(line: number, column: number): string | undefined {
    const entry = this.#map?.findEntry(line, column);
    if (entry === undefined || !('originalSource' in entry)) return undefined;
    const source = relative(root, resolve(dirname(this.#bundle), entry.originalSource));
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  }
}
