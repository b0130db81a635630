// `npm run check`: everything that can be judged without running the product.
import { join } from 'node:path';
import { root, runNode, tool } from './project.js';

interface Step {
  readonly name: string;
  readonly args: readonly string[];
  /** What helps when it fails. */
  readonly hint: string;
}

/** Biome colours the output of `ci` even in a pipe. */
const colors = `--colors=${process.stdout.isTTY ? 'force' : 'off'}`;

const steps: readonly Step[] = [
  {
    name: 'generated files',
    args: ['--import', 'tsx', join(root, 'tools', 'generate.ts'), '--check'],
    hint: '`npm run generate` brings them up to date.',
  },
  {
    name: 'format and lint',
    args: [tool('@biomejs/biome', 'biome'), 'ci', '--error-on-warnings', colors],
    hint: '`npm run format` mends what can be mended.',
  },
  { name: 'types', args: [tool('typescript', 'tsc'), '-b'], hint: 'Every project of tsconfig.json has to compile.' },
  {
    name: 'regular expressions',
    args: ['--import', 'tsx', join(root, 'tools', 'regexes', 'main.ts')],
    hint: 'Write it so that no text takes it long, or say in tools/regexes/allowed.ts what bounds the text that it is given.',
  },
  { name: 'unused code', args: [tool('knip')], hint: 'Remove what nothing uses, or export less.' },
];

const results = await Promise.all(
  steps.map(async (step) => {
    const started = performance.now();
    const outcome = await runNode(step.args);
    return { step, outcome, seconds: (performance.now() - started) / 1000 };
  }),
);
for (const { step, outcome, seconds } of results) {
  const failed = outcome.status !== 0;
  console.log(`${failed ? '✖' : '✔'} ${step.name} (${seconds.toFixed(1)} s)`);
  if (failed) console.log(`\n${outcome.output.trim()}\n\n${step.hint}\n`);
}
process.exitCode = results.every(({ outcome }) => outcome.status === 0) ? 0 : 1;
