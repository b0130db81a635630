import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { type Files, FilesError } from '../../src/service/files.js';
import { readAhead } from '../../src/service/read-ahead.js';

describe('readAhead', () => {
  const contents = new Map<string, string>();
  const asked: string[] = [];
  const files: Files = {
    read(path) {
      asked.push(path);
      const text = contents.get(path);
      return text === undefined
        ? Promise.reject(new FilesError('no such file or folder'))
        : Promise.resolve(new TextEncoder().encode(text));
    },
    list: () => Promise.resolve([]),
    stat: () => Promise.resolve(undefined),
  };
  const textOf = async (bytes: Promise<Uint8Array>) => new TextDecoder().decode(await bytes);
  const paths = Array.from({ length: 20 }, (_, i) => `/f${i}`);
  beforeEach(() => {
    asked.length = 0;
    contents.clear();
    for (const path of paths) contents.set(path, path);
  });

  it('reads each file once, a few before they are asked for', async () => {
    const { read } = readAhead(files, paths);
    assert.equal(await textOf(read('/f0')), '/f0');
    assert.deepEqual(asked, paths.slice(0, 9));
    for (const path of paths.slice(1)) assert.equal(await textOf(read(path)), path);
    assert.deepEqual(asked, paths);
  });

  it('reads a file again that has changed in the meantime', async () => {
    const { read, drop } = readAhead(files, paths);
    await read('/f0');
    contents.set('/f3', 'changed');
    drop('/f3');
    assert.equal(await textOf(read('/f3')), 'changed');
  });

  it('tells of a file that cannot be read when it is asked for, and goes on', async () => {
    contents.delete('/f1');
    const { read } = readAhead(files, paths);
    await read('/f0');
    await assert.rejects(read('/f1'), /no such file/);
    assert.equal(await textOf(read('/f2')), '/f2');
  });

  it('reads what was never announced', async () => {
    contents.set('/other', 'other');
    assert.equal(await textOf(readAhead(files, []).read('/other')), 'other');
  });
});
