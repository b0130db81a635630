// The effective project of a Compose file, and hints for what is overridden in it.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { FileChangeType, type InlayHint } from 'vscode-languageserver/node';
import type { EffectiveComposeResult } from '../../src/lsp/protocol.js';
import { type Client, mixedCapabilities, startClient } from './client.js';

const base = 'services:\n  web:\n    image: a:1\n    privileged: true\n';
const override = (privileged: string) => `services:\n  web:\n    privileged: ${privileged}\n`;
const shop = { 'shop/compose.yaml': base, 'shop/compose.override.yaml': override('false') };

describe('the effective project of a Compose file', () => {
  let client: Client;
  afterEach(() => client.stop());

  const ask = (path: string, project?: string, uri = client.uri(path)) =>
    client.connection.sendRequest<EffectiveComposeResult | null>('plimsoll/effectiveCompose', { uri, project });
  const lines = (result: EffectiveComposeResult | null) => result?.text.replaceAll(/ +#/g, ' #').trimEnd().split('\n');

  it('is given with its name and its files, of a file that nobody has opened', async () => {
    client = await startClient({ files: shop });
    const result = await ask('shop/compose.override.yaml');
    assert.deepEqual(lines(result), [
      "# The project 'shop' as it will run.",
      '# Behind each line stands where it comes from.',
      '# Read from compose.yaml, compose.override.yaml.',
      'services:',
      '  web: # compose.yaml:3',
      '    image: a:1 # compose.yaml:3',
      '    privileged: false # compose.override.yaml:3, overrides compose.yaml:4',
    ]);
    assert.equal(result?.name, 'shop');
    const names = ['compose.yaml', 'compose.override.yaml'];
    const files = names.map((name) => client.uri(`shop/${name}`));
    assert.deepEqual(
      result?.files,
      names.map((name, index) => ({ uri: files[index], name })),
    );
    assert.deepEqual(result?.projects, [{ project: files.join(' '), name: 'shop', file: 'shop/compose.yaml' }]);
  });

  it('is the same by the command that every client has', async () => {
    client = await startClient({ files: shop, capabilities: mixedCapabilities });
    const uri = client.uri('shop/compose.yaml');
    const result = await client.connection.sendRequest('workspace/executeCommand', {
      command: 'plimsoll.server.effectiveCompose',
      arguments: [{ uri }],
    });
    assert.deepEqual(result, await ask('shop/compose.yaml'));
    const { executeCommandProvider } = client.introduction.capabilities;
    assert.ok(executeCommandProvider?.commands.includes('plimsoll.server.effectiveCompose'));
  });

  it('follows what is typed into any of its files', async () => {
    client = await startClient({ files: shop });
    const over = await client.open('shop/compose.override.yaml', 'dockercompose', override('false'));
    assert.match((await ask('shop/compose.yaml'))?.text ?? '', /privileged: false /);
    await client.change(over, 'false', '"yes"');
    await client.diagnostics(over);
    assert.match((await ask('shop/compose.yaml'))?.text ?? '', /privileged: true .*overrides compose\.yaml:4/);
  });

  it('tells clients that want to know when files that are not open change it', async () => {
    client = await startClient({ files: shop, initializationOptions: { composeChanges: true } });
    await client.until(() => client.told.compose > 0);
    await client.open('shop/compose.yaml', 'dockercompose', base);
    await client.diagnostics(client.uri('shop/compose.yaml'));
    const before = client.told.compose;
    await client.save('shop/compose.override.yaml', override('true'));
    await client.until(() => client.told.compose > before);
    assert.match((await ask('shop/compose.yaml'))?.text ?? '', /privileged: true /);
    await client.save('shop/.env', 'A=1\n', FileChangeType.Created);
    const count = client.told.compose;
    await client.until(() => client.told.compose > count);
  });

  it('leaves other clients alone', async () => {
    client = await startClient({ files: shop });
    await client.open('shop/compose.yaml', 'dockercompose', base);
    await client.save('shop/compose.override.yaml', override('true'));
    await client.diagnostics(client.uri('shop/compose.yaml'));
    await ask('shop/compose.yaml');
    assert.equal(client.told.compose, 0);
  });

  it('is that of the own folder first, where a file is in several', async () => {
    const files = {
      'compose.yaml': 'include: [shop/compose.yaml]\n',
      ...shop,
    };
    client = await startClient({ files });
    for (const path of ['compose.yaml', 'shop/compose.yaml']) {
      const uri = await client.open(path, 'dockercompose', files[path as keyof typeof files]);
      await client.diagnostics(uri);
    }
    const first = await ask('shop/compose.yaml');
    assert.equal(first?.name, 'shop');
    assert.deepEqual(
      first?.projects.map(({ file }) => file),
      ['shop/compose.yaml', 'compose.yaml'],
    );
    const other = await ask('shop/compose.yaml', first?.projects[1]?.project);
    assert.equal(other?.project, client.uri('compose.yaml'));
    assert.match(other?.text ?? '', /image: a:1 +# shop\/compose\.yaml:3, by `include` at compose\.yaml:1$/m);
  });

  it('is called by the name that it gives itself', async () => {
    client = await startClient({ files: { 'compose.yaml': `name: Big-Shop\n${base}` } });
    assert.equal((await ask('compose.yaml'))?.name, 'big-shop');
  });

  it('says where a file of it is no YAML, and shows the rest', async () => {
    const broken = 'services:\n  web:\n    privileged: [\n';
    client = await startClient({ files: { ...shop, 'shop/compose.override.yaml': broken } });
    const result = await ask('shop/compose.yaml');
    assert.match(result?.text ?? '', /^# compose\.override\.yaml:\d is no YAML: what follows may miss something\.$/m);
    assert.match(result?.text ?? '', /^ {4}image: a:1 /m);
  });

  it('says why there is nothing to show of a file that cannot be read', async () => {
    client = await startClient({ files: { 'compose.yaml': '' } });
    const result = await ask('compose.yaml');
    assert.deepEqual(lines(result), [
      '# Nothing can be read here.',
      '# compose.yaml:1: The file is empty: there is nothing to check.',
    ]);
  });

  it('is not there for other files, files that are missing, other words, and texts that stand for something else', async () => {
    client = await startClient({ files: { Dockerfile: 'FROM a:1\n', 'pod.yaml': 'kind: Pod\napiVersion: v1\n' } });
    assert.equal(await ask('Dockerfile'), null);
    assert.equal(await ask('pod.yaml'), null);
    assert.equal(await ask('missing/compose.yaml'), null);
    assert.equal(await ask('', undefined, 'plimsoll:/compose/compose.shop.effective.yaml'), null);
    const command = { command: 'plimsoll.server.effectiveCompose', arguments: [7] };
    assert.equal(await client.connection.sendRequest('workspace/executeCommand', command), null);
  });

  it('is never linted itself', async () => {
    client = await startClient({});
    const uri = 'plimsoll:/compose/compose.shop.effective.yaml';
    await client.open('', 'dockercompose', base, uri);
    assert.deepEqual(await client.diagnostics(uri), []);
  });
});

describe('hints for overridden values', () => {
  let client: Client;
  afterEach(() => client.stop());

  const on = { inlayHints: { overriddenValues: true } };
  const whole = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };
  const ask = (uri: string, range = whole) =>
    client.connection.sendRequest<InlayHint[] | null>('textDocument/inlayHint', { textDocument: { uri }, range });
  const labelOf = ({ label }: InlayHint) =>
    typeof label === 'string' ? label : label.map(({ value }) => value).join('');
  const shown = (hints: readonly InlayHint[] | null) =>
    hints?.map((hint) => `${hint.position.line}:${hint.position.character} ${labelOf(hint)}`);

  it('are off until somebody wants them, and come and go with the setting', async () => {
    client = await startClient({ files: shop });
    const uri = await client.open('shop/compose.yaml', 'dockercompose', base);
    assert.equal(await ask(uri), null);
    for (const [settings, expected] of [
      [on, ['3:20 → false (compose.override.yaml)']],
      [{}, undefined],
    ] as const) {
      const before = client.told.hints;
      await client.configure(settings);
      await client.until(() => client.told.hints > before);
      assert.deepEqual(shown(await ask(uri)), expected);
    }
  });

  it('lead to what counts instead', async () => {
    client = await startClient({ files: shop, settings: on });
    const [hint] = (await ask(await client.open('shop/compose.yaml', 'dockercompose', base))) ?? [];
    assert.ok(hint !== undefined && typeof hint.label !== 'string');
    assert.deepEqual(
      hint.label.map(({ location }) => location),
      [
        undefined,
        {
          uri: client.uri('shop/compose.override.yaml'),
          range: { start: { line: 2, character: 16 }, end: { line: 2, character: 21 } },
        },
      ],
    );
    assert.deepEqual(hint.tooltip, { kind: 'markdown', value: '`false` counts instead: compose.override.yaml:3' });
    assert.equal(hint.paddingLeft, true);
  });

  it('stand behind the line that a block begins with', async () => {
    const text = `services:
  web:
    image: a:1
    ports: # these
      - 80:80
      - 81:81
    command:
      - a
      - b
    volumes:
      - type: bind
        source: .
        target: /a
`;
    const over =
      'services:\n  web:\n    ports: !reset []\n    command: b\n    volumes: [{ type: volume, source: v, target: /a }]\n';
    client = await startClient({ files: { 'compose.yaml': text, 'compose.override.yaml': over }, settings: on });
    const uri = await client.open('compose.yaml', 'dockercompose', text);
    assert.deepEqual(shown(await ask(uri)), [
      '3:18 → removed (compose.override.yaml)',
      '6:12 → b (compose.override.yaml)',
      '10:18 → { type: volume, source: v, target: /a } (compose.override.yaml)',
    ]);
    const range = { start: { line: 6, character: 0 }, end: { line: 7, character: 0 } };
    assert.deepEqual(shown(await ask(uri, range)), ['6:12 → b (compose.override.yaml)']);
  });

  it('name the service that extends another one, and the line where it is the same file', async () => {
    const text = 'services:\n  a: { image: a:1, user: one }\n  b: { extends: a, user: two }\n';
    client = await startClient({ files: { 'compose.yaml': text }, settings: on });
    const uri = await client.open('compose.yaml', 'dockercompose', text);
    assert.deepEqual(shown(await ask(uri)), ["1:28 → two in service 'b' (line 3)"]);
  });

  it('follow what is typed into the override', async () => {
    client = await startClient({ files: shop, settings: on });
    const uri = await client.open('shop/compose.yaml', 'dockercompose', base);
    const over = await client.open('shop/compose.override.yaml', 'dockercompose', override('false'));
    await client.diagnostics(over);
    assert.deepEqual(shown(await ask(uri)), ['3:20 → false (compose.override.yaml)']);
    const before = client.told.hints;
    await client.change(over, 'false', 'true');
    await client.diagnostics(over);
    await client.until(() => client.told.hints > before);
    assert.deepEqual(shown(await ask(uri)), ['3:20 → true (compose.override.yaml)']);
  });

  it('are not there in other files', async () => {
    client = await startClient({ settings: on });
    assert.equal(await ask(await client.open('Dockerfile', 'dockerfile', 'FROM a:1\n')), null);
  });
});
