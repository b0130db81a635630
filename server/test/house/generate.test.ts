import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import { describe, it } from 'mocha';
import { configSchema } from '../../../tools/config-schema.js';
import { rulePage, ruleTable } from '../../../tools/rule-docs.js';
import type { RuleSource } from '../../../tools/rule-sources.js';

const source: RuleSource = {
  group: 'isolation',
  meta: {
    id: 'made-up',
    summary: 'A made-up fault | with a bar.',
    severity: { compose: 'warning', kubernetes: 'error' },
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: ['cis-docker-1.6/5.5'],
    peers: { hadolint: ['DL1', 'DL2'] },
    options: { names: { default: ['a'], description: 'Names that pass.' } },
  },
  page: [
    '# made-up',
    '',
    'It matters.',
    '',
    '```yaml compose options={"names": ["b"]}',
    'a: b',
    '#  ^ made-up "A"',
    '```',
    '',
    '```yaml compose fixed',
    'a: c',
    '```',
    '',
  ].join('\n'),
  code: "fix: { title: 'Mend it', safety: 'unsafe', change }",
};

describe('the page of a rule in docs/', () => {
  const page = rulePage(source);

  it('says on its first line that it is generated, and from what', () => {
    assert.match(
      page.split('\n')[0] ?? '',
      /^<!-- Generated .* server\/src\/rules\/isolation\/made-up\/\. Do not edit\. -->$/,
    );
  });

  it('has one title', () => {
    const prose = page.replace(/^```[^`]*```$/gm, '');
    assert.deepEqual(prose.match(/^# .*$/gm), ['# made-up']);
  });

  it('turns the words that are for the tests into captions, and keeps the carets', () => {
    assert.ok(page.includes('With the options `{"names": ["b"]}`:\n\n```yaml\na: b\n#  ^ made-up "A"\n```\n'));
    assert.ok(page.includes('After the fix:\n\n```yaml\na: c\n```\n'));
  });

  it('tells severity by format, fix, standards by title, and the names in other tools', () => {
    assert.ok(page.includes('\n- **Severity:** warning (Compose), error (Kubernetes)\n'));
    assert.ok(page.includes('\n- **Fix:** yes, to be reviewed: `--fix` leaves it to you\n'));
    assert.ok(page.includes('\n- **Standards:** CIS Docker Benchmark 1.6, 5.5: No privileged containers\n'));
    assert.ok(page.includes('\n- **In other tools:** hadolint `DL1`, `DL2`\n'));
  });

  it('lists the options with their defaults', () => {
    assert.ok(page.includes('| `names` | Names that pass. | `["a"]` |'));
  });

  it('promises no fix where its examples show none', () => {
    assert.ok(rulePage({ ...source, page: '# made-up\n\nIt matters.\n' }).includes('\n- **Fix:** none\n'));
  });
});

describe('the table of rules', () => {
  it('links every rule and keeps a bar in a summary from making a cell', () => {
    assert.ok(
      ruleTable([source], 'docs/rules/', '###').includes(
        '| [made-up](docs/rules/made-up.md) | A made-up fault \\| with a bar. | warning (Compose), error (Kubernetes) | strict | Compose, Kubernetes |',
      ),
    );
  });
});

describe('the schema of .plimsoll.yaml', () => {
  const accepts = new Ajv({ strict: true, allowUnionTypes: true }).compile(Object(configSchema([source])));

  for (const config of [
    {},
    { profile: 'strict', exclude: ['vendor/'], include: ['*.yaml'], trustedRegistries: ['docker.io/library'] },
    { kubernetesVersion: '1.31' },
    { kubernetesVersion: 'v1.31.4' },
    { rules: { 'made-up': 'off' } },
    { rules: { 'made-up': { severity: 'hint', names: ['x'] } } },
  ]) {
    it(`accepts ${JSON.stringify(config)}`, () => assert.equal(accepts(config), true));
  }

  for (const config of [
    { profiles: 'strict' },
    { profile: 'loose' },
    { kubernetesVersion: 'latest' },
    { rules: { 'no-such-rule': 'off' } },
    { rules: { 'made-up': 'loud' } },
    { rules: { 'made-up': { names: 'x' } } },
    { rules: { 'made-up': { other: true } } },
  ]) {
    it(`refuses ${JSON.stringify(config)}`, () => assert.equal(accepts(config), false));
  }
});
