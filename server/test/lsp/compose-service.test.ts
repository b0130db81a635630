// The hover that tells what is in force for a service of a Compose project.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Hover } from 'vscode-languageserver/node';
import { type Client, pullCapabilities, pushCapabilities, shownRange, startClient } from './client.js';

const shop: { readonly [path: string]: string } = {
  'shop/compose.yaml': `x-common: &common
  cap_drop: [ALL]
services:
  web:
    <<: *common
    image: nginx:1.27
    privileged: true
    user: "1000"
    security_opt: [no-new-privileges:true, "seccomp:./p.json"]
    ports: ["127.0.0.1:8080:80", "443:443", "\${PORT}:9"]
    networks: [front, back]
    extends: { file: parts/base.yaml, service: base }
  db:
    image: postgres:16
    pid: host
    cap_add: [ALL]
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock:ro
      - { type: volume, source: data, target: /data }
  plain: { image: "a:1", user: root }
  sidecar: { image: "a:1", network_mode: host, ports: ["80:80"] }
  cloud: { provider: { type: x } }
volumes: { data: }
networks: { front: , back: }
`,
  'shop/compose.override.yaml': `services:
  web:
    privileged: false
    cap_add: [NET_ADMIN]
`,
  'shop/parts/base.yaml':
    'services:\n  base:\n    volumes: ["./src:/app:ro"]\n    read_only: true\n  plain: { image: "b:1" }\n',
};

describe('the hover over a service', () => {
  let client: Client;
  afterEach(() => client.stop());

  interface Asking {
    readonly files?: { readonly [path: string]: string };
    readonly path?: string;
    readonly isPlain?: boolean;
  }

  const ask = async (word: string, { files = shop, path = 'shop/compose.yaml', isPlain = false }: Asking = {}) => {
    client = await startClient({ capabilities: isPlain ? pushCapabilities : pullCapabilities, files });
    const text = files[path] ?? '';
    const uri = await client.open(path, 'dockercompose', text);
    const position = client.document(uri).positionAt(text.indexOf(word));
    const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position,
    });
    if (hover === null) return undefined;
    assert.ok(typeof hover.contents === 'object' && 'kind' in hover.contents);
    const value = hover.contents.value.replaceAll(client.uri('shop'), 'file:///SHOP');
    return { value, range: hover.range };
  };
  const verdictOf = async (word: string, asking?: Asking) => (await ask(word, asking))?.value.split('\n')[0];
  const tableOf = (value = '') => value.split('\n').filter((line) => /^\| `/.test(line));
  const at = (name: string, line: number) => `[${name}:${line}](file:///SHOP/${name}#L${line})`;

  it('tells of each value where it comes from, what it overrides, and by which way it came', async () => {
    const hover = await ask('web:');
    assert.ok(hover?.range);
    assert.equal(shownRange(hover.range), '3:2-5');
    const [table] = hover.value.split('\n\n---\n\n');
    assert.equal(
      table,
      `**Effective service:** service 'web' of project 'shop' keeps the isolation of a container, hardened by user 1000, cap\\_drop: ALL, no-new-privileges, read\\_only.

| Field | In force | From |
|:--|:--|:--|
| \`privileged\` | \`false\` | ${at('compose.override.yaml', 3)}, overrides ${at('compose.yaml', 7)} |
| \`no-new-privileges\` | \`true\` | ${at('compose.yaml', 9)} |
| \`seccomp\` | \`./p.json\` | ${at('compose.yaml', 9)} |
| \`user\` | \`1000\` | ${at('compose.yaml', 8)} |
| \`read_only\` | \`true\` | ${at('parts/base.yaml', 4)}, by \`extends\` at ${at('compose.yaml', 12)} |
| \`cap_drop\` | \`ALL\` | ${at('compose.yaml', 2)}, merged at ${at('compose.yaml', 5)} |
| \`cap_add\` | \`NET_ADMIN\` | ${at('compose.override.yaml', 4)} |
| \`networks\` | \`front\` | ${at('compose.yaml', 11)} |
| \`networks\` | \`back\` | ${at('compose.yaml', 11)} |
| \`ports\` | \`127.0.0.1:8080 → 80/tcp\` | ${at('compose.yaml', 10)} |
| \`ports\` | \`*:443 → 443/tcp\` | ${at('compose.yaml', 10)} |
| \`ports\` | cannot be told | ${at('compose.yaml', 10)} |
| \`volumes\` | \`bind ./src → /app, ro\` | ${at('parts/base.yaml', 3)}, by \`extends\` at ${at('compose.yaml', 12)} |`,
    );
  });

  it('is the same where an override names the service', async () => {
    const hover = await ask('web:', { path: 'shop/compose.override.yaml' });
    assert.ok(hover?.range);
    assert.equal(shownRange(hover.range), '1:2-5');
    assert.ok(
      tableOf(hover.value).includes(
        `| \`privileged\` | \`false\` | ${at('compose.override.yaml', 3)}, overrides ${at('compose.yaml', 7)} |`,
      ),
      hover.value,
    );
  });

  it('does not take a service of the same name in a file that is extended for this one', async () => {
    assert.equal(await ask('plain:', { path: 'shop/parts/base.yaml' }), undefined);
  });

  it('says first what opens a service to its host', async () => {
    assert.equal(
      await verdictOf('db:'),
      "**Effective service:** service 'db' of project 'shop' is open to its host: pid: host, cap\\_add: ALL, /var/run/docker.sock.",
    );
  });

  it('names what nobody set of what matters', async () => {
    const { value } = (await ask('plain:')) ?? {};
    assert.match(
      value ?? '',
      /^Not set: `privileged`, `no-new-privileges`, `read_only`, `cap_drop`, `cap_add`, `networks`, `ports`, `volumes`\.$/m,
    );
  });

  it('counts capabilities to break out with, disks and writable system folders among what opens it', async () => {
    const files = {
      'compose.yaml': `services:
  web:
    image: a:1
    cap_drop: [ALL]
    cap_add: [CAP_SYS_ADMIN, NET_BIND_SERVICE]
    devices: ["/dev/sda1:/dev/x", "/dev/snd"]
    volumes: ["/etc:/host", "/usr:/usr:ro", "./etc:/etc"]
  fine:
    image: a:1
    cap_add: [NET_BIND_SERVICE]
    devices: ["/dev/snd"]
    volumes: ["/usr:/usr:ro", "./etc:/etc"]
`,
    };
    assert.match(
      (await verdictOf('web:', { files, path: 'compose.yaml' })) ?? '',
      /is open to its host: cap\\_add: SYS\\_ADMIN, \/etc, \/dev\/sda1\.$/,
    );
    await client.stop();
    assert.match(
      (await verdictOf('fine:', { files, path: 'compose.yaml' })) ?? '',
      /keeps the isolation of a container, and nothing hardens it\.$/,
    );
  });

  it('says that a service runs as root, and that nothing hardens it', async () => {
    assert.equal(
      await verdictOf('plain:'),
      "**Effective service:** service 'plain' of project 'shop' runs as root and keeps the isolation of a container, and nothing hardens it.",
    );
  });

  it('tells no port as published in the network of the host', async () => {
    const { value } = (await ask('sidecar:')) ?? {};
    assert.ok(
      tableOf(value).some((row) => row.startsWith('| `ports` | not published |')),
      value,
    );
    assert.match(value ?? '', /is open to its host: the network of the host\.$/m);
  });

  it('gives a privileged service all capabilities, whatever its lists say', async () => {
    const files = {
      'compose.yaml': 'services:\n  web:\n    image: a:1\n    privileged: true\n    cap_drop: [ALL]\n',
    };
    const { value } = (await ask('web:', { files, path: 'compose.yaml' })) ?? {};
    assert.deepEqual(
      tableOf(value).map((row) => row.split(' | ').slice(0, 2).join(' ')),
      ['| `privileged` `true`', '| `capabilities` all'],
    );
  });

  it('acquits nothing that a variable decides', async () => {
    const files = { 'compose.yaml': 'services:\n  web:\n    image: a:1\n    pid: "${PID}"\n' };
    assert.match(
      (await verdictOf('web:', { files, path: 'compose.yaml' })) ?? '',
      /keeps the isolation of a container as far as can be told, and nothing hardens it\.$/,
    );
  });

  it('tells of an override alone what it sets, without a verdict', async () => {
    const files = { 'compose.override.yaml': 'services:\n  web:\n    privileged: true\n' };
    const { value = '' } = (await ask('web:', { files, path: 'compose.override.yaml' })) ?? {};
    assert.match(value, /^\*\*Effective service:\*\* service 'web' of project '.+' as far as it can be told\.$/m);
    assert.doesNotMatch(value, /Not set/);
    assert.equal(tableOf(value).length, 2);
  });

  it('calls what a provider runs no container', async () => {
    assert.match((await verdictOf('cloud:')) ?? '', /is run by a provider, and is no container\.$/);
  });

  it('stays short for a huge service', async () => {
    const lines = Array.from({ length: 400 }, (_, index) => `      - "${index + 1000}:80"\n`).join('');
    const files = { 'compose.yaml': `services:\n  web:\n    image: a:1\n    ports:\n${lines}` };
    const { value = '' } = (await ask('web:', { files, path: 'compose.yaml' })) ?? {};
    assert.equal(tableOf(value).length, 6);
    assert.ok(tableOf(value).includes('| `ports` | and 395 more |  |'), value);
    assert.ok(value.length < 4000);
  });

  it('is plain text for clients that show no Markdown', async () => {
    const { value = '' } = (await ask('web:', { isPlain: true })) ?? {};
    assert.match(value, /^privileged: false \(compose\.override\.yaml:3, overrides compose\.yaml:7\)$/m);
    assert.match(value, /^read_only: true \(parts\/base\.yaml:4, by extends at compose\.yaml:12\)$/m);
    assert.doesNotMatch(value.split('\n\n')[0] ?? '', /[`|]|\]\(/);
  });

  it('lets no text of a file become a part of the table or of its sentences', async () => {
    const files = {
      'compose.yaml': `services:
  "[a](b)|c":
    image: a:1
    user: "a\`|b\\n| x"
    volumes: ["/x|y/[z](w)/docker.sock:/s"]
`,
    };
    const { value = '' } = (await ask('"[a]', { files, path: 'compose.yaml' })) ?? {};
    assert.ok(value.includes("service '\\[a\\](b)\\|c' of project"), value);
    assert.ok(value.includes('is open to its host: /x\\|y/\\[z\\](w)/docker.sock.'), value);
    assert.ok(value.includes("`a'\\|b \\| x`"), value);
    assert.equal(tableOf(value).length, 2);
  });

  it('is not there elsewhere in the file', async () => {
    assert.equal(await ask('data: }'), undefined);
  });
});
