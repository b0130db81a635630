// Runs mocha inside an extension host. The bundle of a suite calls this from its `run`, which VS Code waits for.
import Mocha from 'mocha';

/** What the runner of the suites puts into their bundles. */
declare const SUITE: {
  readonly color: boolean;
  readonly grep?: string;
  readonly driver?: string;
};

/**
 * Runs the tests that `load` defines. Mocha's lines leave through the console, which other extensions write to as well, so
 * each of ours begins with a mark; the arguments go as JSON because a worker has nothing that formats them.
 */
export async function run(load: () => void): Promise<void> {
  const say = (...args: readonly unknown[]) => console.log(`suite-line ${JSON.stringify(args)}`);
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', color: SUITE.color, timeout: 30_000, forbidOnly: true });
  if (SUITE.grep !== undefined) mocha.grep(new RegExp(SUITE.grep));
  Mocha.reporters.Base.consoleLog = say;
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  try {
    load();
  } catch (error) {
    say('%s', error instanceof Error ? error.stack : error);
    throw error;
  }
  const counts = { passes: 0, failures: 0 };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    // At once, for a run that does not come to its end: mocha itself says last why something failed.
    runner.on('pass', () => {
      counts.passes += 1;
      tell(false);
    });
    runner.on('fail', (test, error) => {
      counts.failures += 1;
      tell(false);
      console.log(`suite-failure ${JSON.stringify([`${test.fullTitle()}: ${error?.stack ?? error}`])}`);
    });
  });
  tell(true);
  if (counts.failures > 0) throw new Error(`${counts.failures} failed`);

  function tell(done: boolean): void {
    console.log(`suite-counts ${JSON.stringify({ ...counts, done })}`);
  }
}
