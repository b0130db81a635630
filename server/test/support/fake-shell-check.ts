// A program that stands for ShellCheck: it writes down what it is asked, and gives one remark for each `$NAME`.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Asked {
  readonly words: readonly string[];
  readonly input: string;
  readonly options: string | undefined;
  readonly folder: string;
}

export interface FakeShellCheck {
  readonly path: string;
  /** In the order in which it was started. */
  asked(): readonly Asked[];
}

const remarks = `
  const comments = input.split('\\n').flatMap((text, line) =>
    [...text.matchAll(/\\$[A-Z]+/g)].map(({ 0: name, index }) => ({
      file: '-', line: line + 1, endLine: line + 1, column: index + 1, endColumn: index + 1 + name.length,
      level: 'info', code: 2086, message: 'Quote it.',
      fix: { replacements: [
        { line: line + 1, endLine: line + 1, column: index + 1, endColumn: index + 1, insertionPoint: 'afterEnd', replacement: '"' },
        { line: line + 1, endLine: line + 1, column: index + 1 + name.length, endColumn: index + 1 + name.length, insertionPoint: 'beforeStart', replacement: '"' },
      ] },
    })));
  process.stdout.write(JSON.stringify({ comments }));
  process.exitCode = comments.length > 0 ? 1 : 0;`;

/** Makes the program in a folder. `behaviour` is JavaScript that knows \`input\`. */
export function fakeShellCheck(folder: string, behaviour = remarks): FakeShellCheck {
  const path = join(folder, 'shellcheck-fake');
  const log = join(folder, 'shellcheck-fake.log');
  writeFileSync(
    path,
    `#!${process.execPath}
const { appendFileSync, readFileSync } = require('node:fs');
const input = readFileSync(0, 'utf8');
const asked = { words: process.argv.slice(2), input, options: process.env.SHELLCHECK_OPTS, folder: process.cwd() };
appendFileSync(${JSON.stringify(log)}, JSON.stringify(asked) + '\\n');
${behaviour}
`,
  );
  chmodSync(path, 0o755);
  return {
    path,
    asked: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [],
  };
}
