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

  it('tells of a container what is set, where it comes from, and the level that it meets', async () => {
    const hover = await ask('web');
    assert.ok(hover?.range);
    assert.equal(shownRange(hover.range), '11:16-19');
    assert.equal(
      hover.value,
      `**Security context:** container 'web' meets the level 'restricted' of Pod Security as far as can be told.

| Field | In force | From | Level |
|:--|:--|:--|:--|
| \`allowPrivilegeEscalation\` | \`false\` | line&nbsp;15 | restricted |
| \`capabilities\` | \`drop ALL; add NET_BIND_SERVICE\` | line&nbsp;16 | restricted |
| \`runAsNonRoot\` | \`true\` | pod, line&nbsp;9 | restricted |
| \`runAsUser\` | cannot be told | line&nbsp;17 | unknown |
| \`seccompProfile\` | \`RuntimeDefault\` | pod, line&nbsp;10 | restricted |

Not set: \`privileged\`, \`runAsGroup\`, \`readOnlyRootFilesystem\`, \`appArmorProfile\`, \`seLinuxOptions\`, \`procMount\`.`,
    );
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
      '| `privileged` | `true` | line&nbsp;9 | privileged |',
      '| `allowPrivilegeEscalation` | `true` | line&nbsp;9 | privileged |',
      '| `capabilities` | all | line&nbsp;9 | privileged |',
      '| `seccompProfile` | `Unconfined` | line&nbsp;9 | privileged |',
      '| `appArmorProfile` | `Unconfined` | line&nbsp;9 | privileged |',
    ]) {
      assert.ok(table.includes(line), line);
    }
  });

  it('tells of another container in the same pod what is wrong there alone', async () => {
    const { value = '' } = (await ask('agent')) ?? {};
    assert.deepEqual(
      tableOf(value).filter((row) => !row.endsWith(' restricted |')),
      [
        '| `allowPrivilegeEscalation` | `true` | not set | baseline |',
        '| `capabilities` | those of the runtime | not set | baseline |',
        '| `seccompProfile` | `Unconfined` | line&nbsp;20 | privileged |',
        '| `procMount` | `Unmasked` | line&nbsp;20 | privileged |',
      ],
    );
    assert.match(
      value,
      /^\*\*Security context:\*\* container 'agent' meets the level 'privileged' of Pod Security\.$/m,
    );
  });

  for (const word of ['Deployment', 'shop }', 'securityContext']) {
    it(`tells of the pod at '${word}', and which container keeps it from more`, async () => {
      const { value = '' } = (await ask(word)) ?? {};
      assert.match(
        value,
        /^\*\*Security context:\*\* Deployment 'shop' meets the level 'privileged' of Pod Security, because of container 'agent'\.$/m,
      );
      assert.deepEqual(tableOf(value), [
        '| `hostUsers` | `true` | line&nbsp;7 | – |',
        '| `runAsNonRoot` | `true` | line&nbsp;9 | restricted |',
        '| `seccompProfile` | `RuntimeDefault` | line&nbsp;10 | restricted |',
      ]);
    });
  }

  it('blames each namespace of the host for itself', async () => {
    const host = text.replace('hostUsers: true', 'hostPID: true');
    const { value = '' } = (await ask('Deployment', markdown, host)) ?? {};
    assert.ok(tableOf(value).includes('| `hostPID` | `true` | line&nbsp;7 | privileged |'));
    assert.match(value, /^Not set: `hostNetwork`, `hostIPC`, /m);
  });

  it('acquits nothing that a template decides', async () => {
    const template = `apiVersion: v1
kind: Pod
metadata: { name: shop }
spec:
  {{- include "pod" . | nindent 2 }}
  containers:
    - name: web
      image: nginx:1.27
      securityContext: {{ toJson .Values.context }}
    - name: agent
      image: busybox:1.36
`;
    const { value = '' } = (await ask('web', markdown, template)) ?? {};
    assert.match(value, /meets the level 'restricted' of Pod Security as far as can be told\.$/m);
    assert.ok(
      tableOf(value).every((row) => row.endsWith(' unknown |') || row.endsWith(' – |')),
      value,
    );
  });

  it('tells of a patch what it sets, without a verdict', async () => {
    const patch = `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec: { template: { spec: { containers: [{ name: web, securityContext: { privileged: true } }] } } }
`;
    const { value = '' } = (await ask('web', markdown, patch)) ?? {};
    assert.match(value, /^\*\*Security context:\*\* container 'web' as far as this patch sets it\.$/m);
    assert.deepEqual(tableOf(value), [
      '| `privileged` | `true` | line&nbsp;4 | privileged |',
      '| `allowPrivilegeEscalation` | `true` | line&nbsp;4 | privileged |',
      '| `capabilities` | all | line&nbsp;4 | privileged |',
      '| `seccompProfile` | `Unconfined` | line&nbsp;4 | privileged |',
      '| `appArmorProfile` | `Unconfined` | line&nbsp;4 | privileged |',
    ]);
    assert.doesNotMatch(value, /Not set/);
  });

  it('knows no defaults of Linux on Windows', async () => {
    const windows = text.replace('hostUsers: true', 'os: { name: windows }');
    const { value = '' } = (await ask('agent', markdown, windows)) ?? {};
    assert.doesNotMatch(value, /not set|Not set/);
  });

  it('stands above what a finding there means', async () => {
    const { value = '' } = (await ask('agent')) ?? {};
    assert.match(value, /^\*\*Security context:.*\n---\n.*\*\*Plimsoll\*\* info `missing-cap-drop-all`/s);
  });

  it('is plain text for clients that show no Markdown', async () => {
    const { value = '' } = (await ask('web', pushCapabilities as typeof markdown)) ?? {};
    assert.match(value, /^container 'web' meets the level 'restricted' of Pod Security as far as can be told\.$/m);
    assert.match(value, /^runAsNonRoot: true \(pod, line 9; restricted\)$/m);
    assert.doesNotMatch(value, /[`*|]|&nbsp;/);
  });

  it('lets no text of a file become a part of the table or of its sentences', async () => {
    const hostile = text.replace('name: web', 'name: "[a](b)|c"').replace('type: RuntimeDefault', 'type: "a`|b\\n| x"');
    const { value = '' } = (await ask('"[a]', markdown, hostile)) ?? {};
    assert.ok(value.includes("container '\\[a\\](b)\\|c' meets"), value);
    assert.equal(tableOf(value).length, 5);
    assert.ok(value.includes("`a'\\|b \\| x`"));
  });

  it('is not there elsewhere, nor in other formats', async () => {
    assert.equal(await ask('nginx'), undefined);
    await client.stop();
    const { value = '' } =
      (await ask('web', markdown, 'services:\n  web:\n    build: .\n    cap_drop: [ALL]\n', 'compose.yaml')) ?? {};
    assert.doesNotMatch(value, /Security context|Pod Security/);
  });
});
