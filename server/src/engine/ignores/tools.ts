// The tools whose ignores are honoured. Another one takes its file and a line here.
import type { ReadFile } from '../language.js';
import type { Rule } from '../rule.js';
import { buildkit } from './buildkit.js';
import { checkov } from './checkov.js';
import { dclint } from './dclint.js';
import { hadolint } from './hadolint.js';
import { checkOf, type ForeignIgnore } from './ignore.js';
import { kics } from './kics.js';
import { kubeLinter } from './kube-linter.js';
import { kubeScore } from './kube-score.js';
import type { Chosen, PeerTool, Said } from './peer-tool.js';
import { polaris } from './polaris.js';
import { semgrep } from './semgrep.js';
import { trivy } from './trivy.js';

export const peerTools: readonly PeerTool[] = [
  buildkit,
  checkov,
  dclint,
  hadolint,
  kics,
  kubeLinter,
  kubeScore,
  polaris,
  semgrep,
  trivy,
];

const anyMark = new RegExp(peerTools.map(({ mark }) => mark.source).join('|'), 'i');

export interface Hearing {
  /** `2026-12-31`; undefined: nothing has ended. */
  readonly today: string | undefined;
  /** The tools that are not listened to. */
  readonly unheard?: ReadonlyMap<string, unknown>;
}

/**
 * What a file says to other tools, as far as rules of ours judge the same. A file that speaks to none of them costs one
 * search.
 */
export function foreignIgnores(
  file: ReadFile,
  rules: readonly Rule[],
  { today, unheard }: Hearing,
): readonly ForeignIgnore[] {
  if (!anyMark.test(file.text)) return [];
  return peerTools
    .filter(({ name, formats, mark }) => {
      return formats.includes(file.source.kind) && mark.test(file.text) && unheard?.has(name) !== true;
    })
    .flatMap((tool) => {
      const said = tool.read(file, today);
      const known = said.length === 0 ? undefined : knownChecks(tool, rules);
      return known === undefined ? [] : said.flatMap((one) => ignoresOf(one, tool, known));
    });
}

interface KnownChecks {
  readonly rulesByKey: ReadonlyMap<string, readonly string[]>;
  /** The rules that pass on whatever check has a key that begins so. */
  readonly families: readonly { readonly start: string; readonly rule: string }[];
  readonly chosen: (choose: Chosen) => readonly string[];
}

function knownChecks({ name, keyOf = (check) => check }: PeerTool, rules: readonly Rule[]): KnownChecks {
  const keysByRule = new Map<string, readonly string[]>();
  const rulesByKey = new Map<string, string[]>();
  for (const { meta } of rules) {
    const keys = [...new Set((meta.peers[name] ?? []).map(keyOf))];
    if (keys.length > 0) keysByRule.set(meta.id, keys);
    for (const key of keys) rulesByKey.set(key, [...(rulesByKey.get(key) ?? []), meta.id]);
  }
  const families = [...rulesByKey].flatMap(([key, members]) =>
    key.endsWith('*') ? members.map((rule) => ({ start: key.slice(0, -1), rule })) : [],
  );
  // Thousands of comments may mean them all.
  const known = new Map<Chosen, readonly string[]>();
  const chosen = (choose: Chosen) => {
    const rules = known.get(choose) ?? [...keysByRule].flatMap(([rule, keys]) => (choose(keys) ? [rule] : []));
    known.set(choose, rules);
    return rules;
  };
  return { rulesByKey, families, chosen };
}

function ignoresOf({ by, checks, reason, scope }: Said, { name }: PeerTool, known: KnownChecks): ForeignIgnore[] {
  const ignore = { by, tool: name, reason, scope } as const;
  if (typeof checks === 'function') {
    const rules = known.chosen(checks);
    return rules.length === 0 ? [] : [{ ...ignore, check: undefined, ids: [{ rules }] }];
  }
  // A check that is named again says nothing more.
  const byKey = new Map(checks.map((check) => [check.key, check.written]));
  return [...byKey].flatMap(([key, written]): ForeignIgnore[] => {
    const family = known.families.filter(({ start }) => key.startsWith(start));
    const rules = [...(known.rulesByKey.get(key) ?? []), ...family.map(({ rule }) => checkOf(rule, key))];
    return rules.length === 0 ? [] : [{ ...ignore, check: written, ids: [{ rules }] }];
  });
}
