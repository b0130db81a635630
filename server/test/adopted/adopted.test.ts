// One repository with everything that a team may have: the command line and the editor say the same about it.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'mocha';
import type { Diagnostic } from 'vscode-languageserver/node';
import { type Client, pullCapabilities, pushCapabilities, startClient } from '../lsp/client.js';
import { jsonReport } from '../support/json-report.js';

const fixtures = fileURLToPath(new URL('../../../test-fixtures/', import.meta.url));
const expected = JSON.parse(readFileSync(join(fixtures, 'adopted.expected.json'), 'utf8')) as {
  readonly told: readonly string[];
  readonly silenced: readonly string[];
};

interface Report {
  readonly heldBack: number;
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly file: string;
    readonly range: { readonly start: Position; readonly end: Position };
    readonly suppressed: { readonly by: string; readonly tool?: string; readonly reason: string } | null;
  }[];
}

interface Position {
  readonly line: number;
  readonly column: number;
}

const severities = ['', 'error', 'warning', 'info', 'hint'];

describe('a repository that was there before', () => {
  let folder: string;
  let client: Client | undefined;
  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll-adopted-')));
    cpSync(join(fixtures, 'adopted'), folder, { recursive: true });
    mkdirSync(join(folder, '.git'));
  });
  after(async () => {
    await client?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function lint(...words: string[]): Promise<Report> {
    return (await jsonReport(folder, ...words)) as Report;
  }

  function told({ findings }: Report): readonly string[] {
    return findings
      .filter(({ suppressed }) => suppressed === null)
      .map(({ file, rule, severity, range: { start, end } }) => {
        return `${file} ${rule} ${start.line}:${start.column}-${end.line}:${end.column} ${severity}`;
      });
  }

  it('has these findings on the command line, and these are silenced by what was there', async () => {
    const report = await lint('--show-suppressed');
    assert.deepEqual(told(report), expected.told);
    assert.deepEqual(
      report.findings.flatMap(({ file, rule, range: { start }, suppressed }) => {
        if (suppressed === null) return [];
        const by = suppressed.tool === undefined ? suppressed.by : `${suppressed.by} ${suppressed.tool}`;
        const reason = suppressed.by === 'baseline' || suppressed.reason === '' ? '' : `: ${suppressed.reason}`;
        return [`${file} ${rule} ${start.line}:${start.column} ${by}${reason}`];
      }),
      expected.silenced,
    );
    assert.equal(report.heldBack, expected.silenced.filter((line) => line.endsWith(' baseline')).length);
  });

  it('has no other findings in an editor: in files that are open, and in those that are not', async () => {
    client = await startClient({ capabilities: pullCapabilities, files: contents() });
    const scanned = new Map<string, readonly Diagnostic[]>();
    const ids = new Map<string, string>();
    while (scanned.size < filesBelow().length || !isDone(scanned)) {
      for (const report of (await client.pullWorkspace(ids)).items) {
        if (report.resultId !== undefined) ids.set(report.uri, report.resultId);
        if (report.kind === 'full') scanned.set(report.uri, report.items);
      }
    }
    const opened = new Map<string, readonly Diagnostic[]>();
    for (const path of filesBelow()) {
      const uri = await client.open(path, path.endsWith('Dockerfile') ? 'dockerfile' : 'yaml', textOf(path));
      opened.set(uri, await client.diagnostics(uri));
    }
    for (const known of [scanned, opened]) assert.deepEqual(shownBy(client, known), expected.told);
  });

  it('has no other findings in an editor that is told of them', async () => {
    await client?.stop();
    client = await startClient({ capabilities: pushCapabilities, files: contents() });
    const pushing = client;
    await pushing.until(() => {
      const known = new Map(pushing.published.map(({ uri, diagnostics }) => [uri, diagnostics]));
      return shownBy(pushing, known).join() === expected.told.join();
    });
    const known = new Map(pushing.published.map(({ uri, diagnostics }) => [uri, diagnostics]));
    assert.deepEqual(shownBy(pushing, known), expected.told);
  });

  it('shows what is old again when nothing inline counts, but for what the config file silences', async () => {
    const silenced = await lint('--show-suppressed', '--no-inline-ignores');
    const by = new Set(silenced.findings.map(({ suppressed }) => suppressed?.by));
    assert.deepEqual([...by].sort(), ['baseline', 'config', undefined]);
    assert.ok(told(silenced).includes('deploy/web.yaml privileged 25:25-25:29 error'));
    assert.ok(told(silenced).includes('compose.yaml host-ipc 24:10-24:14 warning'));
  });

  function filesBelow(): readonly string[] {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => /\.yaml$|Dockerfile$/.test(path))
      .sort();
  }

  function textOf(path: string): string {
    return readFileSync(join(folder, path), 'utf8');
  }

  function contents(): { readonly [path: string]: string } {
    const baseline = '.plimsoll-baseline.json';
    return Object.fromEntries([...filesBelow(), baseline].map((path) => [path, textOf(path)]));
  }

  function isDone(known: ReadonlyMap<string, readonly Diagnostic[]>): boolean {
    return [...known.values()].flat().length >= expected.told.length;
  }

  function shownBy(from: Client, known: ReadonlyMap<string, readonly Diagnostic[]>): readonly string[] {
    const top = from.uri('x').slice(0, -1);
    return [...known]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([uri, diagnostics]) =>
        diagnostics.map(({ code, severity, range: { start, end } }) => {
          const at = `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
          return `${uri.slice(top.length)} ${code} ${at} ${severities[severity ?? 0]}`;
        }),
      );
  }
});
