// Plants an allowed and a forbidden line in every room, in a copy of the house, and asks biome what it thinks of them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'mocha';

interface Room {
  readonly file: string;
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
}

const rooms: readonly Room[] = [
  {
    file: 'server/src/text/planted.ts',
    allowed: ['./span.js'],
    refused: ['../model/format.js', '../engine/rule.js', 'node:fs', 'yaml', 'vscode'],
  },
  {
    file: 'server/src/model/planted.ts',
    allowed: ['./format.js', '../text/span.js'],
    refused: ['../engine/rule.js', '../languages/detect.js', 'node:path', 'yaml'],
  },
  {
    file: 'server/src/model/kubernetes/planted.ts',
    allowed: ['./pod.js', '../format.js', '../../text/span.js'],
    refused: ['../../engine/rule.js', '../../languages/detect.js', '../../standards/all.js', 'node:path', 'yaml'],
  },
  {
    file: 'server/src/engine/planted.ts',
    allowed: ['./rule.js', '../text/span.js', '../model/format.js'],
    refused: ['../rules/all.js', '../languages/detect.js', '../service/lint.js', '../standards/all.js', 'node:fs'],
  },
  {
    file: 'server/src/engine/ignores/planted.ts',
    allowed: ['./hadolint.js', '../language.js', '../../text/span.js', '../../model/format.js'],
    refused: ['../../rules/all.js', '../../languages/detect.js', '../../service/lint.js', 'node:fs', 'yaml'],
  },
  {
    file: 'server/src/standards/planted.ts',
    allowed: ['./cis.js'],
    refused: ['../model/format.js', '../engine/rule.js', '../rules/all.js', 'node:fs'],
  },
  {
    file: 'server/src/rules/group/planted/planted.ts',
    allowed: [
      './table.js',
      '../../../text/span.js',
      '../../../model/format.js',
      '../../../engine/rule.js',
      '../../../standards/cis.js',
    ],
    refused: ['../other/rule.js', '../../all.js', '../../../languages/yaml/read.js', '../../../cli/main.js', 'yaml'],
  },
  {
    file: 'server/src/rules/all.ts',
    allowed: ['./group/planted/rule.js', '../engine/rule.js'],
    refused: ['../languages/detect.js', '../text/span.js', 'node:fs'],
  },
  {
    file: 'server/src/languages/planted.ts',
    allowed: ['./yaml/read.js', '../engine/language.js', '../model/format.js', '../text/span.js'],
    refused: ['yaml', 'dockerfile-ast', 'unbash', '../rules/all.js', '../service/lint.js', 'node:fs'],
  },
  {
    file: 'server/src/languages/yaml/planted.ts',
    allowed: ['./node.js', 'yaml', '../../engine/language.js', '../../model/format.js', '../../text/span.js'],
    refused: ['unbash', 'dockerfile-ast', '../compose/read.js', '../../rules/all.js', 'node:fs'],
  },
  {
    file: 'server/src/languages/shell/planted.ts',
    allowed: ['./parse.js', 'unbash', '../../model/shell-command.js', '../../text/span.js'],
    refused: ['yaml', 'dockerfile-ast', '../yaml/read.js', '../dockerfile/read.js', 'node:child_process'],
  },
  {
    file: 'server/src/languages/dockerfile/planted.ts',
    allowed: ['./read.js', '../shell/parse.js', '../../engine/language.js', '../../text/span.js'],
    refused: ['yaml', 'unbash', '../yaml/read.js', '../../service/lint.js', 'node:fs'],
  },
  {
    file: 'server/src/languages/dockerfile/script/planted.ts',
    allowed: ['./read.js', '../split.js', '../variables/scope.js', '../../shell/parse.js', '../../../text/span.js'],
    refused: ['unbash', '../../yaml/read.js', '../../compose/read.js', '../../../service/lint.js', 'node:fs'],
  },
  {
    file: 'server/src/languages/compose/planted.ts',
    allowed: ['./read.js', '../yaml/read.js', '../shell/parse.js', '../../model/workload.js'],
    refused: ['yaml', 'unbash', '../kubernetes/read.js', '../dockerfile/read.js', '../../rules/all.js', 'node:fs'],
  },
  {
    file: 'server/src/languages/kubernetes/planted.ts',
    allowed: ['./read.js', '../yaml/read.js', '../shell/parse.js', '../../model/workload.js'],
    refused: ['yaml', 'unbash', '../compose/read.js', '../dockerfile/read.js', '../../rules/all.js', 'node:fs'],
  },
  {
    file: 'server/src/languages/config/planted.ts',
    allowed: ['./read.js', '../yaml/read.js', '../../engine/settings.js', '../../text/closest.js'],
    refused: ['yaml', '../shell/parse.js', '../../rules/all.js', '../../service/lint.js', 'node:fs'],
  },
  {
    file: 'server/src/service/planted.ts',
    allowed: ['./lint.js', '../rules/all.js', '../rules/pages.js', '../languages/detect.js', '../engine/rule.js'],
    refused: ['../cli/main.js', '../lsp/node.js', 'node:fs', 'yaml', '../rules/group/planted/rule.js', 'vscode'],
  },
  {
    file: 'server/src/cli/planted.ts',
    allowed: ['./main.js', 'node:fs', 'node:fs/promises', '../service/lint.js', '../text/span.js', '../rules/all.js'],
    refused: ['../lsp/node.js', 'yaml', 'vscode', '../rules/group/planted/rule.js'],
  },
  {
    file: 'server/src/cli/reporters/planted.ts',
    allowed: ['./text.js', '../main.js', 'node:path', '../../service/lint.js', '../../text/span.js'],
    refused: ['../../lsp/node.js', 'yaml', 'vscode'],
  },
  {
    file: 'server/src/cli/commands/lsp.ts',
    allowed: ['../args.js', '../../lsp/node.js', 'node:path'],
    refused: ['../../lsp/server.js', 'vscode-languageserver', 'yaml', 'vscode'],
  },
  {
    file: 'server/src/lsp/planted.ts',
    allowed: ['./documents.js', '../service/lint.js', '../text/span.js', 'vscode-languageserver', 'vscode-uri'],
    refused: ['../cli/main.js', '../disk/disk-files.js', 'vscode-languageserver/node', 'node:fs', 'yaml', 'vscode'],
  },
  {
    file: 'server/src/lsp/node.ts',
    allowed: ['./planted.js', '../service/lint.js', '../disk/disk-files.js', 'vscode-languageserver/node'],
    refused: ['../cli/main.js', 'vscode-languageserver/browser', 'node:fs', 'yaml', 'vscode'],
  },
  {
    file: 'server/src/lsp/browser.ts',
    allowed: ['./planted.js', '../service/lint.js', 'vscode-languageserver/browser'],
    refused: ['../disk/disk-files.js', 'vscode-languageserver/node', 'node:fs', 'yaml', 'vscode'],
  },
  {
    file: 'server/src/disk/planted.ts',
    allowed: ['./disk-files.js', '../service/files.js', 'node:fs', 'node:fs/promises'],
    refused: ['../cli/main.js', '../lsp/node.js', '../languages/detect.js', '../rules/all.js', 'yaml', 'vscode'],
  },
  {
    file: 'client/src/planted.ts',
    allowed: ['./status.js', './commands/show-rule.js', 'vscode', 'vscode-languageclient/node'],
    refused: ['../../server/src/text/span.js', 'yaml', 'unbash', 'vscode-languageserver', 'node:fs'],
  },
  {
    file: 'client/src/commands/planted.ts',
    allowed: ['./show-rule.js', '../status.js', 'vscode', 'vscode-languageclient'],
    refused: ['../../../server/src/text/span.js', 'yaml', 'node:child_process'],
  },
  { file: 'server/src/no-such-room/planted.ts', allowed: [], refused: ['./here.js', '../text/span.js', 'node:fs'] },
  { file: 'server/test/planted.ts', allowed: ['../src/text/span.js', 'node:fs', 'yaml'], refused: ['vscode'] },
];

const pure = [
  'text',
  'model',
  'engine',
  'engine/ignores',
  'standards',
  'rules/group/planted',
  'languages/yaml',
  'service',
];
const impure = ['cli', 'disk', 'lsp'];
const globals = ['process', 'Date', 'setTimeout', 'fetch', 'Buffer', 'console', 'globalThis'];

interface Diagnostic {
  readonly category: string;
  readonly file: string;
  readonly line: number;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));
const biome = join(dirname(createRequire(import.meta.url).resolve('@biomejs/biome/package.json')), 'bin', 'biome');

/** One import a line, so that a complaint about a line is a complaint about an import. */
function imports(sources: readonly string[]): string {
  return sources.map((source, index) => `import { name${index} } from '${source}';\n`).join('');
}

describe('the walls of the house', () => {
  let house = '';
  let diagnostics: readonly Diagnostic[] = [];

  function plant(file: string, text: string): void {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), text);
  }

  /** The lines of a planted file, counted from 1, that the rule refuses. */
  function refusedLines(file: string, rule: string): number[] {
    const lines = diagnostics.filter((d) => d.file === file && d.category.endsWith(`/${rule}`)).map((d) => d.line);
    return [...new Set(lines)].sort((a, b) => a - b);
  }

  before(() => {
    house = mkdtempSync(join(tmpdir(), 'plimsoll-walls-'));
    copyFileSync(join(root, 'biome.json'), join(house, 'biome.json'));
    for (const room of rooms) plant(room.file, imports([...room.allowed, ...room.refused]));
    for (const room of [...pure, ...impure]) {
      plant(`server/src/${room}/globals.ts`, globals.map((name) => `export const from${name} = ${name};\n`).join(''));
    }
    plant('server/src/model/first.ts', "import { second } from './second.js';\nexport const first = () => second;\n");
    plant('server/src/model/second.ts', "import { first } from './first.js';\nexport const second = () => first;\n");
    plant('server/src/rules/group/planted/rule.ts', 'export default {};\n');
    plant('server/src/engine/default.ts', 'export default {};\n');
    const run = spawnSync(process.execPath, [biome, 'lint', '--reporter=json', '--max-diagnostics=none', '.'], {
      cwd: house,
      encoding: 'utf8',
    });
    const report: unknown = JSON.parse(run.stdout);
    diagnostics = readDiagnostics(report);
  });

  after(() => rmSync(house, { recursive: true, force: true }));

  for (const { file, allowed, refused } of rooms) {
    it(`${file}: lets in what it may import, and nothing else`, () => {
      const expected = refused.map((_, index) => allowed.length + index + 1);
      const text = [...allowed, ...refused];
      assert.deepEqual(
        refusedLines(file, 'noRestrictedImports').map((line) => text[line - 1]),
        expected.map((line) => text[line - 1]),
      );
    });
  }

  for (const room of pure) {
    it(`${room}/ reaches for nothing outside: no process, clock, network or console`, () => {
      assert.deepEqual(
        refusedLines(`server/src/${room}/globals.ts`, 'noRestrictedGlobals').map((line) => globals[line - 1]),
        globals,
      );
    });
  }

  for (const room of impure) {
    it(`${room}/ is a door and may reach outside`, () => {
      assert.deepEqual(refusedLines(`server/src/${room}/globals.ts`, 'noRestrictedGlobals'), []);
    });
  }

  it('refuses imports that go in a circle', () => {
    assert.deepEqual(refusedLines('server/src/model/first.ts', 'noImportCycles'), [1]);
    assert.deepEqual(refusedLines('server/src/model/second.ts', 'noImportCycles'), [1]);
  });

  it('keeps default exports to rule.ts', () => {
    assert.deepEqual(refusedLines('server/src/rules/group/planted/rule.ts', 'noDefaultExport'), []);
    assert.deepEqual(refusedLines('server/src/engine/default.ts', 'noDefaultExport'), [1]);
  });
});

function readDiagnostics(report: unknown): readonly Diagnostic[] {
  assert.ok(
    typeof report === 'object' && report !== null && 'diagnostics' in report && Array.isArray(report.diagnostics),
  );
  const entries: readonly { category: string; location: { path: string; start: { line: number } } }[] =
    report.diagnostics;
  return entries.map((entry) => ({
    category: entry.category,
    file: entry.location.path.replaceAll('\\', '/'),
    line: entry.location.start.line,
  }));
}
