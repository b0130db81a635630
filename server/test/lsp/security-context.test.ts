// The hover that tells what is in force for a container or a pod.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Hover } from 'vscode-languageserver/node';
import { type Client, pullCapabilities, pushCapabilities, shownRange, startClient } from './client.js';

const markdown = {
  ...pullCapabilities,
  textDocument: { ...pullCapabilities.textDocument, hover: { contentFormat: ['markdown' as const] } },
};

const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  template:
    spec:
      hostUsers: true
      securityContext:
        runAsNonRoot: true
        seccompProfile: { type: RuntimeDefault }
      containers:
        - name: web
          image: nginx:1.27
          securityContext:
            allowPrivilegeEscalation: false
            capabilities: { drop: [ALL], add: [NET_BIND_SERVICE] }
            runAsUser: {{ .Values.user }}
        - name: agent
          image: busybox:1.36
          securityContext: { procMount: Unmasked, seccompProfile: { type: Unconfined } }
`;

describe('the hover over a container or its pod', () => {
  let client: Client;
  afterEach(() => client.stop());

  const ask = async (word: string, capabilities = markdown, contents = text, path = 'shop.yaml') => {
    client = await startClient({ capabilities });
    const uri = await client.open(path, 'yaml', contents);
    const position = client.document(uri).positionAt(contents.indexOf(word));
    const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position,
    });
    if (hover === null) return undefined;
    assert.ok(typeof hover.contents === 'object' && 'kind' in hover.contents);
    return { value: hover.contents.value, range: hover.range };
  };
  const tableOf = (value: string) => value.split('\n').filter((line) => /^\| `/.test(line));

  it('tells of a container each value, where it comes from, and the level that it meets', async () => {
    const hover = await ask('web');
    assert.ok(hover?.range);
    assert.equal(shownRange(hover.range), '11:16-19');
    assert.match(hover.value, /^\*\*Security context\*\* of Container 'web'$/m);
    assert.deepEqual(tableOf(hover.value), [
      '| `privileged` | false | default | restricted |',
      '| `allowPrivilegeEscalation` | `false` | container, line 15 | restricted |',
      '| `capabilities` | `drop ALL; add NET_BIND_SERVICE` | container, line 16 | restricted |',
      '| `runAsNonRoot` | `true` | pod, line 9 | restricted |',
      '| `runAsUser` | cannot be told | container, line 17 | ? |',
      '| `runAsGroup` | the group of the image | default | restricted |',
      '| `readOnlyRootFilesystem` | false | default | restricted |',
      '| `seccompProfile` | `RuntimeDefault` | pod, line 10 | restricted |',
      '| `appArmorProfile` | the profile of the runtime | default | restricted |',
      '| `seLinuxOptions` | the type of the runtime | default | restricted |',
      '| `procMount` | Default | default | restricted |',
    ]);
    assert.match(hover.value, /It meets the level `restricted` of the Pod Security Standards\.$/);
  });

  it('does not believe what a privileged container says of itself besides', async () => {
    const hover = await ask(
      'agent',
      markdown,
      `apiVersion: v1
kind: Pod
metadata: { name: shop }
spec:
  containers:
    - name: agent
      image: busybox:1.36
      securityContext:
        privileged: true
        capabilities: { drop: [ALL] }
        appArmorProfile: { type: RuntimeDefault }
`,
    );
    assert.ok(hover);
    const table = tableOf(hover.value);
    for (const line of [
      '| `privileged` | `true` | container, line 9 | privileged |',
      '| `allowPrivilegeEscalation` | `true` | container, line 9 | privileged |',
      '| `capabilities` | `all` | container, line 9 | privileged |',
      '| `seccompProfile` | `Unconfined` | container, line 9 | privileged |',
      '| `appArmorProfile` | `Unconfined` | container, line 9 | privileged |',
      '| `readOnlyRootFilesystem` | false | default | restricted |',
    ]) {
      assert.ok(table.includes(line), line);
    }
  });

  it('tells of another container in the same pod what is wrong there alone', async () => {
    const { value = '' } = (await ask('agent')) ?? {};
    assert.deepEqual(
      tableOf(value).filter((row) => !row.endsWith(' restricted |')),
      [
        '| `allowPrivilegeEscalation` | true | default | baseline |',
        '| `capabilities` | those that the runtime gives | default | baseline |',
        '| `seccompProfile` | `Unconfined` | container, line 20 | privileged |',
        '| `procMount` | `Unmasked` | container, line 20 | privileged |',
      ],
    );
    assert.match(value, /It meets no level of the Pod Security Standards but `privileged`\.$/);
  });

  for (const word of ['Deployment', 'shop }', 'securityContext']) {
    it(`tells of the pod at '${word}'`, async () => {
      const { value = '' } = (await ask(word)) ?? {};
      assert.match(value, /^\*\*Security context\*\* of Deployment 'shop'$/m);
      assert.equal(tableOf(value).length, 13);
      assert.ok(tableOf(value).includes('| `runAsNonRoot` | `true` | pod, line 9 | restricted |'));
    });
  }

  it('stands below what a finding there means', async () => {
    const { value = '' } = (await ask('agent')) ?? {};
    assert.match(value, /^\*\*Plimsoll\*\* info `missing-cap-drop-all`.*\n---\n.*Security context/s);
  });

  it('is plain text for clients that show no Markdown', async () => {
    const { value = '' } = (await ask('web', pushCapabilities as typeof markdown)) ?? {};
    assert.match(value, /^Security context of Container 'web'$/m);
    assert.match(value, /^runAsNonRoot: true \(pod, line 9; restricted\)$/m);
    assert.doesNotMatch(value, /[`*|]/);
  });

  it('lets no text of a file become a part of the table or of its sentences', async () => {
    const hostile = text.replace('name: web', 'name: "[a](b)|c"').replace('type: RuntimeDefault', 'type: "a`|b\\n| x"');
    const { value = '' } = (await ask('"[a]', markdown, hostile)) ?? {};
    assert.ok(value.includes("**Security context** of Container '\\[a\\](b)\\|c'"));
    assert.equal(tableOf(value).length, 11);
    assert.ok(value.includes("`a'\\|b \\| x`"));
  });

  it('is not there elsewhere, nor in other formats', async () => {
    assert.equal(await ask('nginx'), undefined);
    await client.stop();
    assert.equal(
      await ask('web', markdown, 'services:\n  web:\n    build: .\n    cap_drop: [ALL]\n', 'compose.yaml'),
      undefined,
    );
  });
});
