// `npm start [-- PATH]`: builds, lints PATH or the sample workspace, and says what to do next. With `--editor` before PATH it
// opens them in VS Code instead.
import { join, relative, resolve } from 'node:path';
import { bundle } from './bundle.js';
import { root, runNode } from './project.js';

const given = process.argv.slice(2);
/** Where the user stood when npm was started; paths count from there. */
const caller = process.env.INIT_CWD ?? process.cwd();

if (given[0] === '--editor') {
  // Loaded when it is asked for: it brings the tools of the editors along.
  const { openEditor } = await import('./editor/open.js');
  const [, path] = given;
  process.exitCode = await openEditor(path === undefined ? join(root, 'test-fixtures', 'shop') : resolve(caller, path));
} else {
  await lint();
}

async function lint(): Promise<void> {
  const sample = given.length === 0;
  const folder = sample ? root : caller;

  await bundle(join(root, 'dist'));
  const cli = join(root, 'dist', 'cli.js');
  if (sample) console.log('Linting the sample workspace test-fixtures/shop\n');
  const { status } = await runNode([cli, 'lint', ...(sample ? [join('test-fixtures', 'shop')] : given)], {
    show: true,
    cwd: folder,
  });

  if (status === 0 || status === 1) {
    const command = `node ${relative(caller, cli) || 'cli.js'}`;
    const next = [
      ['npm start -- PATH', 'lints your own files or folders'],
      [`${command} lint --fix PATH`, 'mends what is safe to mend'],
      [`${command} explain ID`, 'says why a rule exists and what to do about it'],
      [`${command} init`, 'writes a .plimsoll.yaml for your rules and registries'],
      ['npm start -- --editor', 'opens the sample workspace in VS Code, with the extension'],
      ['npm test', 'runs every test of the project'],
    ] as const;
    const width = Math.max(...next.map(([text]) => text.length));
    console.log(
      `\nWhat next ('plimsoll' is '${command}' here):\n${next.map(([text, effect]) => `  ${text.padEnd(width)}  ${effect}`).join('\n')}`,
    );
  } else {
    console.error('\nNot everything could be linted: the lines above say why.');
    process.exitCode = status;
  }
}
