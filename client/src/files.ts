// Answers the server's questions about files that it cannot reach itself.
import * as vscode from 'vscode';

/** Larger files are refused: the whole of a file has to be read to hand out its beginning. */
const sizeLimit = 64 * 1024 * 1024;

const wanted = /\.ya?ml$|^\.(?:git|docker)ignore$|^\.env$|^\.plimsoll-baseline\.json$|dockerfile|containerfile/i;
const skippedFolders = new Set(['node_modules', '.git', 'vendor', '.venv', 'bower_components']);

/** In file systems of other schemes a search may wait for ever for somebody who can do it. */
const searched = new Set(['file', 'vscode-remote']);

/** How many folders are read at the same time: those of a virtual file system may be far away. */
const foldersAtOnce = 16;

/** What `wanted` says, as a pattern of VS Code, which knows no case-insensitive ones. */
const pattern = `**/{${['*.yml', '*.yaml', '.gitignore', '.dockerignore', '.env', '.plimsoll-baseline.json', anyCase('dockerfile'), anyCase('containerfile')].join(',')}}`;

function anyCase(word: string): string {
  return `*${[...word].map((letter) => `[${letter}${letter.toUpperCase()}]`).join('')}*`;
}

/** The first `limit` bytes of a file, in base64. */
export async function readFile(asked: { readonly uri: string; readonly limit: number }): Promise<{ data: string }> {
  const uri = vscode.Uri.parse(asked.uri);
  const { type, size } = await vscode.workspace.fs.stat(uri);
  if ((type & vscode.FileType.File) === 0) throw new Error('It is not a file.');
  if (size > sizeLimit) throw new Error(`It is larger than ${sizeLimit / 1024 / 1024} MB.`);
  const bytes = await vscode.workspace.fs.readFile(uri);
  return { data: base64(bytes.subarray(0, asked.limit)) };
}

function base64(bytes: Uint8Array): string {
  // In pieces: a call takes only so many arguments.
  const piece = 0x2000;
  let text = '';
  for (let start = 0; start < bytes.length; start += piece) {
    text += String.fromCharCode(...bytes.subarray(start, start + piece));
  }
  return btoa(text);
}

/** The files below a folder whose names may matter, whatever the settings hide. */
export async function findFiles(
  asked: { readonly folder: string },
  token: vscode.CancellationToken,
): Promise<{ uris: readonly string[] }> {
  const folder = vscode.Uri.parse(asked.folder);
  const found = searched.has(folder.scheme) ? await search(folder, token) : [];
  const uris = found.length > 0 ? found : await walk(folder, token);
  return { uris: uris.map((uri) => uri.toString()) };
}

async function search(folder: vscode.Uri, token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  // `null`: no excludes, neither of the settings nor of .gitignore. The server decides what is left out.
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, pattern), null, undefined, token);
  return found.filter((uri) => isWanted(folder, uri));
}

function isWanted(folder: vscode.Uri, uri: vscode.Uri): boolean {
  const parts = uri.path.slice(folder.path.length).split('/');
  const name = parts.pop() ?? '';
  return wanted.test(name) && !parts.some((part) => skippedFolders.has(part));
}

/** Links are not followed: they may go in circles. */
async function walk(root: vscode.Uri, token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  const files: vscode.Uri[] = [];
  const folders = [root];
  while (folders.length > 0 && !token.isCancellationRequested) {
    const batch = folders.splice(0, foldersAtOnce);
    const read = await Promise.all(batch.map(async (folder) => ({ folder, names: await entries(folder) })));
    for (const { folder, names } of read) {
      for (const [name, type] of names) {
        const uri = vscode.Uri.joinPath(folder, name);
        if (type === vscode.FileType.Directory && !skippedFolders.has(name)) folders.push(uri);
        else if ((type & vscode.FileType.File) !== 0 && wanted.test(name)) files.push(uri);
      }
    }
  }
  return files;
}

/** Nothing for a folder that cannot be read: the rest of the workspace counts all the same. */
async function entries(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}
