// What we ship has no word for the network, and none that makes code of a text.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { bundle } from '../../../tools/bundle.js';
import { type Reached, readCode } from './code.js';

const network = [
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'WebTransport',
  'RTCPeerConnection',
  'sendBeacon',
];
const code = ['eval', 'Function', 'importScripts', 'WebAssembly'];
const names: ReadonlySet<string> = new Set([...network, ...code]);

/** The modules of Node that a bundle may ask for: those of its own work, and of the transports of the protocol. */
const allowed: { readonly [file: string]: readonly string[] } = {
  'cli.js': ['node:child_process', 'node:crypto', 'node:fs', 'node:fs/promises', 'node:path', 'node:url', 'node:util'],
  'yaml.js': ['buffer', 'process'],
  'html.js': ['node:crypto'],
  'kics.js': [],
  'kubernetes-api.js': [],
  'shell.js': [],
  'pages.js': [],
  'server.browser.js': [],
  'browser.js': ['vscode'],
  // Of its own work the first four: files, and ShellCheck where somebody names it.
  'server.js': [
    ...['node:child_process', 'node:fs', 'node:fs/promises', 'node:path'],
    ...['child_process', 'crypto', 'fs', 'net', 'node:util', 'os', 'path', 'url', 'util'],
  ],
  'extension.js': ['child_process', 'crypto', 'fs', 'net', 'os', 'path', 'readline', 'util', 'vscode'],
};

describe('the bundles', () => {
  let folder = '';
  let reached: ReadonlyMap<string, Reached> = new Map();

  before(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll-bundles-')));
    await bundle(folder);
    const files = readdirSync(folder).map((file) => join(folder, file));
    writeFileSync(
      join(folder, 'planted.js'),
      `const a = { fetch: 1, eval() {} }; a.fetch; "fetch('x')"; // eval('1')
       fetch('x'); self.XMLHttpRequest; new Function('1'); (0, eval)('1'); const b = { fetch };
       require('net'); require(a); import('http'); globalThis.importScripts('x');`,
    );
    reached = new Map(
      [...readCode([...files, join(folder, 'planted.js')], names)].map(([file, what]) => [basename(file), what]),
    );
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('would not keep a planted word from the test', () => {
    const planted = reached.get('planted.js');
    assert.deepEqual(planted?.globals.map((one) => one.split(':')[0]).sort(), [
      'Function',
      'XMLHttpRequest',
      'eval',
      'fetch',
      'fetch',
      'importScripts',
    ]);
    assert.deepEqual(planted?.modules, ['http', 'net']);
    assert.equal(planted?.computed.length, 1);
  });

  for (const [file, modules] of Object.entries(allowed)) {
    it(`reach for no network and make no code of texts: ${file}`, () => {
      assert.deepEqual(reached.get(file)?.globals, []);
    });

    it(`load nothing but what is known: ${file}`, () => {
      const own = (module: string) => !module.startsWith('./');
      assert.deepEqual(
        reached.get(file)?.modules.filter((module) => own(module) && !modules.includes(module)),
        [],
      );
      assert.deepEqual(reached.get(file)?.computed, []);
    });
  }

  it('are all of them looked at', () => {
    assert.deepEqual([...reached.keys()].sort(), [...Object.keys(allowed), 'planted.js'].sort());
  });
});
