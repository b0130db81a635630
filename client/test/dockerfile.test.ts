// Dockerfiles as a whole: mended on saving, explained, found by name, judged by hadolint's file, shown beside other tools.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { hasDriver, press, screenshot, type, waitForText } from './driver.js';
import {
  actionsAt,
  apply,
  closeEditors,
  diagnostics,
  eventually,
  expectFindings,
  type Folder,
  findings,
  insert,
  makeFolder,
  putCursor,
  removeFolder,
  show,
} from './workspace.js';

const workspace = vscode.ConfigurationTarget.Workspace;

const sloppy = `# syntax=docker/dockerfile:1

# The shop, as somebody wrote it in a hurry.

ARG NODE=22
FROM --platform=$TARGETPLATFORM node:\${NODE}-slim as assets
MAINTAINER Jo Doe <jo@example.com>
ENV NPM_CONFIG_LOGLEVEL warn
run apt-get update && \\
    # for what has to be compiled

    apt-get install "g++" \\
      # quietly
      make\t&& \\
    apt-get clean   # all of it
WORKDIR /src
ADD package.json ./
RUN npm ci && \\

    npm run build

FROM alpine:3.22 As shop
ENV APP_HOME=/srv PATH=/srv/bin:$PATH
RUN apk add python3 \\
\tpy3-pip   # "pip install" comes later
WORKDIR /srv
COPY requirements.txt .
RUN pip install -r requirements.txt; echo "pip install done"
COPY --from=0 /src/dist ./static
EXPOSE 80/TCP 443/udp
CMD gunicorn shop:app
`;

/** As an array CMD starts another process: that is left to a person. */
const clean = `# syntax=docker/dockerfile:1

# The shop, as somebody wrote it in a hurry.

ARG NODE=22
FROM node:\${NODE}-slim AS assets
LABEL org.opencontainers.image.authors="Jo Doe <jo@example.com>"
ENV NPM_CONFIG_LOGLEVEL=warn
RUN apt-get update && \\
    # for what has to be compiled
    apt-get install -y "g++" \\
      # quietly
      make\t&& \\
    apt-get clean   # all of it
WORKDIR /src
COPY package.json ./
RUN npm ci && \\
    npm run build

FROM alpine:3.22 AS shop
ENV APP_HOME=/srv PATH=/srv/bin:$PATH
RUN apk add --no-cache python3 \\
\tpy3-pip   # "pip install" comes later
WORKDIR /srv
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt; echo "pip install done"
COPY --from=assets /src/dist ./static
EXPOSE 80/tcp 443/udp
CMD gunicorn shop:app
`;

const sloppyRpm = `FROM rockylinux:9 AS base
run yum install httpd \\
    # its module

    mod_ssl
RUN dnf -y install jq && \\
    dnf -y upgrade jq
RUN yum install -y php
EXPOSE 443/TCP
CMD ["httpd", "-DFOREGROUND"]
`;

const cleanRpm = `FROM rockylinux:9 AS base
RUN yum install -y httpd \\
    # its module
    mod_ssl \\
    && yum clean all
RUN dnf -y install jq && \\
    dnf -y upgrade jq && \\
    dnf clean all
RUN yum install -y php && yum clean all
EXPOSE 443/tcp
CMD ["httpd", "-DFOREGROUND"]
`;

/** Sets a setting for one piece of work. */
async function withSetting(section: string, name: string, value: unknown, work: () => Promise<void>): Promise<void> {
  const set = (to: unknown) => vscode.workspace.getConfiguration(section).update(name, to, workspace);
  await set(value);
  try {
    await work();
  } finally {
    await set(undefined);
  }
}

function placeOf(document: vscode.TextDocument, before: string, after: string): vscode.Position {
  const offset = document.getText().indexOf(before + after);
  assert.ok(offset >= 0, `There is no ${before}${after}.`);
  return document.positionAt(offset + before.length);
}

async function symbolsOf(uri: vscode.Uri): Promise<readonly vscode.DocumentSymbol[]> {
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    uri,
  );
  return symbols ?? [];
}

function namesOf(symbols: readonly vscode.DocumentSymbol[], depth = ''): readonly string[] {
  return symbols.flatMap(({ name, detail, children }) => [
    `${depth}${name}${detail && ` (${detail})`}`,
    ...namesOf(children, `${depth}  `),
  ]);
}

describe('Saving a Dockerfile with what fixes all', () => {
  let folder: Folder;
  before(async () => {
    folder = await makeFolder('sloppy', 'profile: all\n');
  });
  afterEach(closeEditors);
  after(() => removeFolder(folder));

  /** Writes all but the last line, types that one and saves; then types a comment and saves again. */
  async function saveTwice(name: string, text: string, expected: string): Promise<void> {
    const lines = text.split(/(?<=\n)/);
    const uri = await folder.write(name, lines.slice(0, -1).join(''));
    const editor = await show(uri);
    await eventually(() => assert.ok(diagnostics(uri).length > 0));
    const typeAndSave = async (line: string) => {
      await insert(editor, editor.document.lineCount, line);
      await vscode.commands.executeCommand('workbench.action.files.save');
      await eventually(() => assert.ok(!editor.document.isDirty));
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    };
    await withSetting('editor', 'codeActionsOnSave', { 'source.fixAll.plimsoll': 'explicit' }, async () => {
      assert.equal(await typeAndSave(lines.at(-1) ?? ''), expected);
      assert.equal(editor.document.getText(), expected);
      const again = expected.endsWith('\r\n') ? '# again\r\n' : '# again\n';
      assert.equal(await typeAndSave(again), expected + again);
    });
  }

  it('makes it a clean one that differs only where it should', () => saveTwice('Dockerfile', sloppy, clean));

  it('keeps the line ends of Windows', () =>
    saveTwice('rpm.Dockerfile', sloppyRpm.replaceAll('\n', '\r\n'), cleanRpm.replaceAll('\n', '\r\n')));

  it('leaves what a person has to look at as a finding with a fix', async () => {
    const uri = await folder.write('clean.Dockerfile', clean);
    await show(uri);
    await eventually(() => assert.ok(diagnostics(uri).length > 0));
    const actions = await actionsAt(uri, 'shell-form-command');
    assert.ok(actions.some(({ title }) => title === 'Write it as a JSON array'));
  });

  it('is not what the editor does by itself', async () => {
    const uri = await folder.write('sloppy.Dockerfile', sloppy);
    const editor = await show(uri);
    await eventually(() => assert.ok(diagnostics(uri).length > 0));
    await insert(editor, editor.document.lineCount, '# typed\n');
    await vscode.commands.executeCommand('workbench.action.files.save');
    await eventually(() => assert.ok(!editor.document.isDirty));
    assert.equal(editor.document.getText(), `${sloppy}# typed\n`);
  });
});

describe('The light bulb in a Dockerfile', () => {
  const text = 'FROM alpine:3.22\nUSER 1000\nCMD gunicorn --bind "0.0.0.0:80" shop:app\n';
  const mended = text.replace(/CMD .*/, 'CMD ["gunicorn", "--bind", "0.0.0.0:80", "shop:app"]');
  let folder: Folder;
  before(async () => {
    folder = await makeFolder('bulb', 'profile: strict\n');
  });
  afterEach(closeEditors);
  after(() => removeFolder(folder));

  async function showIt(): Promise<vscode.TextEditor> {
    const editor = await show(await folder.write('Dockerfile', text));
    await expectFindings(editor.document.uri, ['shell-form-command 3:5-3:42']);
    return editor;
  }

  it('offers a fix that is not safe, makes it, and undoes it in one step', async () => {
    const editor = await showIt();
    const actions = await actionsAt(editor.document.uri, 'shell-form-command');
    await apply(actions.find(({ title }) => title === 'Write it as a JSON array'));
    assert.equal(editor.document.getText(), mended);
    await expectFindings(editor.document.uri, []);
    await vscode.commands.executeCommand('undo');
    await eventually(() => assert.equal(editor.document.getText(), text));
  });

  it('has it first in its menu', async function () {
    if (!hasDriver) return this.skip();
    const editor = await showIt();
    await putCursor(editor, new vscode.Position(2, 8));
    await vscode.commands.executeCommand('editor.action.quickFix');
    await waitForText('Write it as a JSON array');
    await screenshot('dockerfile-bulb');
    await press('Enter');
    await eventually(() => assert.equal(editor.document.getText(), mended));
  });
});

describe('Reading help in a Dockerfile', () => {
  const text = `ARG NODE=22
FROM node:\${NODE}-slim AS assets
WORKDIR /src
COPY package.json node_modules/ ./
RUN npm ci
FROM alpine:3.22 AS shop
USER 1000
COPY --from=assets /src/dist /srv
`;
  let folder: Folder;
  let uri: vscode.Uri;
  let document: vscode.TextDocument;
  before(async () => {
    folder = await makeFolder('reading');
    uri = await folder.write('Dockerfile', `${text}EXPOSE 99999\n`);
  });
  beforeEach(async () => {
    document = (await show(uri)).document;
    // What is asked for is answered from the moment on that the server knows of the file.
    await expectFindings(uri, ['port-out-of-range 9:8-9:13']);
  });
  afterEach(closeEditors);
  after(() => removeFolder(folder));

  async function hoverAt(before: string, after: string): Promise<string> {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      placeOf(document, before, after),
    );
    return hovers
      .flatMap(({ contents }) => contents)
      .map((part) => (typeof part === 'string' ? part : part.value))
      .join('\n');
  }

  it('tells in a hover what a variable, an image and a stage come to', async () => {
    assert.match(
      await hoverAt('node:${', 'NODE'),
      /\*\*Variable:\*\* `NODE` is `22` by default, \[line&nbsp;1\]\(\S+#L1\)/,
    );
    assert.match(await hoverAt('FROM n', 'ode'), /\*\*Image:\*\* `docker\.io\/library\/node:22-slim`/);
    const stage = await hoverAt('AS sh', 'op');
    assert.match(stage, /\*\*Stage:\*\* 'shop' is what is built/);
    assert.match(stage, /^\| `USER` \| `1000` \| \[line&nbsp;7\]\(\S+#L7\) \|$/m);
    assert.equal(await hoverAt('npm c', 'i'), '');
  });

  it('tells it inside a Compose file, too', async () => {
    const compose =
      'services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM node:22 AS one\n        FROM one\n';
    const inside = await folder.write('inline/compose.yaml', `${compose}        EXPOSE 99999\n`);
    const shown = (await show(inside)).document;
    await eventually(() => assert.ok(findings(inside).some((found) => found.startsWith('port-out-of-range'))));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      inside,
      placeOf(shown, 'FROM o', 'ne\n'),
    );
    const told = hovers
      .flatMap(({ contents }) => contents)
      .map((part) => (typeof part === 'string' ? part : part.value));
    assert.match(told.join('\n'), /\*\*Stage:\*\* 'one' is in the image/);
  });

  it('has the stages and their instructions in the outline, unless a setting takes it away', async () => {
    const outline = [
      'ARG NODE=22',
      'assets (node:22-slim)',
      '  WORKDIR /src',
      '  COPY package.json node_modules/ ./',
      '  RUN npm ci',
      'shop (built) (alpine:3.22)',
      '  USER 1000',
      '  COPY /src/dist /srv (from assets)',
      '  EXPOSE 99999',
    ];
    assert.deepEqual(namesOf(await symbolsOf(uri)), outline);
    await withSetting('plimsoll', 'outline', false, () =>
      eventually(async () => assert.deepEqual(await symbolsOf(uri), [])),
    );
    await eventually(async () => assert.deepEqual(namesOf(await symbolsOf(uri)), outline));
  });

  it('has links to stages, and to the line of a new .dockerignore that keeps a source out of the build', async () => {
    const links = async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', uri, 50);
      return found
        .map(({ range, target, tooltip }) => [document.getText(range), target?.path, target?.fragment, tooltip])
        .sort();
    };
    const toStage = ['assets', uri.path, 'L2', 'Go to line 2'];
    assert.deepEqual(await links(), [toStage]);
    const list = await folder.write('.dockerignore', '*.log\nnode_modules\n');
    const why = 'Left out of the build by line 2 of reading/.dockerignore';
    await eventually(async () => assert.deepEqual(await links(), [toStage, ['node_modules/', list.path, 'L2', why]]));
  });

  it('goes to where a stage or a variable is written first', async () => {
    const definitions = async (before: string, after: string) => {
      const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        uri,
        placeOf(document, before, after),
      );
      return found.map((one) => {
        const [at, range] = 'uri' in one ? [one.uri, one.range] : [one.targetUri, one.targetRange];
        return [at.path, range.start.line + 1, document.getText(range)];
      });
    };
    assert.deepEqual(await definitions('--from=as', 'sets'), [[uri.path, 2, 'assets']]);
    assert.deepEqual(await definitions('node:${N', 'ODE'), [[uri.path, 1, 'NODE']]);
    assert.deepEqual(await definitions('npm c', 'i'), []);
  });

  it('finds what uses a stage', async () => {
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      uri,
      placeOf(document, 'AS as', 'sets'),
    );
    assert.deepEqual(
      found.map(({ range }) => [range.start.line + 1, document.getText(range)]),
      [
        [2, 'assets'],
        [8, 'assets'],
      ],
    );
  });
});

describe("hadolint's file beside a Dockerfile", () => {
  let folder: Folder;
  beforeEach(async () => {
    folder = await makeFolder('hadolint', '{}\n');
  });
  afterEach(() => removeFolder(folder));

  it('takes effect as soon as it is written, changed or deleted', async () => {
    const uri = await folder.write('Dockerfile', 'FROM nginx\nUSER 1000\nCMD ["nginx"]\n');
    const own = ['image-latest-tag 1:6-1:11'];
    await show(uri);
    await expectFindings(uri, own);
    await folder.write('.hadolint.yaml', 'ignored: [DL3006, DL3007]\n');
    await expectFindings(uri, []);
    await folder.write('.hadolint.yaml', 'override:\n  error: [DL3006]\n  warning: [DL3057]\n');
    await expectFindings(uri, [...own, 'missing-healthcheck 1:6-1:11']);
    assert.deepEqual(
      diagnostics(uri).map(({ severity }) => severity),
      [vscode.DiagnosticSeverity.Error, vscode.DiagnosticSeverity.Warning],
    );
    await folder.remove('.hadolint.yaml');
    await expectFindings(uri, own);
  });
});

describe('A file that is named like a Dockerfile', () => {
  const text = 'FROM debian\nUSER 1000\n';
  const found = ['image-latest-tag 1:6-1:12'];
  let folder: Folder;
  before(async () => {
    folder = await makeFolder('names');
  });
  after(() => removeFolder(folder));

  it('is judged, open or not, where it is one', async () => {
    const templates = await Promise.all(['Dockerfile.j2', 'Dockerfile.tmpl'].map((name) => folder.write(name, text)));
    for (const template of templates) assert.equal((await show(template)).document.languageId, 'dockerfile');
    const names = ['Dockerfile', 'Dockerfile.prod', 'api.Dockerfile', 'Containerfile', 'Containerfile.dev'];
    const files = await Promise.all(names.map((name) => folder.write(name, text)));
    const plain = await Promise.all(['Dockerfile-dev', 'containerfile_dev'].map((name) => folder.write(name, text)));
    for (const uri of [...files, ...plain]) await expectFindings(uri, found);
    for (const uri of [...files, ...plain]) {
      const editor = await show(uri);
      assert.equal(editor.document.languageId, plain.includes(uri) ? 'plaintext' : 'dockerfile', uri.path);
      await insert(editor, 1, '# typed\n');
      await expectFindings(uri, ['image-latest-tag 2:6-2:12']);
      // A tab that is not to be seen would be saved on closing, and its file be there again.
      await closeEditors();
    }
    for (const template of templates) {
      assert.deepEqual(findings(template), []);
      assert.deepEqual(await symbolsOf(template), []);
    }
  });
});

describe('Beside another extension for Dockerfiles', () => {
  const text = 'FROM debian AS shop\nUSER 1000\n';
  let folder: Folder;
  let uri: vscode.Uri;
  let others: vscode.Disposable;
  before(async () => {
    folder = await makeFolder('beside', '{}\n');
    uri = await folder.write('Dockerfile', text);
    const at = new vscode.Range(0, 5, 0, 11);
    const marks = vscode.languages.createDiagnosticCollection('hadolint');
    const mark = new vscode.Diagnostic(at, 'Always tag the version of an image explicitly');
    marks.set(uri, [Object.assign(mark, { source: 'hadolint', code: 'DL3006' })]);
    const outline = vscode.languages.registerDocumentSymbolProvider('dockerfile', {
      provideDocumentSymbols: () => [new vscode.DocumentSymbol('FROM', '', vscode.SymbolKind.Property, at, at)],
    });
    others = vscode.Disposable.from(marks, outline);
    await show(uri);
    await expectFindings(uri, ['image-latest-tag 1:6-1:12']);
  });
  after(async () => {
    others.dispose();
    await removeFolder(folder);
  });

  it('a rule that is off leaves its finding to that one', () =>
    withSetting('plimsoll', 'rules', { 'image-latest-tag': 'off' }, async () => {
      await expectFindings(uri, []);
      assert.deepEqual(
        vscode.languages.getDiagnostics(uri).map(({ source }) => source),
        ['hadolint'],
      );
    }));

  it('a setting leaves the outline to that one', async () => {
    const both = ['FROM', 'shop (built) (debian)', '  USER 1000'];
    const names = async () => [...namesOf(await symbolsOf(uri))].sort((a, b) => both.indexOf(a) - both.indexOf(b));
    await eventually(async () => assert.deepEqual(await names(), both));
    await withSetting('plimsoll', 'outline', false, () =>
      eventually(async () => assert.deepEqual(await names(), ['FROM'])),
    );
  });
});

describe('A Dockerfile on the screen', () => {
  const text = `ARG NODE=22
FROM node:\${NODE}-slim AS assets
WORKDIR /src
COPY . .
RUN curl -fsSL https://example.com/setup.sh | bash - && npm ci

FROM nginx AS shop
ENV SHOP_API_TOKEN=8f14e45fceea167a5a36dedd4bea2543
COPY --from=assets /src/dist /usr/share/nginx/html
EXPOSE 8080 99999
CMD nginx -g "daemon off;"
`;
  let folder: Folder;
  before(async () => {
    folder = await makeFolder('pictures', 'profile: strict\n');
  });
  after(() => removeFolder(folder));

  for (const [name, theme] of [
    ['light', 'Default Light Modern'],
    ['dark', 'Default Dark Modern'],
  ] as const) {
    it(`has a hover over its stage and its findings below it, in a ${name} window`, async function () {
      if (!hasDriver) return this.skip();
      const editor = await show(await folder.write('Dockerfile', text));
      await eventually(() => assert.ok(diagnostics(editor.document.uri).length > 0));
      await withSetting('workbench', 'colorTheme', theme, async () => {
        await vscode.commands.executeCommand('workbench.actions.view.problems');
        await waitForText('secret-in-env');
        await vscode.commands.executeCommand('problems.action.focusFilter');
        await type('**/pictures/**');
        await waitForText('port-out-of-range');
        await screenshot(`dockerfile-problems-${name}`);
        await vscode.commands.executeCommand('problems.action.clearFilterText');
        await vscode.commands.executeCommand('workbench.action.closePanel');
        await vscode.commands.executeCommand('outline.focus');
        const at = placeOf(editor.document, '--from=as', 'sets');
        await putCursor(editor, at);
        await vscode.commands.executeCommand('editor.action.showHover');
        await waitForText("'assets' is");
        await waitForText('shop (built)');
        await screenshot(`dockerfile-stage-${name}`);
        await press('Escape');
      });
    });
  }
});
