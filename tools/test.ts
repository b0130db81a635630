// `npm test`: the check, every test with coverage, the suites in a real VS Code, and one closing line `N passed, N failed`.
// Arguments go to mocha; the suites in VS Code are then left out.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.js';
import { whyNoPrivateVSCode } from './editor/install.js';
import { type EditorTestResult, runEditorTests } from './editor/run-tests.js';
import { findDockerCompose, findEmacs, findNeovim, findPreCommit, findShellCheck } from './programs.js';
import { root, runNode, tool } from './project.js';
import { packageExtension } from './vsix.js';

const given = process.argv.slice(2);
const coverage = join(root, 'coverage');
const counts = join(coverage, 'counts.json');
rmSync(coverage, { recursive: true, force: true });
mkdirSync(coverage);

const check = await runNode(['--import', 'tsx', join(root, 'tools', 'check.ts')], { show: true });
const tests = await runNode(
  [
    ...[tool('c8'), process.execPath, tool('mocha')],
    ...['--forbid-only', '--forbid-pending', '--fail-zero'],
    ...['--reporter', join(root, 'tools', 'test-reporter.cjs'), '--reporter-option', `counts=${counts}`],
    ...['server/test/**/*.test.ts', ...given],
  ],
  { show: true },
);

const { passes, failures } = readCounts();
const troubles: string[] = [];
if (check.status !== 0) troubles.push('`npm run check` failed; what it found is above the tests.');
if (passes + failures === 0) troubles.push('No test ran.');
else if (tests.status !== 0 && failures === 0)
  troubles.push('The tests passed, but the run failed: see the lines above.');

const editor = given.length === 0 ? await runInEditor() : undefined;
if (editor !== undefined) console.log();
troubles.push(...(editor?.troubles ?? []));
for (const trouble of troubles) console.log(`✖ ${trouble}`);
console.log(`Coverage: ${readCoverage()} (coverage/index.html)`);
const leftOut = [...(editor?.leftOut ?? [])];
for (const [program, found] of [
  ['Neovim', findNeovim()],
  ['Emacs', findEmacs()],
  ['pre-commit', findPreCommit()],
  ['ShellCheck', findShellCheck()],
] as const) {
  if ('missing' in found) leftOut.push(`The suite in ${program} did not run: ${found.missing}.`);
}
const compose = findDockerCompose();
if ('missing' in compose) leftOut.push(`The differential test against Compose did NOT run: ${compose.missing}.`);
for (const sentence of leftOut) console.log(`⚠ ${sentence}`);
if (editor === undefined) {
  console.log('⚠ The tests in VS Code did not run, because of the arguments; `npm run test:editor` runs them alone.');
}
const passed = passes + (editor?.passed ?? 0);
// A person's machine may be unable to run a suite; a build server has to.
const failed = failures + (editor?.failed ?? 0) + troubles.length + (process.env.CI ? leftOut.length : 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** The suites in VS Code, with the extension from its sources and from a package as users get it. */
async function runInEditor(): Promise<EditorTestResult> {
  const reason = whyNoPrivateVSCode();
  if (reason !== undefined) {
    // No fault of a build server: its desktop VS Code has run the same tests.
    console.log(`⚠ The package of the extension is not tried in VS Code: ${reason}.`);
    return runEditorTests({});
  }
  await bundle(join(root, 'dist'));
  const { file, trouble } = await packageExtension(join(root, 'out', 'package'));
  if (trouble === undefined) return runEditorTests({ vsix: file });
  const result = await runEditorTests({});
  return { ...result, troubles: [...result.troubles, `The extension could not be packaged:\n${trouble}`] };
}

/** Zeros where the run ended before mocha could write them. */
function readCounts(): { readonly passes: number; readonly failures: number } {
  return existsSync(counts) ? JSON.parse(readFileSync(counts, 'utf8')) : { passes: 0, failures: 0 };
}

function readCoverage(): string {
  const file = join(coverage, 'coverage-summary.json');
  if (!existsSync(file)) return 'none was measured';
  const { total }: { readonly total: Readonly<Record<'lines' | 'branches', { readonly pct: number }>> } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  return `${total.lines.pct} % of the lines, ${total.branches.pct} % of the branches`;
}
