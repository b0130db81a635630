import { defineRule, type ReportedFinding } from '../../../engine/rule.js';
import { type Change, set } from '../../../model/change.js';
import type { ComposeFields } from '../../../model/compose/fields.js';
import type { Located } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

interface Options {
  readonly highest: number;
  readonly always: boolean;
}

export default defineRule({
  meta: {
    id: 'unbounded-restart-policy',
    summary: 'A container that fails is started again and again without end.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['cis-docker-1.6/5.15'],
    peers: { kics: ['compose/restart_policy_on_failure_not_set_to_5'], 'docker-bench': ['5.15'] },
    options: {
      highest: { default: 5, description: 'The highest number of attempts that is not reported.' },
      always: { default: false, description: 'Whether `restart: always` and `unless-stopped` are reported, too.' },
    },
  },
  check: {
    service({ fields, name, container }, report, { options }) {
      if (container === undefined) return;
      const policy = fields.fields('deploy', 'restart_policy');
      const finding =
        policy.kind === 'absent'
          ? judgeRestart(fields.string('restart'), options)
          : policy.kind === 'known' && judgePolicy(policy.value, options);
      if (!finding) return;
      const { at, attempts, change } = finding;
      const times = attempts === undefined ? 'without end' : 'too often';
      report({
        at,
        message: `${named('service', name)} restarts ${times} after failures: faults go unseen.`,
        fix: { title: `Restart it ${options.highest} times after failures`, safety: 'unsafe', change },
      });
    },
  },
});

interface Endless {
  readonly at: ReportedFinding['at'];
  /** Undefined: any number. */
  readonly attempts: number | undefined;
  readonly change: Change | readonly Change[];
}

/** `on-failure`, `on-failure:5`, `always`, `unless-stopped`; zero stands for no limit. */
function judgeRestart(restart: Located<string>, { highest, always }: Options): Endless | undefined {
  if (restart.kind !== 'known') return undefined;
  const [, count] = /^on-failure(?::(\d{1,9}))?$/.exec(restart.value) ?? [undefined, undefined];
  const isOnFailure = count !== undefined || restart.value === 'on-failure';
  if (!isOnFailure && !(always && /^(?:always|unless-stopped)$/.test(restart.value))) return undefined;
  const attempts = Number(count ?? 0);
  if (attempts > 0 && attempts <= highest) return undefined;
  return {
    at: restart,
    attempts: attempts === 0 ? undefined : attempts,
    change: set(restart.slot, `on-failure:${highest}`),
  };
}

/** It wins over `restart`. A policy without a condition means something else to Compose than to Swarm. */
function judgePolicy(policy: ComposeFields, { highest }: Options): Endless | undefined {
  const condition = policy.string('condition');
  if (condition.kind !== 'known') return undefined;
  const isAny = condition.value === 'any';
  if (!isAny && condition.value !== 'on-failure') return undefined;
  const attempts = policy.number('max_attempts');
  if (attempts.kind === 'unknown') return undefined;
  const count = attempts.kind === 'known' ? attempts.value : 0;
  if (count > 0 && count <= highest) return undefined;
  // The engine takes a number of attempts beside `on-failure` only.
  const onFailure = isAny ? [set(condition.slot, 'on-failure')] : [];
  return {
    at: attempts.kind === 'known' ? attempts : condition,
    attempts: count === 0 ? undefined : count,
    change: [...onFailure, set(attempts.slot, highest)],
  };
}
