// Every fix that is offered anywhere keeps its promise.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { detectKind } from '../../src/languages/detect.js';
import { allRules } from '../../src/rules/all.js';
import { readPage } from '../support/page.js';
import { pagesOf } from '../support/rule-pages.js';
import { checkFixes, type Soundness } from '../support/soundness.js';

function total(parts: readonly Soundness[]): Soundness {
  return {
    applied: parts.reduce((sum, part) => sum + part.applied, 0),
    withheld: parts.reduce((sum, part) => sum + part.withheld, 0),
    faults: parts.flatMap((part) => part.faults),
  };
}

const pages = allRules.flatMap((rule) =>
  pagesOf(rule.meta.id).flatMap((path) =>
    readPage(readFileSync(path, 'utf8')).map((fence) => ({ rule, fence, name: `${rule.meta.id}:${fence.line}` })),
  ),
);

describe('Every fix that is offered', () => {
  it('mends its finding and nothing else, in every text of every page', () => {
    const { applied, faults } = total(
      pages.map(({ fence, name }) =>
        checkFixes(name, fence.kind, fence.text, { kubernetesMinor: fence.kubernetesMinor }),
      ),
    );
    assert.deepEqual(faults, []);
    assert.ok(applied >= 100, `${applied} fixes were applied`);
  }).timeout(300_000);

  it('does so with Windows line ends and without a final line end', () => {
    const variants = pages.flatMap(({ rule: { meta, check }, fence, name }) => {
      // Each rule on its own pages, which show all that it mends; those about ignores need the rules that they name.
      const options = { only: check.suppression === undefined ? meta.id : undefined, options: fence.options };
      return [
        checkFixes(name, fence.kind, fence.text.replaceAll('\n', '\r\n'), options),
        checkFixes(name, fence.kind, fence.text.replace(/\n$/, ''), options),
      ];
    });
    const { applied, faults } = total(variants);
    assert.deepEqual(faults, []);
    assert.ok(applied >= 1000, `${applied} fixes were applied`);
  }).timeout(300_000);

  it('does so in the sample projects', () => {
    const root = fileURLToPath(new URL('../../../test-fixtures/', import.meta.url));
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const results = files.flatMap((entry) => {
      const path = `${entry.parentPath}/${entry.name}`;
      const text = readFileSync(path, 'utf8');
      const kind = detectKind({ name: path, text });
      return kind === undefined ? [] : [checkFixes(path.slice(root.length), kind, text)];
    });
    const { applied, faults } = total(results);
    assert.deepEqual(faults, []);
    assert.ok(applied >= 10, `${applied} fixes were applied`);
  });
});
