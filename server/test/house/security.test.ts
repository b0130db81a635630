// SECURITY.md promises no more than what is there.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { root } from '../../../tools/project.js';
import { lintFlags } from '../../src/cli/lint-flags.js';
import { maxInstructions } from '../../src/languages/dockerfile/split.js';
import { maxDocuments } from '../../src/languages/yaml/stream.js';
import { maxDepth, maxLexemes } from '../../src/languages/yaml/tree.js';
import { automaticLimit } from '../../src/lsp/scan.js';
import { maximumBytes } from '../../src/service/decode.js';

describe('SECURITY.md', () => {
  const text = readFileSync(join(root, 'SECURITY.md'), 'utf8');

  it('names tests that there are', () => {
    const files = [...text.matchAll(/`((?:server|client|tools)\/[^`]+)`/g)].map(([, file = '']) => file);
    assert.ok(files.length > 15);
    assert.deepEqual(
      files.filter((file) => !existsSync(join(root, file))),
      [],
    );
  });

  it('names the limits that there are', () => {
    for (const [what, value] of [
      ['Size of a file', `${maximumBytes / 1024 / 1024} MB`],
      ['Nesting of YAML', `${maxDepth} levels`],
      ['Words and signs of a YAML document', String(maxLexemes)],
      ['Documents of a YAML file', String(maxDocuments)],
      ['Instructions of a Dockerfile', String(maxInstructions)],
      ['Files that an editor is told of without being asked', String(automaticLimit)],
    ]) {
      assert.ok(text.includes(`| ${what} | ${value} |`), `${what}: ${value}`);
    }
  });

  it('names flags that there are', () => {
    const known = Object.keys(lintFlags);
    const named = new Set([...text.matchAll(/`(?:[^`]* )?--([a-z-]+)[^`]*`/g)].map(([, flag = '']) => flag));
    assert.ok(named.size >= 6);
    assert.deepEqual(
      [...named].filter((flag) => !known.includes(flag) && !known.includes(flag.replace(/^no-/, ''))),
      [],
    );
  });
});
