// Runs the suites of client/test in a real VS Code: in the extension host of Node, in the worker of the web, and against a
// package that is installed. The private VS Code is preferred; a desktop one does where that cannot be had.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser as Chromium } from 'playwright-core';
import { root } from '../project.js';
import { installDesktop, runOnDesktop, whyNoDesktop } from './desktop.js';
import { startDriver } from './driver.js';
import { copyWorkspace, startHost } from './host.js';
import { type Browser, findBrowser, installVSCode, type PrivateVSCode, whyNoPrivateVSCode } from './install.js';
import { kindsOf, stageExtension, stageNothing } from './stage.js';
import { bundleSuite, SuiteOutput, testFiles } from './suite.js';
import { type Kind, launch, openWorkbench, type Workbench } from './workbench.js';

export interface EditorTestOptions {
  /** The folder of an extension; the project's own, newly bundled, where it is left out. */
  readonly extension?: string | undefined;
  /** Those that the manifest has an entry for, where it is left out. */
  readonly kinds?: readonly Kind[] | undefined;
  /** A package (`.vsix`) that is tried as well, by some of the tests. */
  readonly vsix?: string | undefined;
  /** Test files, as paths from the project's folder; all of client/test where it is left out. */
  readonly files?: readonly string[] | undefined;
  /** Only tests whose titles match. */
  readonly grep?: string | undefined;
  /** In a desktop VS Code even where the private one could be had. */
  readonly desktop?: boolean | undefined;
  /** Copied for each suite, which may write into it. */
  readonly workspace?: string | undefined;
  /** For one suite, in milliseconds. */
  readonly timeout?: number | undefined;
}

export interface EditorTestResult {
  readonly passed: number;
  readonly failed: number;
  /** For people: what went wrong besides tests. */
  readonly troubles: readonly string[];
  /** For people: each suite that did not run, and why. */
  readonly leftOut: readonly string[];
}

interface Suite {
  readonly name: string;
  readonly kind: Kind;
  readonly files: readonly string[];
  readonly vsix?: string;
  /** In a folder that is not trusted. */
  readonly restricted?: boolean;
  /** The folder below out/test for its console and its pictures. */
  readonly record: string;
}

interface Staged {
  /** What VS Code loads from its folder. */
  readonly extension: string;
  readonly tests: string;
}

type Say = (line: string) => void;

type Editor =
  | { readonly type: 'private'; readonly vscode: PrivateVSCode; readonly browser: Browser }
  | { readonly type: 'desktop'; readonly executable: string };

/** What a package has to pass: it starts, and its server is in it with all that is loaded late. */
const smoke = /\/(extension|findings|fixes|scan|restricted\/[^/]+)\.test\.ts$/;

export async function runEditorTests(options: EditorTestOptions): Promise<EditorTestResult> {
  const suites: readonly Suite[] = [
    ...(options.kinds ?? kindsOf(options.extension ?? root)).map(
      (kind): Suite => ({
        name: kind === 'node' ? 'extension host of Node' : 'extension host of the web',
        kind,
        files: options.files ?? testFiles(kind),
        record: kind,
      }),
    ),
    ...(options.vsix === undefined
      ? []
      : [
          {
            name: 'installed package',
            kind: 'node',
            files: options.files ?? testFiles('node').filter((file) => smoke.test(file)),
            vsix: options.vsix,
            record: 'package',
          } satisfies Suite,
          {
            name: 'installed package in Restricted Mode',
            kind: 'node',
            files: options.files ?? testFiles('restricted').filter((file) => smoke.test(file)),
            vsix: options.vsix,
            restricted: true,
            record: 'restricted',
          } satisfies Suite,
        ]),
  ];

  const editor = await prepare(options.desktop === true);
  if (typeof editor === 'string') {
    return {
      passed: 0,
      failed: 0,
      troubles: [],
      leftOut: suites.map(({ name }) => `VS Code, ${name}: its tests did not run: ${editor}.`),
    };
  }

  const able = suites.filter(({ vsix }) => editor.type === 'private' || vsix === undefined);
  const leftOut = suites
    .filter((suite) => !able.includes(suite))
    .map(({ name }) => `VS Code, ${name}: its tests did not run, they need the private VS Code.`);
  const reports: Report[] = [];
  if (editor.type === 'private') {
    // Together, since they wait most of the time. One after the other is to be seen.
    const turns = suites.map((suite, index) => new Turn(index === 0, suite));
    const runs = turns.map(({ suite, say }) => report(editor, suite, options, say));
    for (const [index, run] of runs.entries()) {
      turns[index]?.begin();
      reports.push(await run);
    }
  } else {
    // Windows of a desktop take the focus from each other.
    for (const suite of able) reports.push(await report(editor, suite, options, console.log));
  }
  return {
    passed: sum(reports.map(({ passed }) => passed)),
    failed: sum(reports.map(({ failed }) => failed)),
    troubles: reports.flatMap(({ trouble }) => (trouble === undefined ? [] : [trouble])),
    leftOut,
  };
}

/** Keeps the lines of a suite until it is its turn to be seen. */
class Turn {
  readonly suite: Suite;
  readonly #kept: string[] = [];
  #begun: boolean;

  constructor(begun: boolean, suite: Suite) {
    this.#begun = begun;
    this.suite = suite;
  }

  readonly say = (line: string): void => {
    if (this.#begun) console.log(line);
    else this.#kept.push(line);
  };

  begin(): void {
    this.#begun = true;
    for (const line of this.#kept.splice(0)) console.log(line);
  }
}

interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly trouble: string | undefined;
}

async function report(editor: Editor, suite: Suite, options: EditorTestOptions, say: Say): Promise<Report> {
  say(`\nVS Code, ${suite.name}:`);
  rmSync(recordOf(suite), { recursive: true, force: true });
  mkdirSync(recordOf(suite), { recursive: true });
  const started = performance.now();
  const output = new SuiteOutput(say);
  const trouble = await (editor.type === 'private'
    ? runInPrivate(editor, suite, options, output)
    : runInDesktop(editor.executable, suite, options, output)
  ).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  say(`(${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (output.counts?.done !== true) for (const failure of output.failures) say(`\n  ${failure}`);
  const what = trouble ?? missing(output);
  return {
    passed: output.counts?.passes ?? 0,
    failed: output.counts?.failures ?? 0,
    trouble: what && `VS Code, ${suite.name}: ${what}`,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function missing({ counts }: SuiteOutput): string | undefined {
  if (counts?.done !== true) return 'the run ended before mocha did.';
  return counts.passes + counts.failures === 0 ? 'no test ran.' : undefined;
}

/** The editor for the suites, installed, or why there is none. */
async function prepare(onDesktop: boolean): Promise<Editor | string> {
  const reason = whyNoPrivateVSCode();
  try {
    if (reason === undefined && !onDesktop) {
      const vscode = await installVSCode(console.log);
      return { type: 'private', vscode, browser: await findBrowser(console.log) };
    }
    const noDesktop = whyNoDesktop();
    if (noDesktop === undefined) return { type: 'desktop', executable: await installDesktop(console.log) };
    return `a desktop VS Code cannot be started, ${noDesktop}${reason === undefined ? '' : `; of the private one, ${reason}`}`;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
  }
}

/** Returns what went wrong besides tests. */
async function runInPrivate(
  { vscode, browser }: Extract<Editor, { readonly type: 'private' }>,
  suite: Suite,
  options: EditorTestOptions,
  output: SuiteOutput,
): Promise<string | undefined> {
  const record = recordOf(suite);
  const host = await startHost(vscode, {
    automated: true,
    restricted: suite.restricted === true,
    ...(suite.vsix === undefined ? {} : { packages: [suite.vsix] }),
  });
  const driver = await startDriver(host.token, record);
  let chromium: Chromium | undefined;
  let workbench: Workbench | undefined;
  let trouble: string | undefined;
  try {
    const staged = await stage(host.folder, suite, options, output, driver.address);
    chromium = await launch(browser);
    const opened = openWorkbench(chromium, host, {
      folder: copyWorkspace(host, options.workspace ?? sample),
      ...staged,
      kind: suite.kind,
      onLine: (line) => output.read(line),
      onOpen: (opening) => {
        workbench = opening;
        driver.attach(opening);
      },
    });
    // 0 and 1 are what mocha's word was; its counts tell it better.
    const over = await Promise.race([
      opened.then(({ exit }) => exit).then((code) => `VS Code ended the run (${code}).`),
      host.ended.then(() => 'the server of VS Code ended.'),
      lateness(output, options),
    ]);
    if (output.counts?.done !== true) trouble = over;
  } catch (error) {
    trouble = error instanceof Error ? error.message : String(error);
  }
  const picture = join(record, 'trouble.png');
  // The page may be what the trouble is with.
  if (trouble !== undefined) await workbench?.screenshot(picture).catch(() => undefined);
  driver.stop();
  await chromium?.close();
  await host.stop();
  const log = join(record, 'console.log');
  writeFileSync(log, [...(workbench?.log ?? []), host.log()].join('\n'));
  return (
    trouble &&
    `${trouble} See ${[log, picture]
      .filter(existsSync)
      .map((file) => relative(root, file))
      .join(' and ')}.`
  );
}

/** Returns what went wrong besides tests. */
async function runInDesktop(
  executable: string,
  suite: Suite,
  options: EditorTestOptions,
  output: SuiteOutput,
): Promise<string | undefined> {
  const data = mkdtempSync(join(tmpdir(), 'plimsoll-desktop-'));
  const lines: string[] = [];
  try {
    const over = new AbortController();
    const run = runOnDesktop(executable, {
      ...(await stage(data, suite, options, output)),
      kind: suite.kind,
      workspace: copyWorkspace({ folder: data }, options.workspace ?? sample),
      data,
      signal: over.signal,
      onLine: (line) => {
        lines.push(line);
        output.read(line);
      },
    });
    const trouble = await Promise.race([
      run.then((status) => `VS Code ended the run (${status}).`),
      lateness(output, options),
    ]);
    over.abort();
    await run;
    if (output.counts?.done === true) return undefined;
    return `${trouble} See ${relative(root, join(recordOf(suite), 'console.log'))}.`;
  } finally {
    writeFileSync(join(recordOf(suite), 'console.log'), lines.join('\n'));
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Puts what VS Code is to load into a folder of this run alone, so that several can run at a time. */
async function stage(
  folder: string,
  suite: Suite,
  options: EditorTestOptions,
  output: SuiteOutput,
  driver?: string,
): Promise<Staged> {
  const extension = join(folder, 'extension');
  if (suite.vsix !== undefined) stageNothing(extension);
  else await stageExtension(options.extension, suite.kind, extension);
  // VS Code runs tests in the host of the extension whose folder they are in.
  const tests = join(extension, 'suite.js');
  await bundleSuite(tests, { kind: suite.kind, files: suite.files, grep: options.grep, driver });
  output.readSources(tests);
  return { extension, tests };
}

/** Resolves with what to say when the tests take too long. */
async function lateness(output: SuiteOutput, options: EditorTestOptions): Promise<string> {
  const timeout = options.timeout ?? 600_000;
  const end = performance.now() + timeout;
  while (performance.now() < end) {
    // Does not keep the process.
    await setTimeout(500, undefined, { ref: false });
    // Mocha gives up on a test before.
    if (performance.now() - output.heard > silence) return `nothing was heard of mocha for ${silence / 1000} s.`;
  }
  return `nothing came to an end in ${timeout / 1000} s.`;
}

const silence = 75_000;
const sample = join(root, 'test-fixtures', 'shop');

/** The folder for what is left of a suite's run: its console and its pictures. Emptied by its next run. */
function recordOf(suite: Suite): string {
  return join(root, 'out', 'test', suite.record);
}
