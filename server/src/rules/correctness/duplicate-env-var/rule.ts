import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import type { EnvironmentVariable } from '../../../model/environment.js';
import { valueOf } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

/** How a value refers to a variable that is set before it. */
const reference = /\$\(([^()]*)\)/g;

export default defineRule({
  meta: {
    id: 'duplicate-env-var',
    summary: 'An environment variable is set twice, and only the last value counts.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: [],
    peers: {
      'kube-linter': ['duplicate-env-var'],
      'kube-score': ['environment-variable-key-duplication'],
      kubescape: ['C-0295'],
    },
  },
  check: {
    container({ environment }, report) {
      for (const { name, nameAt, slot, repeatedAt } of environment) {
        if (repeatedAt === undefined) continue;
        report({
          at: nameAt,
          message: `Variable ${quoted(name)} is set again below: the program gets the last value alone.`,
          related: [{ at: repeatedAt, message: 'This is the value that counts.' }],
          // No value can refer to one before it: what Compose fills in comes from outside.
          fix: { title: 'Remove the value without effect', safety: 'safe', change: remove(slot) },
        });
      }
    },
    pod({ containers }, report) {
      for (const { container, own } of containers) {
        const { complete, environment } = container;
        // Of a template one cannot tell which of them are there together; a patch may take one away.
        if (!complete || environment.length < 2 || environment[0]?.conditional) continue;
        const earlier = earlierOnes(environment);
        if (earlier.length === 0) continue;
        // Others, which cannot be told, may refer to one of them.
        const isWhole = valueOf(own.strings('env'))?.length === environment.length;
        for (const { variable, last, use } of earlier) {
          const { name, nameAt, slot } = variable;
          const isUsed = use === 'used';
          report({
            at: nameAt,
            message: isUsed
              ? `Variable ${quoted(name)} is set again below: only values in between see this one.`
              : `Variable ${quoted(name)} is set again below: the program gets the last value alone.`,
            ...(isUsed ? { severity: 'info' } : {}),
            related: [{ at: last.nameAt, message: 'This is the value that counts.' }],
            // Merging by name, clients can take both out of an object that is in the cluster already.
            fix:
              use === 'unused' && isWhole
                ? { title: 'Remove the value without effect', safety: 'unsafe', change: remove(slot) }
                : undefined,
          });
        }
      }
    },
  },
});

interface Earlier {
  readonly variable: EnvironmentVariable;
  /** The one that counts. */
  readonly last: EnvironmentVariable;
  /** Whether a value before the next one of its name refers to it. */
  readonly use: 'used' | 'unused' | 'unknown';
}

/** The variables that are set again. From the end to the start, so that it takes one look at each. */
function earlierOnes(environment: readonly EnvironmentVariable[]): readonly Earlier[] {
  const earlier: Earlier[] = [];
  const lasts = new Map<string, EnvironmentVariable>();
  /** By name, whether anything so far refers to it; no more once it is set, since that is what they refer to. */
  const used = new Set<string>();
  /** How many values so far cannot be told, and how many there were at the next one of a name. */
  let unknown = 0;
  const unknownAt = new Map<string, number>();
  for (const variable of environment.toReversed()) {
    const { name, value, literal } = variable;
    const last = lasts.get(name);
    if (last === undefined) lasts.set(name, variable);
    else {
      const use = used.has(name) ? 'used' : unknown > (unknownAt.get(name) ?? 0) ? 'unknown' : 'unused';
      earlier.push({ variable, last, use });
    }
    used.delete(name);
    unknownAt.set(name, unknown);
    // What comes from elsewhere is taken as it is.
    if (value.kind === 'unknown' && literal) unknown++;
    if (value.kind === 'known') for (const [, to = ''] of value.value.matchAll(reference)) used.add(to);
  }
  return earlier;
}
