// Reads annotations back as the runner of GitHub Actions does: `::name key=value,key=value::message`, with escapes.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { hostileCompose, hostileFile, shownFile, shownNames } from './hostile.js';
import { openWorkshop, type Workshop } from './workshop.js';

interface Command {
  readonly name: string;
  readonly properties: { readonly [key: string]: string };
  readonly message: string;
}

/** What a line of a log is to the runner; undefined for one that it only shows. */
function commandOf(line: string): Command | undefined {
  const trimmed = line.trimStart();
  if (!trimmed.startsWith('::')) return undefined;
  const end = trimmed.indexOf('::', 2);
  if (end < 0) return undefined;
  const head = trimmed.slice(2, end);
  const space = head.indexOf(' ');
  const name = space < 0 ? head : head.slice(0, space);
  const pairs = space < 0 ? [] : head.slice(space + 1).split(',');
  return {
    name,
    properties: Object.fromEntries(
      pairs.map((pair) => {
        const equals = pair.indexOf('=');
        return [pair.slice(0, equals).trim(), unescaped(pair.slice(equals + 1), { '%3A': ':', '%2C': ',' })];
      }),
    ),
    message: unescaped(trimmed.slice(end + 2), {}),
  };
}

function unescaped(text: string, more: { readonly [escape: string]: string }): string {
  const escapes: { readonly [escape: string]: string } = { '%0D': '\r', '%0A': '\n', '%25': '%', ...more };
  return text.replace(/%(?:0D|0A|25|3A|2C)/g, (escape) => escapes[escape] ?? escape);
}

describe('annotations for GitHub', () => {
  let shop: Workshop;

  beforeEach(() => {
    shop = openWorkshop();
  });

  afterEach(() => shop.close());

  async function commands(words: readonly string[] = []): Promise<readonly (Command | undefined)[]> {
    const { stdout } = await shop.lint(['--format', 'github', ...words]);
    return stdout
      .trimEnd()
      .split(/\r\n|\r|\n/)
      .map(commandOf);
  }

  it('are read back as they were meant: file, lines, columns, title and message', async () => {
    shop.write('k8s/a,b:c%2C.yaml/compose.yaml', 'services:\n  web:\n    privileged: true\n');
    assert.deepEqual(await commands(), [
      {
        name: 'error',
        properties: {
          file: 'k8s/a,b:c%2C.yaml/compose.yaml',
          line: '3',
          endLine: '3',
          col: '17',
          endColumn: '20',
          title: 'plimsoll(privileged)',
        },
        message: "Container 'web' is privileged: a break-out owns the host.",
      },
    ]);
  });

  it('have a kind for each severity', async () => {
    shop.write('compose.yaml', 'services:\n  web:\n    privileged: true\n');
    for (const [severity, name] of [
      ['error', 'error'],
      ['warning', 'warning'],
      ['info', 'notice'],
      ['hint', 'notice'],
    ] as const) {
      assert.deepEqual(
        (await commands(['--rule', `privileged=${severity}`])).map((command) => command?.name),
        [name],
      );
    }
  });

  it('are one command for each finding, whatever the texts say: none ends one or begins another', async () => {
    shop.write(hostileFile, hostileCompose);
    const found = await commands(['--only', 'privileged']);
    assert.deepEqual(
      found.map((command) => [command?.name, command?.properties.file, command?.message]),
      shownNames
        .slice(0, -1)
        .map((name) => ['error', shownFile, `Container '${name}' is privileged: a break-out owns the host.`]),
    );
  });
});
