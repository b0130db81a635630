import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { XmlDocument, XmlElement, XsdValidator } from 'libxml2-wasm';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { nodeFiles } from '../../src/cli/node-files.js';
import { FilesError } from '../../src/service/files.js';
import { hostileCompose, hostileFile, markupFile, shownComment, shownNames, shownReason } from './hostile.js';
import { openWorkshop, type RunOptions, type Workshop } from './workshop.js';

interface Test {
  readonly suite: string;
  readonly name: string;
  readonly file: string;
  readonly outcome: string;
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

const compose = `services:
  web:
    image: nginx:latest
    privileged: true
`;

describe('the JUnit report', () => {
  let shop: Workshop;
  let schema: XsdValidator;

  before(() => {
    const xsd = XmlDocument.fromString(readFileSync(new URL('./schemas/junit.xsd', import.meta.url), 'utf8'));
    schema = XsdValidator.fromDoc(xsd);
    xsd.dispose();
  });

  after(() => schema.dispose());

  beforeEach(() => {
    shop = openWorkshop();
  });

  afterEach(() => shop.close());

  /** The tests of a report that is XML, holds to the schema, counts right and gives no name twice. */
  async function tests(words: readonly string[] = [], options: RunOptions = {}): Promise<readonly Test[]> {
    const { stdout } = await shop.lint(['--format', 'junit', ...words], options);
    return parsed(stdout);
  }

  function parsed(xml: string): readonly Test[] {
    const document = XmlDocument.fromString(xml);
    try {
      schema.validate(document);
      const found = elements(document, '/testsuites/testsuite').flatMap(testsOf);
      assert.equal(new Set(found.map(({ file, name }) => `${file}\n${name}`)).size, found.length);
      return found;
    } finally {
      document.dispose();
    }
  }

  function testsOf(suite: XmlElement): readonly Test[] {
    const found = elements(suite, 'testcase').map((element): Test => {
      assert.equal(attribute(element, 'classname'), attribute(suite, 'name'));
      const [outcome] = elements(element, '*');
      return {
        suite: attribute(suite, 'name'),
        name: attribute(element, 'name'),
        file: attribute(element, 'file'),
        outcome: outcome?.name ?? 'passed',
        type: outcome === undefined ? '' : attribute(outcome, 'type'),
        message: outcome === undefined ? '' : attribute(outcome, 'message'),
        text: outcome?.content ?? '',
      };
    });
    const count = (wanted: string) => String(found.filter(({ outcome }) => outcome === wanted).length);
    assert.deepEqual(
      ['tests', 'failures', 'errors', 'skipped'].map((name) => attribute(suite, name)),
      [String(found.length), count('failure'), count('error'), count('skipped')],
    );
    return found;
  }

  const told = (all: readonly Test[]) => all.map(({ file, name, outcome }) => [file, name, outcome]);

  it('is refused by the schema when it is wrong, so that the other tests mean something', () => {
    const suite = (inside: string) =>
      `<testsuites><testsuite name="a" tests="1" failures="0" errors="0">${inside}</testsuite></testsuites>`;
    assert.throws(() => parsed(suite('<testcase classname="a"/>')), /name/);
    assert.throws(() => parsed(suite('<testcase classname="a" name="b"><warning/></testcase>')), /warning/);
    assert.throws(() => parsed(suite('<testcase classname="a" name="\u0001"/>')));
  });

  it('has a suite for each file: a failed test for each finding, one that passed for a clean file', async () => {
    shop.write('b/compose.yaml', compose);
    shop.write('Dockerfile', 'FROM nginx:1.27\n');
    assert.deepEqual(told(await tests()), [
      ['Dockerfile', 'no findings', 'passed'],
      ['b/compose.yaml', 'latest-tag: service/web services.web.image', 'failure'],
      ['b/compose.yaml', 'privileged: service/web services.web.privileged', 'failure'],
    ]);
  });

  it('says in a failure what the text report says', async () => {
    shop.write('compose.yaml', compose);
    const [tag] = await tests();
    assert.deepEqual(tag, {
      suite: 'compose.yaml',
      name: 'latest-tag: service/web services.web.image',
      file: 'compose.yaml',
      outcome: 'failure',
      type: 'warning',
      message: "The tag is 'latest': it moves.",
      text: `compose.yaml:3:18 warning latest-tag The tag is 'latest': it moves.
 3 |     image: nginx:latest
   |                  ^^^^^^
 see compose.yaml:3:12 It is the tag of this image.
 fix: Change to '1'
 more: plimsoll explain latest-tag`,
    });
  });

  it('names a test alike when lines are put in before, so that two runs can be compared', async () => {
    shop.write('compose.yaml', compose);
    const names = (all: readonly Test[]) => all.map(({ name }) => name);
    const before = names(await tests());
    shop.write('compose.yaml', `# more\n\n${compose}`);
    assert.deepEqual(names(await tests()), before);
  });

  it('numbers what has one name', async () => {
    shop.write('Dockerfile', 'FROM nginx:latest\nFROM nginx:latest\n');
    assert.deepEqual(told(await tests()), [
      ['Dockerfile', 'latest-tag: stage/nginx:latest FROM', 'failure'],
      ['Dockerfile', 'latest-tag: stage/nginx:latest FROM (2)', 'failure'],
    ]);
  });

  it('skips what is ignored, with the reason, where that is asked for', async () => {
    shop.write('compose.yaml', compose.replace('true', 'true # plimsoll: ignore[privileged] it mounts disks'));
    assert.deepEqual(told(await tests(['--only', 'privileged'])), [['compose.yaml', 'no findings', 'passed']]);
    const [ignored] = await tests(['--only', 'privileged', '--show-suppressed']);
    assert.equal(ignored?.outcome, 'skipped');
    assert.equal(ignored?.message, 'ignored by a Plimsoll comment: it mounts disks');
  });

  it('has an error for what could not be checked', async () => {
    shop.write('compose.yaml', compose);
    const read = () => Promise.reject(new FilesError('permission denied'));
    const [error, ...others] = await tests([], { files: { ...nodeFiles, read } });
    assert.deepEqual(others, []);
    assert.deepEqual(error, {
      ...{ suite: 'compose.yaml', name: 'can be checked', file: 'compose.yaml' },
      ...{ outcome: 'error', type: 'plimsoll', message: 'permission denied', text: '' },
    });
  });

  it('is XML without a suite when there is nothing to check', async () => {
    assert.deepEqual(await tests(), []);
  });

  it('is XML whatever is in the files and their names, and all of it stays text', async () => {
    shop.write(hostileFile, hostileCompose);
    const found = await tests(['--show-suppressed', '--only', 'privileged']);
    assert.deepEqual(
      found.map(({ message }) => message),
      [
        ...shownNames.slice(0, -1).map((name) => `Container '${name}' is privileged: a break-out owns the host.`),
        `ignored by a Plimsoll comment: ${shownReason}`,
      ],
    );
    assert.ok(found.every(({ file }) => file === markupFile));
    const lines = found[0]?.text.split('\n') ?? [];
    assert.deepEqual(lines.slice(1, 3), [` 4 |     privileged: true ${shownComment}`, '   |                 ^^^^']);
  });

  it('keeps names short and different in a document that is deep', async () => {
    const key = 'k'.repeat(400);
    shop.write('compose.yaml', `services:\n  ${key}1: { privileged: true }\n  ${key}2: { privileged: true }\n`);
    const names = (await tests()).map(({ name }) => name);
    assert.equal(names.length, 2);
    for (const name of names) assert.ok(name.length < 320);
  });
});

function elements(from: XmlDocument | XmlElement, path: string): readonly XmlElement[] {
  return from.find(path).filter((node) => node instanceof XmlElement);
}

function attribute(element: XmlElement, name: string): string {
  return element.attr(name)?.value ?? '';
}
