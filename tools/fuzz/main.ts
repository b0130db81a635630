// `npm run fuzz -- SECONDS [--seed N] [--runs N] [--format NAME]`: looks for texts that break a promise, in a process of
// its own, because some faults end it or never end.
import { mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { FileKind } from '../../server/src/model/format.js';
import { root } from '../project.js';
import { type Fault, fuzz, type Slow } from './session.js';
import { supervise } from './supervise.js';

const kinds: readonly FileKind[] = ['dockerfile', 'compose', 'kubernetes', 'config'];
const folder = join(root, 'out', 'fuzz');
const runningFile = join(folder, 'running');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    runs: { type: 'string' },
    format: { type: 'string' },
    child: { type: 'boolean' },
  },
});
const seconds = Number(positionals[0] ?? Number.NaN);
const seed = Number(values.seed ?? Math.floor(Math.random() * 0x7fffffff));
const runs = Number(values.runs ?? Number.POSITIVE_INFINITY);
const wanted = kinds.filter((kind) => values.format === undefined || values.format === kind);
if (!(seconds > 0 && Number.isInteger(seed) && runs > 0) || wanted.length === 0 || positionals.length > 1) {
  console.error(`npm run fuzz -- SECONDS [--seed N] [--runs N] [--format ${kinds.join('|')}]`);
  process.exit(2);
}
process.exitCode = values.child === true ? await run() : await runInChild();

/** Runs it in a child, and tells of the input that ended it or kept it busy. */
async function runInChild(): Promise<number> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const own = ['--import', 'tsx', fileURLToPath(import.meta.url)];
  const args = [...own, ...process.argv.slice(2), '--seed', String(seed), '--child'];
  const verdict = await supervise({ args, runningFile, longestSilence: 120_000 });
  if (typeof verdict === 'number') return verdict;
  console.error(`✖ The input of this seed ${verdict.how}:\n  ${commandFor(Number(verdict.seed))}`);
  return 1;
}

async function run(): Promise<number> {
  const handle = openSync(runningFile, 'w');
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  console.log(`Seed ${seed}, ${wanted.join(', ')}, ${seconds} s`);
  const result = await fuzz({
    kinds: wanted,
    seed,
    goesOn: (done) => done < runs && elapsed() < seconds,
    onStart: (current) => writeSync(handle, String(current).padEnd(12), 0),
    onFault: show,
  });
  const rate = result.executions / elapsed();
  console.log(`${result.executions} executions in ${elapsed().toFixed(0)} s, ${rate.toFixed(0)} a second`);
  console.log('Findings by rule:');
  for (const [rule, count] of [...result.findings].sort((a, b) => b[1] - a[1])) console.log(`  ${count} ${rule}`);
  console.log('Slowest to read and judge:');
  for (const slow of result.slowest) console.log(`  ${described(slow)}`);
  console.log('Slowest for their length:');
  for (const slow of result.slowestForLength) console.log(`  ${described(slow)}`);
  for (const { promise, about, times } of result.faults) console.log(`✖ ${promise} (${about}): ${times} times`);
  console.log(result.faults.length === 0 ? '✔ Every promise was kept.' : `Inputs are in out/fuzz/.`);
  return result.faults.length === 0 ? 0 : 1;
}

function described({ seed: own, kind, length, milliseconds }: Slow): string {
  return `${milliseconds.toFixed(1)} ms for ${length} units, ${kind}, seed ${own}`;
}

function show({ promise, about, detail, seed: own, input }: Fault): void {
  const name = `${input.kind}-${promise}-${about}`.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 100);
  writeFileSync(join(folder, `${name}.txt`), input.text);
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ promise, about, detail, seed: own, ...input }, null, 2));
  const shown = (text: string) => JSON.stringify(text.length > 1500 ? `${text.slice(0, 1500)}…` : text);
  console.log(`\n✖ ${promise} (${about})\n  ${detail.slice(0, 2000).replaceAll('\n', '\n  ')}`);
  console.log(`  ${input.kind}: ${shown(input.text)}`);
  if (input.next !== '' && input.next !== input.text) console.log(`  then: ${shown(input.next)}`);
  console.log(`  ${commandFor(own)}\n`);
}

function commandFor(own: number): string {
  const format = values.format === undefined ? '' : ` --format ${values.format}`;
  return `npm run fuzz -- 600 --seed ${own} --runs 1${format}`;
}
