// The server of the private VS Code: started with fresh folders on a free port of the loopback, and surely ended.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PrivateVSCode } from './install.js';

export interface Host {
  /** `127.0.0.1:PORT`, which is also the authority of the files' `vscode-remote:` addresses. */
  readonly authority: string;
  /** Lets in who knows it; goes into an address as `tkn`. */
  readonly token: string;
  /** For whatever belongs to this run; removed with it. */
  readonly folder: string;
  /** What the server has printed, for people in trouble. */
  log(): string;
  /** Resolves when all its processes are gone and the folder is removed. */
  stop(): Promise<void>;
  /** Resolves when the server has ended, by itself or because of `stop`. */
  readonly ended: Promise<void>;
}

export interface HostOptions {
  /** Packages (`.vsix`) that are installed before the start. */
  readonly packages?: readonly string[];
  /** Is given the folder of the installed extensions before the start. */
  readonly prepare?: (extensions: string) => Promise<void>;
  /** Over `quietSettings`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Opens folders in Restricted Mode, as a folder that nobody has trusted yet; without a question. */
  readonly restricted?: boolean;
  /** For scripts and tests: pages may say in their address which extension they develop and which tests run. */
  readonly automated: boolean;
}

/** What would stand in the way of tests and on pictures of the extension. */
const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'http.proxySupport': 'off',
  'remote.autoForwardPorts': false,
};

/** VS Code takes these from nobody but the user. */
const restrictedSettings: Readonly<Record<string, unknown>> = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

/** How long the server may take for its start. */
const startTimeout = 60_000;

export async function startHost(vscode: PrivateVSCode, options: HostOptions): Promise<Host> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-editor-'));
  const data = join(folder, 'data');
  const restricted = options.restricted === true;
  writeSettings(join(data, 'data', 'Machine'), { ...quietSettings, ...options.settings });
  if (restricted) writeSettings(join(data, 'data', 'User'), restrictedSettings);
  const extensions = join(data, 'extensions');
  mkdirSync(extensions);
  await options.prepare?.(extensions);
  const token = randomUUID();
  const child = spawn(
    process.execPath,
    [
      ...[fileURLToPath(new URL('guard.mjs', import.meta.url)), folder, vscode.node, vscode.serverMain],
      ...['--host', '127.0.0.1', '--port', '0', '--connection-token', token, '--accept-server-license-terms'],
      ...['--server-data-dir', data, '--user-data-dir', join(data, 'data'), '--extensions-dir', extensions],
      ...['--telemetry-level', 'off', '--disable-update-check'],
      ...(restricted ? [] : ['--disable-workspace-trust']),
      ...(options.automated ? ['--enable-smoke-test-driver'] : []),
      ...(options.packages ?? []).flatMap((file) => ['--install-extension', file]),
      ...(options.packages === undefined ? [] : ['--start-server']),
    ],
    // In a group of its own, which outlives ours when that is killed.
    { stdio: ['pipe', 'pipe', 'pipe'], detached: true },
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  child.stdin.on('error', () => {});
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('close', () => resolve());
  });
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  try {
    const port = await portOf(child, () => log);
    return { authority: `127.0.0.1:${port}`, token, folder, log: () => log, stop, ended };
  } catch (error) {
    await stop();
    throw error;
  }
}

function writeSettings(folder: string, settings: Readonly<Record<string, unknown>>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
}

/** The address of a page of the editor. */
export function addressOf(host: Host, folder: string | undefined, payload: ReadonlyMap<string, string>): string {
  const query = new URLSearchParams({ tkn: host.token });
  if (folder !== undefined) query.set('folder', folder);
  if (payload.size > 0) query.set('payload', JSON.stringify([...payload]));
  return `http://${host.authority}/?${query}`;
}

/** A copy of a workspace that a run may write into, under the same name; it lasts as long as the host. */
export function copyWorkspace({ folder }: Pick<Host, 'folder'>, workspace: string): string {
  const copy = join(mkdtempSync(join(folder, 'workspace-')), basename(workspace));
  cpSync(workspace, copy, { recursive: true });
  return copy;
}

function portOf(child: ChildProcess, log: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`VS Code's server ${what}. It printed:\n${log().trim()}`));
    const timer = setTimeout(() => fail(`was not up after ${startTimeout / 1000} s`), startTimeout);
    child.on('close', () => {
      clearTimeout(timer);
      fail('ended at once');
    });
    child.stdout?.on('data', () => {
      const port = /Extension host agent listening on (\d+)/.exec(log())?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}
