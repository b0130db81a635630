import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseConfig } from '../../src/languages/config/language.js';
import { allRules } from '../../src/rules/all.js';
import { createConfigurations, type FolderConfig } from '../../src/service/configuration.js';
import { fileSettings } from '../../src/service/file-settings.js';
import { type Files, FilesError } from '../../src/service/files.js';

interface Memory extends Files {
  readonly asked: Set<string>;
}

/** Files in memory; what is asked for is remembered. */
function memory(contents: { readonly [path: string]: string }): Memory {
  const asked = new Set<string>();
  return {
    asked,
    read(path) {
      asked.add(path);
      const text = contents[path];
      return text === undefined
        ? Promise.reject(new FilesError('no such file or folder'))
        : Promise.resolve(new TextEncoder().encode(text));
    },
    list: () => Promise.resolve([]),
    stat(path) {
      asked.add(path);
      const isFolder = Object.keys(contents).some((file) => file.startsWith(`${path}/`));
      return Promise.resolve(Object.hasOwn(contents, path) ? 'file' : isFolder ? 'folder' : undefined);
    },
  };
}

function configurationsOf(files: Files) {
  const parse = (text: string, path: string) => Promise.resolve(parseConfig(text, allRules, path, '2026-06-15'));
  return createConfigurations({ files, choice: { from: 'nearest' }, root: '/repo', parse });
}

async function found(contents: { readonly [path: string]: string }, folder = '/repo'): Promise<FolderConfig> {
  return configurationsOf(memory(contents)).of(folder);
}

/** Why the paths of a config file are not taken in. */
async function troubles(contents: { readonly [path: string]: string }, path = '/repo/.plimsoll.yaml') {
  const unextended = await configurationsOf(memory(contents)).unextended(path, contents[path] ?? '');
  return Object.fromEntries(unextended);
}

function level({ config, base }: FolderConfig, rule: string, file = '/repo/x.yaml') {
  return fileSettings(config, base, {})(file).settings.rules.get(rule)?.severity;
}

describe('a config file that extends others', () => {
  it('takes from them what it does not say itself; a later one wins over an earlier one', async () => {
    const config = await found({
      '/repo/.plimsoll.yaml': 'extends: [a.yaml, team/b.yaml]\nrules: { privileged: info }\n',
      '/repo/a.yaml': 'profile: strict\nkubernetesVersion: "1.30"\nrules: { privileged: off, host-pid: hint }\n',
      '/repo/team/b.yaml': 'profile: all\nrules: { host-pid: warning }\n',
    });
    const { settings } = fileSettings(config.config, config.base, {})('/repo/x.yaml');
    assert.deepEqual([settings.profile, settings.kubernetesMinor], ['all', 30]);
    assert.equal(level(config, 'privileged'), 'info');
    assert.equal(level(config, 'host-pid'), 'warning');
    assert.deepEqual(
      config.files.map(({ path }) => path),
      ['/repo/.plimsoll.yaml', '/repo/a.yaml', '/repo/team/b.yaml'],
    );
  });

  it('takes the severity and each option of a rule from whoever says it last', async () => {
    const { config } = await found({
      '/repo/.plimsoll.yaml': 'extends: a.yaml\nrules: { dangerous-added-capability: { also: [X] } }\n',
      '/repo/a.yaml': 'rules: { dangerous-added-capability: { severity: info, also: [Y], allowed: [Z] } }\n',
    });
    assert.deepEqual(config.rules.get('dangerous-added-capability'), {
      severity: 'info',
      options: { also: ['X'], allowed: ['Z'] },
    });
  });

  it('reads paths from the folder of the file that names them, and patterns from its own', async () => {
    const config = await found({
      '/repo/.plimsoll.yaml': 'extends: config/base.yaml\n',
      '/repo/config/base.yaml':
        'extends: ../config/more.yaml\noverrides: [{ files: /k8s/, rules: { host-pid: off } }]\n',
      '/repo/config/more.yaml': 'exclude: [gen/]\n',
    });
    assert.equal(config.base, '/repo');
    assert.deepEqual(config.config.exclude, ['gen/']);
    assert.equal(level(config, 'host-pid', '/repo/k8s/a.yaml'), 'off');
    assert.equal(level(config, 'host-pid', '/repo/config/k8s/a.yaml'), undefined);
  });

  it('has the overrides and ignores of all of them', async () => {
    const { config } = await found({
      '/repo/.plimsoll.yaml': 'extends: a.yaml\nignores: [{ rule: host-pid, reason: mine }]\n',
      '/repo/a.yaml': 'ignores: [{ rule: host-ipc, reason: theirs }]\n',
    });
    assert.deepEqual(
      config.ignores.map(({ reason, at }) => [reason, at.file]),
      [
        ['theirs', '/repo/a.yaml'],
        ['mine', '/repo/.plimsoll.yaml'],
      ],
    );
  });

  it('never reads what lies outside the repository, nor what is no relative path', async () => {
    const paths = ['../base.yaml', 'a/../../base.yaml', '/etc/base.yaml', 'https://example.com/base.yaml', 'a\\b.yaml'];
    const files = memory({
      '/repo/.git/HEAD': '',
      '/repo/.plimsoll.yaml': `extends: ${JSON.stringify(paths)}\n`,
      '/base.yaml': 'profile: all\n',
      '/etc/base.yaml': 'profile: all\n',
    });
    const configurations = configurationsOf(files);
    const { config } = await configurations.of('/repo');
    assert.equal(config.profile, undefined);
    for (const path of ['/base.yaml', '/etc/base.yaml']) assert.ok(!files.asked.has(path), path);
    const unextended = await configurations.unextended('/repo/.plimsoll.yaml', `extends: ${JSON.stringify(paths)}\n`);
    assert.deepEqual(
      [...unextended],
      [
        ['../base.yaml', "'../base.yaml' leads out of this repository: it is not taken in."],
        ['a/../../base.yaml', "'a/../../base.yaml' leads out of this repository: it is not taken in."],
        ['/etc/base.yaml', "'/etc/base.yaml' is no relative path: it is not taken in."],
        ['https://example.com/base.yaml', "'https://example.com/base.yaml' is no relative path: it is not taken in."],
        ['a\\b.yaml', "'a\\b.yaml' is no relative path: it is not taken in."],
      ],
    );
  });

  it('may reach up to the folder with .git', async () => {
    const config = await found(
      {
        '/code/.git/HEAD': '',
        '/code/base.yaml': 'profile: all\n',
        '/code/app/.plimsoll.yaml': 'extends: ../base.yaml\n',
      },
      '/code/app',
    );
    assert.equal(config.config.profile, 'all');
  });

  it('says of each path why it is not taken in: missing, a folder, another format, a circle', async () => {
    assert.deepEqual(
      await troubles({
        '/repo/.plimsoll.yaml': 'extends: [none.yaml, dir.yaml, Dockerfile, a.yaml, ./.plimsoll.yaml]\n',
        '/repo/dir.yaml/x': '',
        '/repo/Dockerfile': 'FROM a\n',
        '/repo/a.yaml': 'extends: .plimsoll.yaml\nprofile: all\n',
      }),
      {
        'none.yaml': "There is no file 'none.yaml': nothing is taken in.",
        'dir.yaml': "There is no file 'dir.yaml': nothing is taken in.",
        Dockerfile: "'Dockerfile' has no name that ends in '.yaml' or '.yml': it is not taken in.",
        './.plimsoll.yaml': "'./.plimsoll.yaml' leads back to this file: a circle is not followed.",
        'a.yaml': "'a.yaml' leads back to this file: a circle is not followed.",
      },
    );
  });

  it('tells every file of a circle, and none that only leads to it', async () => {
    const contents = {
      '/repo/.plimsoll.yaml': 'extends: a.yaml\n',
      '/repo/a.yaml': 'extends: b.yaml\n',
      '/repo/b.yaml': 'extends: a.yaml\nprofile: all\n',
    };
    const back = (path: string) => ({ [path]: `'${path}' leads back to this file: a circle is not followed.` });
    assert.deepEqual(await troubles(contents, '/repo/a.yaml'), back('b.yaml'));
    assert.deepEqual(await troubles(contents, '/repo/b.yaml'), back('a.yaml'));
    assert.deepEqual(await troubles(contents), {});
    assert.equal((await found(contents)).config.profile, 'all');
  });

  it('reads a bounded number of files, however hostile they are', async () => {
    const contents: { [path: string]: string } = {};
    // Each level names the next one twice: 2^12 ways.
    for (let i = 0; i < 12; i++) contents[`/repo/${i}.yaml`] = `extends: [./${i + 1}.yaml, ${i + 1}.yaml]\n`;
    contents['/repo/12.yaml'] = 'profile: all\n';
    contents['/repo/.plimsoll.yaml'] = 'extends: 0.yaml\n';
    const { files } = await found(contents);
    assert.equal(files.length, 50);
  });
});
