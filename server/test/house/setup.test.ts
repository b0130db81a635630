import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { isInstalled, satisfies } from '../../../tools/setup.mjs';

describe('the set-up before npm start and npm test', () => {
  const range = '^20.19 || >=22.12';

  for (const version of ['v20.19.0', 'v20.20.2', 'v22.12.0', 'v23.0.0', 'v24.1.0']) {
    it(`takes Node ${version}`, () => assert.equal(satisfies(version, range), true));
  }
  for (const version of ['v18.20.0', 'v20.18.3', 'v21.7.0', 'v22.11.0']) {
    it(`refuses Node ${version}`, () => assert.equal(satisfies(version, range), false));
  }
});

describe('what is installed', () => {
  let folder = '';
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a1' },
      'node_modules/a-win32': { version: '1.0.0', integrity: 'sha512-w1', optional: true },
    },
  };

  function install(packages: object): void {
    mkdirSync(join(folder, 'node_modules'), { recursive: true });
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-setup-'));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is not enough without node_modules', () => assert.equal(isInstalled(folder), false));

  it('is enough without the binaries of other platforms', () => {
    install({ 'node_modules/a': lock.packages['node_modules/a'] });
    assert.equal(isInstalled(folder), true);
  });

  it('is not enough when the lock file asks for another version', () => {
    install({ 'node_modules/a': { version: '0.9.0', integrity: 'sha512-a0' } });
    assert.equal(isInstalled(folder), false);
  });

  it('is not enough when a package is missing', () => {
    install({});
    assert.equal(isInstalled(folder), false);
  });
});
