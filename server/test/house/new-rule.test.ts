import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { root, runNode, tool } from '../../../tools/project.js';
import { readRules } from '../../../tools/rule-sources.js';
import { codeTemplate, nameProblem, pageTemplate, placeholders } from '../../../tools/rule-template.js';

describe('npm run new-rule', () => {
  const existing = new Map([['privileged', 'isolation']]);
  const groups = ['isolation', 'images'];

  it('takes a new id in a known group', () => {
    assert.equal(nameProblem('images', 'image-latest-tag', groups, existing), undefined);
    assert.equal(nameProblem('images', 'uses-md5', groups, existing), undefined);
  });

  it('refuses an unknown group and lists the known ones', () => {
    assert.equal(
      nameProblem('imagse', 'x', groups, existing),
      "There is no group 'imagse'. Groups: isolation, images.",
    );
  });

  for (const id of ['Privileged', 'no_underscore', '-x', 'x-', 'a--b', '1st', '', '../../../x']) {
    it(`refuses '${id}' as an id`, () => {
      assert.match(nameProblem('images', id, groups, existing) ?? '', /is no rule id/);
    });
  }

  it('refuses an id that another group has', () => {
    assert.equal(
      nameProblem('images', 'privileged', groups, existing),
      "The rule 'privileged' is there already, in server/src/rules/isolation/.",
    );
  });

  it('writes a rule that is formatted', async () => {
    const file = 'server/src/rules/images/new-one/rule.ts';
    const code = codeTemplate('new-one', '0.1.0');
    const result = await runNode([tool('@biomejs/biome', 'biome'), 'format', `--stdin-file-path=${file}`], {
      input: code,
      cwd: root,
    });
    assert.equal(result.status, 0, result.output);
    assert.equal(result.stdout, code);
  });

  it('leaves no sentence of its templates in a rule', async () => {
    assert.ok(codeTemplate('x', '0.1.0').includes(placeholders.summary));
    assert.ok(pageTemplate('x').includes(placeholders.page));
    for (const { group, meta, page } of await readRules()) {
      const where = `server/src/rules/${group}/${meta.id}`;
      assert.notEqual(meta.summary, placeholders.summary, `${where}/rule.ts still has the summary of the template.`);
      assert.ok(!page.includes(placeholders.page), `${where}/rule.md still has the text of the template.`);
    }
  });
});
