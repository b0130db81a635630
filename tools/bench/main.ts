// Measures, never asserts: `npm run bench [-- DIR]`. Figures are medians; compare ratios, machines differ.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { diskFiles, withSlashes } from '../../server/src/disk/disk-files.js';
import { emptyConfig, settingsOf } from '../../server/src/engine/config.js';
import type { Language, ReadFile } from '../../server/src/engine/language.js';
import type { Profile } from '../../server/src/engine/rule.js';
import { runRules } from '../../server/src/engine/run-rules.js';
import { newestKubernetesMinor } from '../../server/src/engine/settings.js';
import { composeLanguage } from '../../server/src/languages/compose/language.js';
import { dockerfileLanguage } from '../../server/src/languages/dockerfile/language.js';
import { kubernetesLanguage } from '../../server/src/languages/kubernetes/language.js';
import type { Format } from '../../server/src/model/format.js';
import { allRules } from '../../server/src/rules/all.js';
import { discover } from '../../server/src/service/discover.js';
import { openWorkspace } from '../../server/src/service/workspace.js';
import { appliesTo } from '../../server/src/standards/standards.js';
import { root } from '../project.js';
import { measureComposeProject } from './compose-project.js';
import { measureDockerfiles } from './dockerfiles.js';
import { milliseconds, quantile, spread } from './figures.js';
import { input, typingPlace, workspace } from './inputs.js';
import { measureLanguageServer } from './language-server.js';

const languages: { readonly [format in Format]: Language } = {
  dockerfile: dockerfileLanguage,
  compose: composeLanguage,
  kubernetes: kubernetesLanguage,
};
const cli = join(root, 'dist/cli.js');

/** Types and deletes a character in the middle of a file, over and over. */
function relint(format: Format, profile: Profile, lines = 1000): string {
  const settings = settingsOf({ ...emptyConfig, profile });
  const before = input(format, lines);
  const place = typingPlace(before);
  const typed = `${before.slice(0, place)}x${before.slice(place)}`;
  let previous: ReadFile | undefined;
  const times: number[] = [];
  for (let i = 0; i < 150; i++) {
    const text = i % 2 === 0 ? typed : before;
    const start = performance.now();
    const file: ReadFile = languages[format].read({
      file: 'bench',
      text,
      mode: 'open',
      kubernetesMinor: newestKubernetesMinor,
      previous,
    });
    runRules({ file, rules: allRules, settings, appliesTo });
    if (i >= 50) times.push(performance.now() - start);
    previous = file;
  }
  return `  ${format.padEnd(11)} ${spread(times)}`;
}

function wall(args: readonly string[]): number {
  const start = performance.now();
  spawnSync(process.execPath, args, { stdio: 'ignore' });
  return performance.now() - start;
}

/** The process of one small file against an empty process, in turn, so that both see the same machine. */
function startUp(folder: string): readonly string[] {
  const commands: { readonly [name: string]: readonly string[] } = {
    'node -e 0': ['-e', '0'],
    'plimsoll version': [cli, '--version'],
    'plimsoll lint (YAML)': [cli, 'lint', join(folder, 'small.yaml')],
    'plimsoll lint (Dockerfile)': [cli, 'lint', join(folder, 'Dockerfile')],
  };
  writeFileSync(join(folder, 'small.yaml'), input('kubernetes', 20));
  writeFileSync(join(folder, 'Dockerfile'), input('dockerfile', 20));
  const times = new Map(Object.keys(commands).map((name) => [name, [] as number[]]));
  for (let round = 0; round < 16; round++) {
    for (const [name, args] of Object.entries(commands)) {
      const time = wall(args);
      if (round > 0) times.get(name)?.push(time);
    }
  }
  const floor = quantile(times.get('node -e 0') ?? [], 0.5);
  return [...times].map(([name, all]) => {
    const median = quantile(all, 0.5);
    return `  ${name.padEnd(27)} median ${milliseconds(median)}, ${milliseconds(median - floor)} over Node itself`;
  });
}

/** The command over a folder, in a process of its own that tells its peak memory at its end. */
async function scan(folder: string): Promise<string> {
  const hook =
    "data:text/javascript,process.on('exit',()=>process.stderr.write('%5CnpeakKb='+process.resourceUsage().maxRSS))";
  const times: number[] = [];
  let peak = 0;
  let files = 0;
  let findings = 0;
  for (let round = 0; round < 4; round++) {
    const start = performance.now();
    const done = spawnSync(process.execPath, ['--import', hook, cli, 'lint', '--format', 'json', folder], {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    if (round > 0) times.push(performance.now() - start);
    peak = Math.max(peak, Number(/peakKb=(\d+)/.exec(done.stderr)?.[1] ?? 0));
    const report: { files: number; findings: unknown[] } = JSON.parse(done.stdout);
    files = report.files;
    findings = report.findings.length;
  }
  const seconds = quantile(times, 0.5) / 1000;
  const megabytes = (await bytesIn(folder)) / 1024 / 1024;
  return `  ${files} files, ${findings} findings in ${seconds.toFixed(2)} s: ${Math.round(files / seconds)} files/s, ${(megabytes / seconds).toFixed(2)} MB/s, peak memory ${Math.round(peak / 1024)} MB`;
}

/** The size of all files that the command opens. */
async function bytesIn(folder: string): Promise<number> {
  const { configurations } = openWorkspace({
    files: diskFiles,
    root: folder,
    rules: allRules,
    config: { from: 'nearest' },
    overrides: {},
  });
  const { found } = await discover(diskFiles, [withSlashes(folder)], configurations);
  return found.reduce((sum, { path }) => sum + statSync(path).size, 0);
}

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
try {
  console.log('Lint again after one typed character, 1,000 lines:');
  for (const format of ['dockerfile', 'compose', 'kubernetes'] as const) console.log(relint(format, 'recommended'));
  console.log(`${relint('kubernetes', 'all')}, with all rules`);
  console.log('Dockerfiles of 200 and 2,000 lines:');
  for (const lines of [200, 2000]) {
    console.log(relint('dockerfile', 'recommended', lines));
    console.log(`${relint('dockerfile', 'all', lines)}, with all rules`);
  }
  await measureDockerfiles(console.log);
  console.log('A Compose project of 50 services in 5 files, after one typed character:');
  for (const line of await measureComposeProject()) console.log(line);
  const built = spawnSync(
    process.execPath,
    [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'tools/build.ts')],
    { stdio: 'inherit' },
  );
  if (built.status !== 0) throw new Error('The build failed.');
  console.log('Start of the command for one small file:');
  for (const line of startUp(folder)) console.log(line);
  const named = process.argv[2];
  const generated = join(folder, 'workspace');
  for (const { name, text } of workspace(named === undefined ? 1000 : 0)) {
    mkdirSync(dirname(join(generated, name)), { recursive: true });
    writeFileSync(join(generated, name), text);
  }
  console.log(`A folder (${named ?? '1,000 generated files'}):`);
  console.log(await scan(named === undefined ? generated : resolve(process.env.INIT_CWD ?? '.', named)));
  await measureLanguageServer(cli, join(folder, 'served'), console.log);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
