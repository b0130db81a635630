// Keeps what most runs do not need out of the bundles of the command and the server: V8 reads all of a file before it runs any of it.
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

interface LazyModule {
  /** The file in dist/. */
  readonly file: string;
  /** What the sources import. */
  readonly imported: RegExp;
  readonly entry: string;
  /** Functions that load the file when they are first called; absent where the sources import it with `import()`. */
  readonly functions?: readonly string[];
}

/** The language server is a bundle of its own, which the command loads for `plimsoll lsp`. */
const server = { file: 'server.js', imported: /\/lsp\/node\.js$/ };

const modules: readonly LazyModule[] = [
  {
    file: 'yaml.js',
    imported: /\/package-tree\.js$/,
    entry: 'server/src/languages/yaml/package-tree.ts',
    functions: ['packageTree'],
  },
  { file: 'shell.js', imported: /^unbash$/, entry: 'unbash', functions: ['parse', 'forEachChild'] },
  {
    file: 'kics.js',
    imported: /\/kics-queries\.js$/,
    entry: 'server/src/engine/ignores/kics-queries.ts',
    functions: ['kicsQueryOf'],
  },
  {
    file: 'kubernetes-api.js',
    imported: /\/api-data\.js$/,
    entry: 'server/src/standards/kubernetes/api-data.ts',
    functions: ['kubernetesApiData'],
  },
  { file: 'html.js', imported: /\/reporters\/html\.js$/, entry: 'server/src/cli/reporters/html.ts' },
  { file: 'pages.js', imported: /\/rules\/pages\.js$/, entry: 'server/src/rules/pages.ts' },
];

/** Puts calls that load the modules at the place of the modules. */
const lazily: Plugin = {
  name: 'lazy-modules',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: server.imported }, () => ({ path: `./${server.file}`, external: true }));
    for (const { file, imported, functions } of modules) {
      if (functions === undefined) {
        onResolve({ filter: imported }, () => ({ path: `./${file}`, external: true }));
        continue;
      }
      const namespace = `lazy:${file}`;
      onResolve({ filter: imported }, () => ({ path: file, namespace }));
      onResolve({ filter: /^\.\//, namespace }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /.*/, namespace }, () => ({
        contents: [
          'let loaded;',
          ...functions.map(
            (name) =>
              `export const ${name} = (...values) => (loaded ??= require(${JSON.stringify(`./${file}`)})).${name}(...values);`,
          ),
        ].join('\n'),
      }));
    }
  },
};

/** Writes bundles and, beside them, the modules that they load later. */
export async function buildLazily(
  folder: string,
  common: BuildOptions,
  bundles: readonly BuildOptions[],
): Promise<void> {
  await Promise.all([
    ...bundles.map((options) => build({ ...common, ...options, plugins: [lazily] })),
    ...modules.map(({ file, entry }) => build({ ...common, entryPoints: [entry], outfile: join(folder, file) })),
  ]);
}
