// Runs before the npm scripts that need more than Node: checks Node and installs what is missing. Uses nothing but Node itself.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Whether a Node version is inside a range of the two forms that our manifest uses: `^20.19` and `>=22.12`, joined by `||`.
 * @param {string} version
 * @param {string} range
 */
export function satisfies(version, range) {
  const [major = 0, minor = 0] = numbers(version.replace(/^v/, ''));
  return range.split('||').some((part) => {
    const text = part.trim();
    const [wantedMajor = 0, wantedMinor = 0] = numbers(text.replace(/^(\^|>=)/, ''));
    if (text.startsWith('>=')) return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
    return major === wantedMajor && minor >= wantedMinor;
  });
}

/** @param {string} version */
function numbers(version) {
  return version.split('.').map(Number);
}

/**
 * Whether what is installed is what the lock file asks for. Compares contents, not times: a fresh checkout has new times.
 * @param {string} folder
 */
export function isInstalled(folder) {
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesOf(record);
  const wanted = packagesOf(join(folder, 'package-lock.json'));
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    // Optional packages are the binaries of other platforms.
    return found === undefined ? entry.optional === true : found.integrity === entry.integrity;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { integrity?: string, optional?: boolean }>}
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

function main() {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node;
  if (!satisfies(process.version, wanted)) {
    console.error(`Plimsoll needs Node ${wanted}; this is Node ${process.version} (${process.execPath}).`);
    console.error('Install a current one from https://nodejs.org, then run the same command again.');
    return 1;
  }
  if (isInstalled(root)) return 0;
  const npm = process.env.npm_execpath;
  if (npm === undefined) {
    console.error('The dependencies are not installed. Run `npm ci`, then the same command again.');
    return 1;
  }
  console.log('Installing the dependencies (npm ci) …');
  const install = spawnSync(process.execPath, [npm, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (install.status === 0) return 0;
  console.error('npm could not install the dependencies; its message is above.');
  return 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main();
