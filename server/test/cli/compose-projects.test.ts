// Compose projects of several files, as the command line sees them.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openWorkshop, type Workshop } from './workshop.js';

interface Found {
  readonly rule: string;
  readonly file: string;
  readonly range: { readonly start: { readonly line: number; readonly column: number } };
  readonly related: readonly { readonly file: string; readonly range: Found['range']; readonly message: string }[];
}

describe('a Compose project', () => {
  let workshop: Workshop;
  beforeEach(() => {
    workshop = openWorkshop();
  });
  afterEach(() => workshop.close());

  const placed = ({ file, range: { start } }: Pick<Found, 'file' | 'range'>) => `${file}:${start.line}:${start.column}`;
  /** `file:line:column rule <- related places`. */
  async function findings(only: string, ...words: string[]): Promise<readonly string[]> {
    const { stdout, stderr } = await workshop.run(['lint', '--format', 'json', '--only', only, ...words]);
    assert.equal(stderr, '');
    return (JSON.parse(stdout) as { findings: readonly Found[] }).findings.map((found) =>
      [placed(found), found.rule, ...found.related.map((related) => `<- ${placed(related)} ${related.message}`)].join(
        ' ',
      ),
    );
  }
  const service = (name: string, ...lines: string[]) =>
    `services:\n  ${name}:\n${lines.map((line) => `    ${line}\n`).join('')}`;

  it('is healed by the file that overrides it, and says nothing of what is only missing there', async () => {
    workshop.write('compose.yaml', service('web', 'image: a:1', 'privileged: true'));
    assert.deepEqual(await findings('privileged,missing-cap-drop-all', '.'), ['compose.yaml:4:17 privileged']);
    workshop.write('compose.override.yaml', service('web', 'privileged: false'));
    assert.deepEqual(await findings('privileged,missing-cap-drop-all', '.'), ['compose.yaml:2:3 missing-cap-drop-all']);
    workshop.write('compose.override.yaml', service('web', 'privileged: false', 'cap_drop: [ALL]'));
    assert.deepEqual(await findings('privileged,missing-cap-drop-all', '.'), []);
  });

  it('is told of in the file that wrote the bad value, with the hops to it', async () => {
    workshop.write('compose.yaml', service('web', 'image: a:1'));
    workshop.write('docker-compose.override.yml', service('web', 'privileged: true'));
    assert.deepEqual(await findings('privileged', '.'), [
      'docker-compose.override.yml:3:17 privileged <- compose.yaml:2:3 It overrides what is here.',
    ]);
    assert.deepEqual(await findings('privileged', 'compose.yaml'), []);
    assert.equal((await findings('privileged', 'docker-compose.override.yml')).length, 1);
  });

  it('takes the files in the order of Compose: .yml before .yaml of overrides, the reverse of bases', async () => {
    workshop.write('compose.yml', service('web', 'image: a:1', 'pid: host'));
    workshop.write('compose.yaml', service('web', 'image: a:1'));
    workshop.write('compose.override.yaml', service('web', 'ipc: host'));
    workshop.write('compose.override.yml', service('web', 'privileged: true'));
    assert.deepEqual(await findings('privileged,host-ipc,host-pid', '.'), [
      'compose.override.yaml:3:10 host-ipc',
      'compose.override.yml:3:17 privileged <- compose.yaml:2:3 It overrides what is here.',
      'compose.yml:4:10 host-pid',
    ]);
  });

  it('has the files that `COMPOSE_FILE` lists', async () => {
    workshop.write('.env', 'COMPOSE_FILE=compose.yaml:hardened.yaml\n');
    workshop.write('compose.yaml', service('web', 'image: a:1', 'privileged: true'));
    workshop.write('compose.override.yaml', service('web', 'pid: host'));
    workshop.write('hardened.yaml', service('web', 'privileged: !reset null', 'ipc: host'));
    assert.deepEqual(await findings('privileged,host-ipc,host-pid', '.'), [
      'compose.override.yaml:3:10 host-pid',
      'hardened.yaml:4:10 host-ipc <- compose.yaml:2:3 It overrides what is here.',
    ]);
  });

  it('takes in what it extends and includes, whatever the names and wherever below the repository', async () => {
    workshop.write('.git/HEAD', '');
    workshop.write(
      'app/compose.yaml',
      `include: [../db.yml]\n${service('web', 'extends: { file: ../base.yml, service: b }')}`,
    );
    workshop.write('db.yml', service('db', 'image: pg', 'ipc: host'));
    workshop.write('base.yml', service('b', 'image: a:1', 'privileged: true'));
    assert.deepEqual(await findings('privileged,host-ipc', '.'), [
      'base.yml:4:17 privileged <- app/compose.yaml:4:44 It is inherited by this `extends`.',
      'db.yml:4:10 host-ipc <- app/compose.yaml:1:11 It is included here.',
    ]);
    workshop.write(
      'app/compose.yaml',
      service('web', 'extends: { file: ../base.yml, service: b }', 'privileged: false'),
    );
    assert.deepEqual(await findings('privileged,host-ipc', '.'), []);
  });

  it('never leaves the repository', async () => {
    workshop.write('secret.yml', service('b', 'image: a:1', 'privileged: true'));
    workshop.write('repo/.git/HEAD', '');
    workshop.write('repo/compose.yaml', service('web', 'extends: { file: ../secret.yml, service: b }'));
    assert.deepEqual(await findings('privileged', 'repo'), []);
  });

  it('judges a file for another purpose on top of the base where it completes it, and alone where it does not', async () => {
    workshop.write('compose.yaml', service('web', 'image: a:1', 'network_mode: host'));
    workshop.write('compose.prod.yaml', service('web', 'network_mode: bridge', 'privileged: true'));
    workshop.write('compose.test.yaml', service('web', 'image: b:1'));
    assert.deepEqual(await findings('privileged,host-network,missing-cap-drop-all', '.'), [
      'compose.prod.yaml:4:17 privileged <- compose.yaml:2:3 It overrides what is here.',
      'compose.test.yaml:2:3 missing-cap-drop-all',
      'compose.yaml:2:3 missing-cap-drop-all',
      'compose.yaml:4:19 host-network',
    ]);
  });

  it('takes variables from `.env`, or from the files that the configuration names', async () => {
    workshop.write('.env', 'WHERE=host\n');
    workshop.write('config/a.env', 'WHERE=host\n');
    workshop.write('config/b.env', 'WHERE=bridge\n');
    workshop.write('compose.yaml', service('web', 'image: a:1', 'network_mode: "${WHERE}"'));
    assert.deepEqual(await findings('host-network', '.'), ['compose.yaml:4:20 host-network']);
    workshop.write('.plimsoll.yaml', 'composeEnvFiles: [config/a.env, config/b.env]\n');
    assert.deepEqual(await findings('host-network', '.'), []);
    workshop.write('.plimsoll.yaml', 'composeEnvFiles: config/a.env\n');
    assert.deepEqual(await findings('host-network', '.'), ['compose.yaml:4:20 host-network']);
  });

  it('hears an ignore comment where the value is written, and at the hop of the same file only', async () => {
    workshop.write('compose.yaml', service('web', 'image: a:1'));
    workshop.write(
      'compose.override.yaml',
      service('web', 'privileged: true # plimsoll: ignore[privileged] it has to'),
    );
    assert.deepEqual(await findings('privileged', '.'), []);
    workshop.write('compose.yaml', `# plimsoll: ignore-file[privileged] only here\n${service('web', 'image: a:1')}`);
    workshop.write('compose.override.yaml', service('web', 'privileged: true'));
    assert.equal((await findings('privileged', '.')).length, 1);
  });
});
