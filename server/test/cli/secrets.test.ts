// Reports that are sent around must not carry the secrets that they tell of.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openWorkshop, type Workshop } from './workshop.js';

const compose = `services:
  web:
    image: nginx:1.27
    environment: { DB_PASSWORD: hunter2-long-one, API_TOKEN: s3cr3t-long-two, NAME: shop }
`;
const dockerfile = 'FROM scratch\nENV DB_PASSWORD=hunter2-long-one \\\n    API_TOKEN="s3cr3t-long-two"\n';

describe('a secret', () => {
  let workshop: Workshop;
  beforeEach(() => {
    workshop = openWorkshop();
    workshop.write('compose.yaml', compose);
    workshop.write('Dockerfile', dockerfile);
  });
  afterEach(() => workshop.close());

  for (const format of ['html', 'junit', 'json', 'sarif', 'gitlab', 'github']) {
    it(`does not stand in the ${format} report, also not beside another one`, async () => {
      const { stdout } = await workshop.run(['lint', '--format', format, '--show-suppressed']);
      assert.match(stdout, /DB_PASSWORD/);
      assert.doesNotMatch(stdout, /hunter2|s3cr3t/);
    });
  }

  it('is covered unit by unit, so that what is marked stays where it is, and the rest of its line is shown', async () => {
    const { stdout } = await workshop.run(['lint', '--format', 'junit', 'compose.yaml']);
    const covered = ['•'.repeat('hunter2-long-one'.length), '•'.repeat('s3cr3t-long-two'.length)];
    const line = `environment: { DB_PASSWORD: ${covered[0]}, API_TOKEN: ${covered[1]}, NAME: shop }`;
    assert.ok(stdout.includes(line), stdout);
  });

  it('is covered where a comment silences its finding, too', async () => {
    workshop.write('compose.yaml', compose.replace(' }\n', ' } # plimsoll: ignore[secret-in-env] a default\n'));
    const { stdout } = await workshop.run(['lint', '--format', 'html', '--show-suppressed', 'compose.yaml']);
    assert.match(stdout, /a default/);
    assert.doesNotMatch(stdout, /hunter2|s3cr3t/);
  });

  it('is shown in the terminal of the person who wrote it', async () => {
    const { stdout } = await workshop.run(['lint', 'compose.yaml']);
    assert.match(stdout, /hunter2-long-one/);
  });
});
