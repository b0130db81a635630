import { defineRule } from '../../../engine/rule.js';
import type { ComposeFields } from '../../../model/compose/fields.js';
import type { Known, Located } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';

/** What one process, or one user, can take from all the others. */
const counted: ReadonlySet<string> = new Set(['nofile', 'nproc']);

export default defineRule({
  meta: {
    id: 'excessive-ulimit',
    summary: 'A ulimit of the container is so high, or so unlimited, that it limits nothing.',
    severity: 'info',
    confidence: 'medium',
    profile: 'all',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['cis-docker-1.6/5.19'],
    peers: { 'docker-bench': ['5.19'] },
    options: {
      highest: { default: 1_048_576, description: 'The highest number for `nofile` and `nproc` that is not reported.' },
      core: { default: false, description: 'Whether any `core` but 0 is reported: dumps hold what was in memory.' },
    },
  },
  check: {
    service({ fields, name, container }, report, { options }) {
      if (container === undefined) return;
      const ulimits = fields.fields('ulimits');
      if (ulimits.kind !== 'known') return;
      const keys = ulimits.value.keys();
      if (keys.kind !== 'known') return;
      for (const { name: ulimit } of keys.value) {
        const hard = hardLimit(ulimits.value, ulimit);
        if (hard.kind !== 'known' || hard.value === 0) continue;
        const what = excess(ulimit, hard, options);
        if (what === undefined) continue;
        report({ at: hard, message: `${named('service', name)} has ${what}` });
      }
    },
  },
});

/** A process can raise its soft limit to the hard one, which one number sets too. */
function hardLimit(ulimits: ComposeFields, ulimit: string): Located<number> {
  const pair = ulimits.fields(ulimit);
  return pair.kind === 'known' ? pair.value.number('hard') : ulimits.number(ulimit);
}

function excess(
  ulimit: string,
  { value }: Known<number>,
  { highest, core }: { readonly highest: number; readonly core: boolean },
): string | undefined {
  // Locked memory without a limit is what search engines and databases ask for.
  if (ulimit === 'memlock') return undefined;
  if (ulimit === 'core' && core) return "a 'core' limit above 0: dumps hold its memory.";
  if (value === -1) return `no limit for ${quoted(ulimit, 12)}: it can starve others.`;
  if (counted.has(ulimit) && value > highest) return `a '${ulimit}' limit so high that it limits nothing.`;
  return undefined;
}
