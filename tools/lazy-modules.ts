// Keeps what most runs do not need out of the command's own bundle: V8 reads all of a file before it runs any of it.
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { root } from './project.js';

interface LazyModule {
  /** The file in dist/. */
  readonly file: string;
  /** What the sources import. */
  readonly imported: RegExp;
  readonly entry: string;
  /** Functions that load the file when they are first called; absent where the sources import it with `import()`. */
  readonly functions?: readonly string[];
}

const modules: readonly LazyModule[] = [
  {
    file: 'yaml.js',
    imported: /\/package-tree\.js$/,
    entry: 'server/src/languages/yaml/package-tree.ts',
    functions: ['packageTree'],
  },
  { file: 'shell.js', imported: /^unbash$/, entry: 'unbash', functions: ['parse', 'forEachChild'] },
  { file: 'pages.js', imported: /\/rules\/pages\.js$/, entry: 'server/src/rules/pages.ts' },
];

/** Puts calls that load the modules at the place of the modules. */
const lazily: Plugin = {
  name: 'lazy-modules',
  setup({ onLoad, onResolve }) {
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

/** Writes a bundle and, beside it, the modules that it loads later. */
export async function buildLazily(folder: string, options: BuildOptions): Promise<void> {
  await Promise.all([
    build({ ...options, plugins: [lazily] }),
    ...modules.map(({ file, entry }) => {
      const { banner: _, ...rest } = options;
      return build({ ...rest, entryPoints: [entry], outfile: join(folder, file), absWorkingDir: root });
    }),
  ]);
}
