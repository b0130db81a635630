import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { allKicsQueries } from '../../../src/engine/ignores/kics-queries.js';
import { peerTools } from '../../../src/engine/ignores/tools.js';
import { trivyKey } from '../../../src/engine/ignores/trivy-names.js';
import { allRules } from '../../../src/rules/all.js';

const checksOf = (tool: string) => [...new Set(allRules.flatMap(({ meta }) => meta.peers[tool] ?? []))];
const kicsKey = peerTools.find(({ name }) => name === 'kics')?.keyOf;

describe('what is known of the checks of other tools', () => {
  it('has a tool for every name in the table, and a rule for every tool', () => {
    for (const { name } of peerTools) assert.notDeepEqual(checksOf(name), [], name);
    assert.equal(new Set(peerTools.map(({ name }) => name)).size, peerTools.length);
  });

  it('has the id of each KICS query that a rule names', () => {
    const known = new Set(allKicsQueries().values());
    assert.ok(kicsKey !== undefined);
    assert.deepEqual(
      checksOf('kics').filter((query) => !known.has(kicsKey(query))),
      [],
    );
    for (const id of allKicsQueries().keys()) assert.match(id, /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('is told to users: the guide has a row for each tool', () => {
    const guide = readFileSync(new URL('../../../../docs/ignores.md', import.meta.url), 'utf8');
    const [, table = ''] = guide.split('| Tool | In |');
    const rows = [...table.matchAll(/^\| ([A-Za-z-]+) \|/gm)].map(([, name = '']) => name);
    const letters = (name: string) => name.toLowerCase().replaceAll('-', '');
    assert.deepEqual(rows.map(letters).sort(), peerTools.map(({ name }) => letters(name)).sort());
  });

  it('takes no two checks of Trivy for one', () => {
    const checks = checksOf('trivy');
    assert.equal(new Set(checks.map(trivyKey)).size, checks.length);
    assert.equal(trivyKey('KSV-01010'), trivyKey('avd-ksv-01010'));
    assert.notEqual(trivyKey('KSV-01010'), trivyKey('KSV-0101'));
    assert.notEqual(trivyKey('KSV-0012'), trivyKey('DS-0012'));
  });

  it('reads an id of any length at once', () => {
    const start = performance.now();
    for (const part of ['0', '9', 'a', 'avd-', '-', '_']) trivyKey(`ds-${part.repeat(1_000_000)}x`);
    assert.ok(performance.now() - start < 2000);
  });
});

// The catalogue that rules are planned with is not part of the repository. Where it lies beside it, it is compared.
const catalogue = new URL('../../../../../shared/catalog/peers.json', import.meta.url);
if (existsSync(catalogue)) {
  describe('the catalogue beside the repository', () => {
    type Mapping = string | readonly string[] | { readonly id: null };
    interface Aliases {
      readonly kics_uuid: { readonly [id: string]: string };
      readonly trivy: { readonly [spelling: string]: string };
    }
    const { aliases, ...sections }: { readonly aliases: Aliases } = JSON.parse(readFileSync(catalogue, 'utf8'));
    const facts = new Map<string, { readonly [check: string]: Mapping }>(Object.entries(sections));
    const rulesOf = (mapping: Mapping | undefined) =>
      typeof mapping === 'string' ? [mapping] : Array.isArray(mapping) ? (mapping as readonly string[]) : [];

    it('maps the same checks to each rule as the rule itself', () => {
      for (const { meta } of allRules) {
        const expected = new Map<string, string[]>();
        for (const [section, checks] of facts) {
          const [tool = '', platform] = section.split('.');
          for (const [check, mapping] of Object.entries(checks)) {
            if (!rulesOf(mapping).includes(meta.id)) continue;
            const name = platform === undefined ? check : `${platform}/${check}`;
            expected.set(tool, [...(expected.get(tool) ?? []), name]);
          }
        }
        const sorted = (peers: Iterable<readonly [string, readonly string[]]>) =>
          [...peers].map(([tool, checks]) => `${tool} ${[...checks].sort().join(' ')}`).sort();
        assert.deepEqual(sorted(Object.entries(meta.peers)), sorted(expected), meta.id);
      }
    });

    it('gives the same ids to the KICS queries that any rule judges, and no others', () => {
      const isJudged = (query: string) => {
        const [, platform = '', name = ''] = /^(\w+)\/(.*)$/.exec(query) ?? [];
        if (platform === 'common') return true;
        return rulesOf(facts.get(`kics.${platform}`)?.[name]).length > 0;
      };
      const expected = Object.entries(aliases.kics_uuid).filter(([, query]) => isJudged(query));
      assert.deepEqual(new Map([...allKicsQueries()].sort()), new Map(expected.sort()));
    });

    it('spells the checks of Trivy that any rule judges as we do', () => {
      const judged = Object.entries(aliases.trivy).filter(([, id]) => rulesOf(facts.get('trivy')?.[id]).length > 0);
      assert.ok(judged.length > 300);
      assert.deepEqual(
        judged.filter(([spelling, id]) => trivyKey(spelling) !== trivyKey(id)),
        [],
      );
    });
  });
}
