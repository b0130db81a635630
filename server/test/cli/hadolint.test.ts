// A repository with a `.hadolint.yaml`, as the command line sees it.
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openWorkshop, type Workshop } from './workshop.js';

const tag = 'image-latest-tag';
const registry = 'untrusted-registry';
const labels = ['missing-required-label', 'empty-label', 'invalid-label-value', 'superfluous-label'];

describe('a .hadolint.yaml', () => {
  let workshop: Workshop;
  beforeEach(() => {
    workshop = openWorkshop();
    workshop.write('Dockerfile', 'FROM evil.example/debian:latest\nUSER app\n');
  });
  afterEach(() => workshop.close());

  async function report(...words: string[]) {
    const { code, stdout, stderr } = await workshop.run(['lint', '--format', 'json', ...words]);
    const { findings } = JSON.parse(stdout) as {
      findings: { rule: string; severity: string; file: string; range: { start: { line: number } } }[];
    };
    const wanted = new Set([tag, registry, ...labels, 'invalid-config', 'sudo-in-command']);
    const found = findings
      .filter(({ rule }) => wanted.has(rule))
      .map(({ rule, severity, file, range }) => `${file}:${range.start.line} ${rule} ${severity}`);
    return { code, stderr, found };
  }
  const found = async (...words: string[]) => (await report(...words)).found;

  it('speaks for the Dockerfiles at and below its place, and for no other file', async () => {
    workshop.write('a/.hadolint.yaml', 'ignored: [DL3006, DL3007]\ntrustedRegistries: [evil.example]\n');
    for (const path of ['a/Dockerfile', 'a/b/c.dockerfile']) workshop.write(path, 'FROM evil.example/debian:latest\n');
    workshop.write('a/compose.yaml', 'services:\n  web:\n    image: evil.example/debian:latest\n');
    assert.deepEqual(await found(), [
      `Dockerfile:1 ${registry} warning`,
      `Dockerfile:1 ${tag} warning`,
      `a/compose.yaml:3 ${registry} warning`,
      `a/compose.yaml:3 ${tag} warning`,
    ]);
  });

  it('speaks for a Dockerfile inside a Compose file', async () => {
    workshop.write('.hadolint.yaml', 'override: { error: [DL3026] }\nignored: [DL3006, DL3007]\n');
    workshop.write(
      'compose.yaml',
      'services:\n  web:\n    build:\n      dockerfile_inline: |\n        FROM evil.example/a:latest\n  db:\n    image: evil.example/b:latest\n',
    );
    assert.deepEqual(await found('compose.yaml'), [
      `compose.yaml:5 ${registry} error`,
      `compose.yaml:7 ${registry} warning`,
      `compose.yaml:7 ${tag} warning`,
    ]);
  });

  it('counts alone where it is nearest, up to the folder with .git', async () => {
    workshop.write('.hadolint.yaml', 'ignored: [DL3026]\n');
    workshop.write('a/.hadolint.yml', 'ignored: [DL3006, DL3007]\n');
    workshop.write('a/Dockerfile', 'FROM evil.example/debian:latest\n');
    workshop.write('b/.git/HEAD', '');
    workshop.write('b/Dockerfile', 'FROM evil.example/debian:latest\n');
    assert.deepEqual(await found(), [
      `Dockerfile:1 ${tag} warning`,
      `a/Dockerfile:1 ${registry} warning`,
      `b/Dockerfile:1 ${registry} warning`,
      `b/Dockerfile:1 ${tag} warning`,
    ]);
  });

  it('stands below our own config file, wherever that is, thing by thing', async () => {
    workshop.write(
      '.hadolint.yaml',
      'override: { error: [DL3026, DL3006, DL3007] }\ntrustedRegistries: [good.example]\n',
    );
    workshop.write('.plimsoll.yaml', `rules: { ${tag}: hint }\n`);
    workshop.write('a/.hadolint.yaml', 'override: { info: [DL3026] }\nignored: [DL3006, DL3007]\n');
    workshop.write('a/Dockerfile', 'FROM evil.example/debian:latest\n');
    assert.deepEqual(await found(), [
      `Dockerfile:1 ${registry} error`,
      `Dockerfile:1 ${tag} hint`,
      `a/Dockerfile:1 ${registry} info`,
      `a/Dockerfile:1 ${tag} hint`,
    ]);
    workshop.write('.plimsoll.yaml', `overrides: [{ files: a/, rules: { ${registry}: off } }]\n`);
    assert.deepEqual(await found(), [`Dockerfile:1 ${registry} error`, `Dockerfile:1 ${tag} error`]);
    workshop.write('.plimsoll.yaml', 'trustedRegistries: [evil.example]\n');
    assert.deepEqual(await found(), [`Dockerfile:1 ${tag} error`]);
  });

  it('has no say against a flag, and none where one file was chosen', async () => {
    workshop.write('.hadolint.yaml', 'ignored: [DL3006, DL3007, DL3026]\n');
    workshop.write('ci.yaml', 'profile: recommended\n');
    assert.deepEqual(await found(), []);
    assert.deepEqual(await found('--rule', `${tag}=error`), [`Dockerfile:1 ${tag} error`]);
    const both = [`Dockerfile:1 ${registry} warning`, `Dockerfile:1 ${tag} warning`];
    assert.deepEqual(await found('--no-config'), both);
    assert.deepEqual(await found('--config', 'ci.yaml'), both);
  });

  it('may be the file that was chosen', async () => {
    workshop.write('ci/.hadolint.yaml', 'ignored: [DL3006, DL3007]\n');
    workshop.write('.hadolint.yaml', 'ignored: [DL3026]\n');
    workshop.write('.plimsoll.yaml', `rules: { ${registry}: off }\n`);
    workshop.write('compose.yaml', 'services:\n  web:\n    image: evil.example/debian:latest\n');
    assert.deepEqual(await found('--config', 'ci/.hadolint.yaml'), [
      `Dockerfile:1 ${registry} warning`,
      `compose.yaml:3 ${registry} warning`,
      `compose.yaml:3 ${tag} warning`,
    ]);
    for (const name of ['hadolint.yaml', 'hadolint.yml', 'team.hadolint.yaml']) {
      workshop.write(`ci/${name}`, 'ignored: [DL3006, DL3007]\n');
      assert.deepEqual(await found('--config', `ci/${name}`), await found('--config', 'ci/.hadolint.yaml'), name);
    }
  });

  it('is told what is wrong with it, also where only a Dockerfile below it is named, and not for other files', async () => {
    workshop.write('.hadolint.yaml', 'ignored:\n  - dl3007\n');
    workshop.write('a/Dockerfile', 'FROM scratch\n');
    workshop.write('a/compose.yaml', 'services: { web: { image: "nginx:1.27" } }\n');
    assert.deepEqual(await found('a/Dockerfile'), ['.hadolint.yaml:2 invalid-config warning']);
    assert.deepEqual(await found('a/compose.yaml'), []);
    assert.deepEqual(await found('.hadolint.yaml'), ['.hadolint.yaml:2 invalid-config warning']);
  });

  it('has what a run decides said in a note, until somebody decides', async () => {
    workshop.write('.hadolint.yaml', 'failure-threshold: error\nformat: tty\n');
    const note = "plimsoll: .hadolint.yaml: 'failure-threshold: error' is not taken over: say '--fail-on error'.\n";
    assert.equal((await report()).stderr, note);
    const { stderr } = await workshop.run(['lint', '--stdin-filename', 'a/Dockerfile'], { stdin: 'FROM scratch\n' });
    assert.equal(stderr, note);
    assert.equal((await report('--fail-on', 'error')).stderr, '');
    assert.equal((await report('--quiet')).stderr, '');
    assert.equal((await report('--no-config')).stderr, '');
  });

  it('can keep its comments from counting, and ours count all the same', async () => {
    workshop.write(
      'Dockerfile',
      '# hadolint ignore=DL3007\nFROM debian:latest AS a\n# plimsoll: ignore[DL3007] why\nFROM debian:latest\n',
    );
    assert.deepEqual(await found(), []);
    workshop.write('.hadolint.yaml', 'disable-ignore-pragma: true\n');
    assert.deepEqual(await found(), [`Dockerfile:2 ${tag} warning`]);
  });

  it('is named where it decides, and what is printed says the same again', async () => {
    workshop.write(
      '.hadolint.yaml',
      'ignored:\n  - DL3006\n  - DL3007\noverride:\n  info:\n    - DL3026\ndisable-ignore-pragma: true\ntrustedRegistries: [a.example]\n',
    );
    const { stdout } = await workshop.run(['config', 'Dockerfile']);
    const lines = stdout.split('\n');
    assert.equal(lines[0], '# The settings for Dockerfile. Its config file: .hadolint.yaml.');
    assert.match(stdout, /^ {2}image-latest-tag: off # \.hadolint\.yaml:[23]$/m);
    for (const line of [
      'trustedRegistries: # .hadolint.yaml:8',
      '  untrusted-registry: info # .hadolint.yaml:6',
      '# Comments of hadolint do not count. # .hadolint.yaml:7',
    ]) {
      assert.ok(lines.includes(line), line);
    }
    const other = await workshop.run(['config', 'compose.yaml']);
    assert.ok(!other.stdout.includes('hadolint'));
    workshop.write('.plimsoll.yaml', stdout);
    assert.equal(
      (await workshop.run(['config', 'Dockerfile'])).stdout.split('\n')[0],
      '# The settings for Dockerfile. Its config files: .plimsoll.yaml, .hadolint.yaml.',
    );
    assert.deepEqual(await found(), [`Dockerfile:1 ${registry} info`]);
  });

  it('is not extended by a config file, and goes on counting beside one that is begun', async () => {
    workshop.write('.hadolint.yaml', 'trustedRegistries: [evil.example]\n');
    const { stdout } = await workshop.run(['init']);
    assert.match(stdout, /^\.hadolint\.yaml goes on speaking for the Dockerfiles\.$/m);
    assert.deepEqual(await found(), [`Dockerfile:1 ${tag} warning`]);
    workshop.write('.plimsoll.yaml', 'extends: .hadolint.yaml\n');
    assert.deepEqual(await found(), ['.plimsoll.yaml:1 invalid-config warning', `Dockerfile:1 ${tag} warning`]);
  });

  it('gives its schema of labels to all rules about labels', async () => {
    workshop.write(
      'Dockerfile',
      'FROM evil.example/debian:1\nLABEL owner=shop\nLABEL team=""\nLABEL home=here\nLABEL version=1.0.0\n',
    );
    const schema = 'label-schema: { team: text, home: url, version: semver, contact: email }\n';
    const loose = [
      'Dockerfile:1 missing-required-label hint',
      'Dockerfile:3 empty-label hint',
      'Dockerfile:4 invalid-label-value info',
    ];
    const ofLabels = async () => (await found()).filter((line) => line.includes('label'));
    assert.deepEqual(await ofLabels(), []);
    workshop.write('.hadolint.yaml', 'strict-labels: true\n');
    assert.deepEqual(await ofLabels(), []);
    workshop.write('.hadolint.yaml', schema);
    assert.deepEqual(await ofLabels(), loose);
    workshop.write('.hadolint.yaml', `${schema}strict-labels: true\n`);
    assert.deepEqual((await ofLabels()).sort(), [...loose, 'Dockerfile:2 superfluous-label hint'].sort());
    workshop.write('.hadolint.yaml', `${schema}strict-labels: true\nignored: [DL3049, DL3050, DL3051]\n`);
    assert.deepEqual(await ofLabels(), ['Dockerfile:4 invalid-label-value info']);
  });

  it('is not read through a link that leads out of the repository, and ends no run silently', async () => {
    workshop.write('repo/.git/HEAD', '');
    workshop.write('repo/Dockerfile', 'FROM evil.example/debian:latest\n');
    workshop.write('outside.yaml', 'ignored: [DL3006, DL3007, DL3026]\n');
    symlinkSync('../outside.yaml', `${workshop.path}/repo/.hadolint.yaml`);
    const { code, stderr, found } = await report('repo');
    assert.deepEqual(found, [`repo/Dockerfile:1 ${registry} warning`, `repo/Dockerfile:1 ${tag} warning`]);
    assert.equal(code, 2);
    assert.match(stderr, /repo\/\.hadolint\.yaml/);
  });
});
