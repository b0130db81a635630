import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { CodeAction, CompletionItem, Hover } from 'vscode-languageserver/node';
import { type Client, type ClientRequest, mixedCapabilities, pullCapabilities, shown, startClient } from './client.js';

const compose = `services:
  web:
    image: nginx:1.27
    cap_drop: [ALL]
    privileged: true
  worker:
    image: bitnami/redis:8.0
    cap_drop: [ALL]
    privileged: yes # for the disks
`;

describe('the language server, asked what can be done', () => {
  let client: Client;
  const start = async (request?: ClientRequest) => {
    client = await startClient(request);
    return client;
  };
  afterEach(() => client.stop());

  /** The actions at the start of the place where a text stands. */
  const actionsAt = async (uri: string, text: string, only?: readonly string[]): Promise<readonly CodeAction[]> => {
    const document = client.document(uri);
    const start = document.positionAt(document.getText().indexOf(text));
    const diagnostics = (await client.diagnostics(uri)).filter(({ range }) => range.start.line === start.line);
    const actions = await client.connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start, end: start },
      context: { diagnostics, ...(only === undefined ? {} : { only }) },
    });
    return actions ?? [];
  };
  const named = (actions: readonly CodeAction[], title: string): CodeAction => {
    const action = actions.find((candidate) => candidate.title === title);
    assert.ok(action, `'${title}' is none of: ${actions.map((each) => each.title).join(', ')}`);
    return action;
  };
  const resolved = (action: CodeAction): Promise<CodeAction> =>
    client.connection.sendRequest('codeAction/resolve', action);

  it('offers the fix first, then the wider ones, and ignoring last', async () => {
    await start();
    const uri = await client.open('compose.yaml', 'yaml', compose);
    const actions = await actionsAt(uri, 'true');
    assert.deepEqual(
      actions.map(({ title, isPreferred = false }) => [title, isPreferred]),
      [
        ['Remove `privileged`', true],
        ["Fix all 2 of 'privileged' in this file", false],
        ["Ignore 'privileged' here, with a reason", false],
        ["Ignore 'privileged' everywhere: switch it off in .plimsoll.yaml", false],
      ],
    );
    const [fix] = actions;
    assert.equal(fix?.kind, 'quickfix');
    assert.deepEqual(shown(fix?.diagnostics ?? []), ['4:16-20 privileged']);
    assert.equal(client.edited(uri, fix?.edit), compose.replace('    privileged: true\n', ''));
  });

  it('mends all of a rule in one go', async () => {
    await start();
    const uri = await client.open('compose.yaml', 'yaml', compose);
    const { edit } = await resolved(named(await actionsAt(uri, 'true'), "Fix all 2 of 'privileged' in this file"));
    assert.equal(
      client.edited(uri, edit),
      compose.replace('    privileged: true\n', '').replace('    privileged: yes # for the disks\n', ''),
    );
  });

  it('offers nothing where nothing was found', async () => {
    await start();
    const uri = await client.open('compose.yaml', 'yaml', compose);
    assert.deepEqual(await actionsAt(uri, 'nginx'), []);
  });

  it('offers the fixes of a few findings where a whole file is selected, and those of all of a rule in one', async () => {
    await start();
    const services = Array.from({ length: 100 }, (_, i) => `  s${i}:\n    image: nginx:1.27\n    privileged: true\n`);
    const text = `services:\n${services.join('')}`;
    const uri = await client.open('compose.yaml', 'yaml', text);
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } },
      context: { diagnostics: [] },
    });
    assert.equal(actions.filter(({ title }) => title === 'Remove `privileged`').length, 20);
    const { edit } = await resolved(named(actions, "Fix all 100 of 'privileged' in this file"));
    assert.equal(client.edited(uri, edit), text.replaceAll('    privileged: true\n', ''));
  });

  it('makes all safe fixes, and no other, when asked for source.fixAll by any prefix of it', async () => {
    await start();
    const text = `${compose}  dup:\n    image: nginx:1.27\n    cap_drop: [ALL] # plimsoll: ignore[host-pid] old\n`;
    const uri = await client.open('compose.yaml', 'yaml', text);
    for (const only of ['source.fixAll.plimsoll', 'source.fixAll', 'source']) {
      const actions = await actionsAt(uri, 'services', [only]);
      assert.deepEqual(
        actions.map(({ title, kind }) => [title, kind]),
        [['Fix all that is safe to fix', 'source.fixAll.plimsoll']],
      );
      assert.equal(client.edited(uri, actions[0]?.edit), text.replace(' # plimsoll: ignore[host-pid] old', ''));
    }
    assert.deepEqual(await actionsAt(uri, 'true', ['refactor']), []);
    assert.equal(
      (await actionsAt(uri, 'true')).some(({ kind }) => kind !== 'quickfix'),
      false,
    );
  });

  it('ignores a finding with a comment that silences it alone', async () => {
    await start();
    const uri = await client.open('compose.yaml', 'yaml', compose);
    const action = await resolved(named(await actionsAt(uri, 'true'), "Ignore 'privileged' here, with a reason"));
    const silenced = compose.replace('true', 'true # plimsoll: ignore[privileged] say why');
    assert.equal(client.edited(uri, action.edit), silenced);
  });

  it('ignores above the line where a comment cannot stand behind it', async () => {
    await start();
    const uri = await client.open('compose.yaml', 'yaml', compose);
    const action = await resolved(named(await actionsAt(uri, 'yes'), "Ignore 'privileged' here, with a reason"));
    assert.equal(
      client.edited(uri, action.edit),
      compose.replace('    privileged: yes', '    # plimsoll: ignore[privileged] say why\n    privileged: yes'),
    );
    const dockerfile = 'FROM debian:12\nRUN apt-get update && \\\n    curl -fsSL https://example.com/i | sh\n';
    const other = await client.open('Dockerfile', 'dockerfile', dockerfile);
    const run = await resolved(named(await actionsAt(other, 'sh\n'), "Ignore 'curl-pipe-shell' here, with a reason"));
    assert.equal(
      client.edited(other, run.edit),
      dockerfile.replace('    curl', '    # plimsoll: ignore[curl-pipe-shell] say why\n    curl'),
    );
  });

  it('leaves the reason to a client that asks for it, and writes it down on its command', async () => {
    await start({ initializationOptions: { askReason: true } });
    const uri = await client.open('compose.yaml', 'yaml', compose);
    const { command } = named(await actionsAt(uri, 'true'), "Ignore 'privileged' here, with a reason…");
    assert.equal(command?.command, 'plimsoll.ignoreWithReason');
    const [params] = command?.arguments ?? [];
    const done = await client.connection.sendRequest('workspace/executeCommand', {
      command: 'plimsoll.server.ignore',
      arguments: [{ ...params, reason: ' it mounts\n disks ' }],
    });
    assert.equal(done, true);
    assert.equal(
      client.edited(uri, client.applied[0]),
      compose.replace('true', 'true # plimsoll: ignore[privileged] it mounts disks'),
    );
  });

  it('trusts an owner or an image in the config file, and makes the file where there is none', async () => {
    await start();
    const uri = await client.open('compose.yaml', 'yaml', compose);
    const actions = await actionsAt(uri, 'bitnami');
    const owner = await resolved(named(actions, "Trust 'docker.io/bitnami'"));
    assert.deepEqual(owner.edit?.documentChanges, [
      { kind: 'create', uri: client.uri('.plimsoll.yaml'), options: { ignoreIfExists: true } },
      {
        textDocument: { uri: client.uri('.plimsoll.yaml'), version: null },
        edits: [
          {
            range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
            newText: 'trustedRegistries:\n  - default\n  - docker.io/bitnami\n',
          },
        ],
      },
    ]);
    client.write('.plimsoll.yaml', 'trustedRegistries:\n  - default # the built-in list\n');
    await client.tell('.plimsoll.yaml', 1);
    await client.until(() => client.refreshes.length > 0);
    const image = await resolved(named(await actionsAt(uri, 'bitnami'), "Trust 'docker.io/bitnami/redis'"));
    assert.deepEqual(image.edit?.documentChanges?.[0], {
      textDocument: { uri: client.uri('.plimsoll.yaml'), version: null },
      edits: [
        {
          range: { start: { line: 1, character: 31 }, end: { line: 1, character: 31 } },
          newText: '\n  - docker.io/bitnami/redis',
        },
      ],
    });
  });

  it("trusts in hadolint's list what stands in a Dockerfile, where no config file has a list", async () => {
    const offered = async (files: { readonly [path: string]: string }) => {
      await start({ files });
      const uri = await client.open('Dockerfile', 'dockerfile', 'FROM bitnami/redis:7\nUSER app\n');
      return resolved(named(await actionsAt(uri, 'bitnami'), "Trust 'docker.io/bitnami'"));
    };
    const list = 'trustedRegistries:\n  - quay.io\n';
    const hadolint = await offered({ '.hadolint.yaml': list, '.plimsoll.yaml': 'profile: strict\n' });
    assert.deepEqual(hadolint.edit?.documentChanges, [
      {
        textDocument: { uri: client.uri('.hadolint.yaml'), version: null },
        edits: [
          {
            range: { start: { line: 1, character: 11 }, end: { line: 1, character: 11 } },
            newText: '\n  - docker.io/bitnami',
          },
        ],
      },
    ]);
    await client.stop();
    const own = await offered({ '.hadolint.yaml': list, '.plimsoll.yaml': list });
    assert.deepEqual(
      own.edit?.documentChanges?.map((change) => 'textDocument' in change && change.textDocument.uri),
      [client.uri('.plimsoll.yaml')],
    );
  });

  it('switches a rule off in the open config file, comments kept', async () => {
    await start({ files: { '.plimsoll.yaml': 'profile: all\n' } });
    const config = await client.open('.plimsoll.yaml', 'yaml', 'rules:\n  privileged: error # for now\n');
    const uri = await client.open('compose.yaml', 'yaml', compose);
    const title = "Ignore 'privileged' everywhere: switch it off in .plimsoll.yaml";
    const action = await resolved(named(await actionsAt(uri, 'true'), title));
    assert.equal(client.edited(config, action.edit), 'rules:\n  privileged: "off" # for now\n');
  });

  it('offers a change of the config file to a client that cannot make files only where there is one', async () => {
    // As Neovim 0.10 says it: actions are resolved, but edits come as texts alone.
    const { documentChanges: _, ...workspaceEdit } = pullCapabilities.workspace?.workspaceEdit ?? {};
    const capabilities = { ...pullCapabilities, workspace: { ...pullCapabilities.workspace, workspaceEdit } };
    const title = "Ignore 'privileged' everywhere: switch it off in .plimsoll.yaml";
    await start({ capabilities });
    const uri = await client.open('compose.yaml', 'yaml', compose);
    assert.equal(
      (await actionsAt(uri, 'true')).some((action) => action.title === title),
      false,
    );
    client.write('.plimsoll.yaml', 'profile: all\n');
    await client.tell('.plimsoll.yaml', 1);
    await client.until(() => client.refreshes.length > 0);
    const { edit } = await resolved(named(await actionsAt(uri, 'true'), title));
    assert.equal(edit?.changes?.[client.uri('.plimsoll.yaml')]?.[0]?.newText, '\nrules:\n  privileged: "off"');
  });

  it('gives whole edits to a client that resolves none', async () => {
    await start({ capabilities: mixedCapabilities });
    const uri = await client.open('compose.yaml', 'yaml', compose);
    const action = named(await actionsAt(uri, 'true'), "Ignore 'privileged' here, with a reason");
    assert.equal(
      client.edited(uri, action.edit),
      compose.replace('true', 'true # plimsoll: ignore[privileged] say why'),
    );
  });

  it('mends the workspace in one edit that is confirmed first', async () => {
    await start({ files: { 'a/compose.yaml': compose, 'b/compose.yaml': 'services: {}\n' } });
    const result = await client.connection.sendRequest('workspace/executeCommand', {
      command: 'plimsoll.server.fixWorkspace',
    });
    assert.deepEqual(result, { files: 1, fixes: 2, applied: true });
    const [edit] = client.applied;
    assert.deepEqual(edit?.changeAnnotations, {
      'privileged: Remove `privileged`': {
        label: 'Remove `privileged`',
        description: 'privileged, to review',
        needsConfirmation: true,
      },
    });
    assert.deepEqual(
      edit?.documentChanges?.map((change) => 'textDocument' in change && [change.textDocument, change.edits.length]),
      [[{ uri: client.uri('a/compose.yaml'), version: null }, 2]],
    );
  });

  it('makes only safe fixes all over the workspace where the client cannot ask for each of them', async () => {
    const unused = 'services:\n  web:\n    image: nginx:1.27 # plimsoll: ignore[host-pid] old\n    cap_drop: [ALL]\n';
    await start({ capabilities: mixedCapabilities, files: { 'a/compose.yaml': compose, 'b/compose.yaml': unused } });
    const result = await client.connection.sendRequest('workspace/executeCommand', {
      command: 'plimsoll.server.fixWorkspace',
    });
    assert.deepEqual(result, { files: 1, fixes: 1, applied: true });
    assert.deepEqual(client.applied[0], {
      documentChanges: [
        {
          textDocument: { uri: client.uri('b/compose.yaml'), version: null },
          edits: [{ range: { start: { line: 2, character: 21 }, end: { line: 2, character: 54 } }, newText: '' }],
        },
      ],
    });
  });

  it('explains a finding to the person who points at it', async () => {
    await start({ initializationOptions: { rulePage: 'https://rules.example/{id}' } });
    const uri = await client.open('compose.yaml', 'yaml', compose);
    const ask = (line: number, character: number) =>
      client.connection.sendRequest<Hover | null>('textDocument/hover', {
        textDocument: { uri },
        position: { line, character },
      });
    const found = await ask(4, 18);
    assert.deepEqual(found?.range, { start: { line: 4, character: 16 }, end: { line: 4, character: 20 } });
    assert.ok(found !== null && typeof found.contents === 'object' && 'kind' in found.contents);
    const { kind, value } = found.contents;
    assert.equal(kind, 'markdown');
    const [title, why, how, ...standards] = value.split('\n\n');
    assert.equal(title, '**Plimsoll** error [`privileged`](https://rules.example/privileged)');
    assert.match(why ?? '', /^A privileged container has every capability/);
    assert.match(how ?? '', /^Remove `privileged`/);
    assert.match(standards.join('\n'), /^- Pod Security Standards, Baseline$|CIS Docker Benchmark 1\.6, 5\.5/m);
    assert.equal(await ask(2, 12), null);
  });

  it('completes rule ids in ignore comments, those that stand there already left out', async () => {
    await start();
    const text = `services:\n  web:\n    image: nginx # plimsoll: ignore[image-latest-tag, priv\n`;
    const uri = await client.open('compose.yaml', 'yaml', text);
    const items = await client.connection.sendRequest<CompletionItem[]>('textDocument/completion', {
      textDocument: { uri },
      position: { line: 2, character: text.split('\n')[2]?.length ?? 0 },
    });
    const labels = items.map(({ label }) => label);
    assert.ok(labels.includes('privileged') && labels.includes('host-pid'));
    assert.equal(labels.includes('image-latest-tag'), false);
    assert.deepEqual(items.find(({ label }) => label === 'privileged')?.textEdit, {
      range: { start: { line: 2, character: 54 }, end: { line: 2, character: 58 } },
      newText: 'privileged',
    });
  });

  it('offers in an ignore comment the rules for that kind of file, those first that have found something', async () => {
    await start();
    const complete = async (name: string, languageId: string, text: string) => {
      const uri = await client.open(name, languageId, text.replace('|', ''));
      const items = await client.connection.sendRequest<CompletionItem[]>('textDocument/completion', {
        textDocument: { uri },
        position: client.document(uri).positionAt(text.indexOf('|')),
      });
      const sorted = items.toSorted((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
      return sorted.map(({ label, detail }) => `${label} (${detail})`);
    };
    const dockerfile = await complete(
      'Dockerfile.kind',
      'dockerfile',
      'FROM debian:12\n# plimsoll: ignore[|\nUSER root\n',
    );
    assert.equal(dockerfile[0], 'run-as-root (warning, recommended)');
    const names = (labels: readonly string[]) => new Set(labels.map((label) => label.replace(/ .*/, '')));
    for (const other of ['host-pid', 'pod-exec-permission']) assert.equal(names(dockerfile).has(other), false, other);
    const compose = await complete(
      'kind/compose.yaml',
      'yaml',
      'services:\n  web: # plimsoll: ignore[|\n    image: a\n',
    );
    // A Dockerfile may stand in it.
    for (const each of ['host-pid', 'run-as-root', 'curl-pipe-shell']) assert.ok(names(compose).has(each), each);
    assert.equal(names(compose).has('pod-exec-permission'), false);
  });

  it('completes the word for the last day behind the ids of an ignore comment', async () => {
    await start();
    const line = 'USER root # plimsoll: ignore[run-as-root] un';
    const uri = await client.open('Dockerfile.day', 'dockerfile', `FROM debian:12\n${line}`);
    const items = await client.connection.sendRequest<CompletionItem[]>('textDocument/completion', {
      textDocument: { uri },
      position: { line: 1, character: line.length },
    });
    assert.deepEqual(
      items.map(({ textEdit }) => textEdit),
      [{ range: { start: { line: 1, character: 42 }, end: { line: 1, character: 44 } }, newText: 'until:' }],
    );
  });

  it('completes keys, rule ids and severities in the config file', async () => {
    await start();
    const completed = async (text: string) => {
      const uri = await client.open('.plimsoll.yaml', 'yaml', text);
      const lines = text.split('\n');
      const items = await client.connection.sendRequest<CompletionItem[]>('textDocument/completion', {
        textDocument: { uri },
        position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
      });
      await client.close(uri);
      return items.map(({ textEdit }) => textEdit?.newText);
    };
    assert.deepEqual(await completed('profile: all\ntr'), [
      'extends: ',
      'rules: ',
      'trustedRegistries: ',
      'kubernetesVersion: ',
      'composeEnvFiles: ',
      'dockerfileTargets: ',
      'include: ',
      'exclude: ',
      'overrides: ',
      'ignores: ',
    ]);
    assert.deepEqual(await completed('profile: '), ['recommended', 'strict', 'all']);
    const rules = await completed('rules:\n  host-pid: off\n  ');
    assert.ok(rules.includes('privileged: ') && !rules.includes('host-pid: '));
    assert.deepEqual(await completed('rules:\n  host-pid: '), ['off', 'hint', 'info', 'warning', 'error']);
    assert.deepEqual(await completed('rules:\n  dangerous-added-capability:\n    '), [
      'severity: ',
      'also: ',
      'allowed: ',
    ]);
    assert.deepEqual(await completed('trustedRegistries:\n  - de'), ['default']);
    const itemKeys = ['rule: ', 'files: ', 'resource: ', 'reason: ', 'until: '];
    assert.deepEqual(await completed('ignores:\n  - '), itemKeys);
    assert.deepEqual(await completed('ignores:\n  - rule: privileged\n    '), itemKeys);
    assert.ok((await completed('ignores:\n  - rule: priv')).includes('privileged'));
    assert.deepEqual(await completed('overrides:\n  - files: a\n    ru'), ['files: ', 'rules: ']);
    const overridden = await completed('overrides:\n  - files: a\n    rules:\n      host-pid: off\n      ');
    assert.ok(overridden.includes('privileged: '));
    assert.deepEqual(await completed('overrides:\n- rules:\n    host-pid: o'), [
      'off',
      'hint',
      'info',
      'warning',
      'error',
    ]);
  });

  it('shows the settings that are in force for a file, and where they come from', async () => {
    await start({
      files: { '.plimsoll.yaml': 'rules:\n  privileged: warning\n' },
      settings: { profile: 'strict', trustedRegistries: ['default'] },
    });
    const answer = await client.connection.sendRequest<{ text: string; source: string }>('workspace/executeCommand', {
      command: 'plimsoll.server.configuration',
      arguments: [{ uri: client.uri('a/compose.yaml') }],
    });
    assert.equal(answer.source, client.uri('.plimsoll.yaml'));
    assert.match(answer.text, /^profile: strict # the settings of the editor$/m);
    assert.match(answer.text, /^trustedRegistries: # default: the built-in list$/m);
    assert.match(answer.text, /^ {2}privileged: warning # .plimsoll.yaml:2$/m);
    assert.match(answer.text, /^ {2}host-pid: error # default, profile recommended$/m);
  });

  it('hands out the page of a rule', async () => {
    await start({ capabilities: pullCapabilities });
    const page = await client.connection.sendRequest<string>('workspace/executeCommand', {
      command: 'plimsoll.server.rulePage',
      arguments: ['privileged'],
    });
    assert.match(page, /^# privileged\n/);
  });

  const pod = `apiVersion: v1
kind: Pod
metadata: { name: shop }
spec:
  containers:
    - name: web
      image: nginx:1.27
    - name: agent
      image: busybox:1.36
`;
  const context = (more: string) => `      securityContext:
        allowPrivilegeEscalation: false
        capabilities:
          drop: [ALL]
${more}`;
  const podContext = `  securityContext:
    runAsNonRoot: true
    seccompProfile:
      type: RuntimeDefault
`;

  it('hardens the container at the cursor, or all of them, as a refactoring', async () => {
    await start();
    const uri = await client.open('pod.yaml', 'yaml', pod);
    const actions = await actionsAt(uri, 'nginx', ['refactor']);
    assert.deepEqual(
      actions.map(({ title, kind }) => [title, kind]),
      [
        ["Harden container 'web' to the restricted profile", 'refactor.rewrite.harden'],
        ['Harden all 2 containers of this file to the restricted profile', 'refactor.rewrite.harden'],
      ],
    );
    const [one, all] = await Promise.all(actions.map(resolved));
    const own = '        runAsNonRoot: true\n        seccompProfile:\n          type: RuntimeDefault\n';
    assert.equal(client.edited(uri, one?.edit), pod.replace('    - name: agent', `${context(own)}    - name: agent`));
    assert.equal(
      client.edited(uri, all?.edit),
      `${pod.replace('    - name: agent', `${context('')}    - name: agent`)}${context('')}${podContext}`,
    );
  });

  it('hardens a file as a source action, which no other source action brings along', async () => {
    await start();
    const uri = await client.open('pod.yaml', 'yaml', pod);
    assert.deepEqual(await actionsAt(uri, 'nginx', ['source.fixAll']), []);
    const [action, ...others] = await actionsAt(uri, 'apiVersion', ['source.harden']);
    assert.deepEqual(others, []);
    assert.equal(action?.kind, 'source.harden.plimsoll');
    const { edit } = await resolved(action);
    assert.ok(client.edited(uri, edit).endsWith(podContext));
  });

  it('offers no hardening where nothing is missing, nor outside of containers', async () => {
    await start();
    const compose = await client.open('compose.yaml', 'yaml', 'services: { web: { image: "nginx:1.27" } }\n');
    assert.deepEqual(await actionsAt(compose, 'nginx', ['refactor', 'source.harden']), []);
    const uri = await client.open('pod.yaml', 'yaml', pod);
    assert.deepEqual(await actionsAt(uri, 'kind', ['refactor']), []);
  });

  it('hands the hardened text over at once to clients that ask for nothing later', async () => {
    await start({ capabilities: mixedCapabilities });
    const uri = await client.open('pod.yaml', 'yaml', pod);
    const [, all] = await actionsAt(uri, 'nginx', ['refactor']);
    assert.ok(client.edited(uri, all?.edit).endsWith(podContext));
  });
});
