// What the server is told about file systems that it cannot reach.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { findFiles, readFile } from '../src/files.js';

/** A file system of the memory that nobody can search, as some extensions have them. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly #files: ReadonlyMap<string, string>;
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = new Map(Object.entries(files));
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const text = this.#files.get(path);
    if (text === undefined && this.#below(path).length === 0) throw vscode.FileSystemError.FileNotFound(path);
    const type = text === undefined ? vscode.FileType.Directory : vscode.FileType.File;
    return { type, ctime: 0, mtime: 0, size: text?.length ?? 0 };
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    const entries = new Map<string, vscode.FileType>();
    for (const rest of this.#below(path)) {
      const [name = '', ...more] = rest.split('/');
      entries.set(name, more.length > 0 ? vscode.FileType.Directory : vscode.FileType.File);
    }
    return [...entries];
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    return new TextEncoder().encode(this.#files.get(path));
  }

  #below(path: string): readonly string[] {
    const folder = path.endsWith('/') ? path : `${path}/`;
    return [...this.#files.keys()].filter((file) => file.startsWith(folder)).map((file) => file.slice(folder.length));
  }

  watch = () => new vscode.Disposable(() => undefined);
  createDirectory = refuse;
  writeFile = refuse;
  delete = refuse;
  rename = refuse;
}

function refuse(): never {
  throw vscode.FileSystemError.NoPermissions();
}

describe('Files that the server asks for', () => {
  const at = (path: string): string => `plimsoll-memory:${path}`;
  let registration: vscode.Disposable;

  before(() => {
    const provider = new MemoryFiles({
      '/app/Dockerfile': 'FROM debian:12\n',
      '/app/build/dev.DOCKERFILE': 'FROM debian:12\n',
      '/app/Containerfile.arm': 'FROM debian:12\n',
      '/app/k8s/pod.yaml': 'kind: Pod\n',
      '/app/k8s/values.yml': 'a: 1\n',
      '/app/.gitignore': 'dist\n',
      '/app/.dockerignore': 'dist\n',
      '/app/.env': 'A=1\n',
      '/app/README.md': '# App\n',
      '/app/node_modules/x/compose.yaml': 'services: {}\n',
      '/app/.git/config.yaml': 'a: 1\n',
      '/app/large.yaml': 'ä'.repeat(20_000),
    });
    registration = vscode.workspace.registerFileSystemProvider('plimsoll-memory', provider, { isReadonly: true });
  });
  after(() => registration.dispose());

  it('are found where nothing can be searched, without the folders that hold the work of others', async () => {
    const { uris } = await findFiles({ folder: at('/app') }, new vscode.CancellationTokenSource().token);
    assert.deepEqual(
      [...uris].sort(),
      [
        '/app/.dockerignore',
        '/app/.env',
        '/app/.gitignore',
        '/app/Containerfile.arm',
        '/app/Dockerfile',
        '/app/build/dev.DOCKERFILE',
        '/app/k8s/pod.yaml',
        '/app/k8s/values.yml',
        '/app/large.yaml',
      ].map(at),
    );
  });

  it('are read up to the limit, byte by byte', async () => {
    const { data } = await readFile({ uri: at('/app/large.yaml'), limit: 30_001 });
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    assert.equal(bytes.length, 30_001);
    assert.deepEqual([...bytes.subarray(29_998)], [0xc3, 0xa4, 0xc3]);
  });

  it('are refused where they are folders or not there', async () => {
    await assert.rejects(readFile({ uri: at('/app/k8s'), limit: 10 }), /not a file/);
    await assert.rejects(readFile({ uri: at('/app/none'), limit: 10 }));
  });

  it('are found on the disk too, even those that the settings hide', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const settings = vscode.workspace.getConfiguration('files');
    await settings.update('exclude', { '**/mailer': true }, vscode.ConfigurationTarget.Workspace);
    try {
      const { uris } = await findFiles({ folder: folder.toString() }, new vscode.CancellationTokenSource().token);
      const paths = uris.map((uri) => vscode.Uri.parse(uri).path.slice(folder.path.length)).sort();
      for (const path of ['/.env', '/compose.yaml', '/api/Dockerfile', '/mailer/Dockerfile', '/deploy/api.yaml']) {
        assert.ok(paths.includes(path), paths.join(', '));
      }
      assert.ok(!paths.includes('/README.md'));
    } finally {
      await settings.update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
