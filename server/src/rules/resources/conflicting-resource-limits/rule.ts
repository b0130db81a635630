import { defineRule, type Report, type ReportedFix } from '../../../engine/rule.js';
import { remove, set } from '../../../model/change.js';
import { type Amount, type LimitName, writtenLimit } from '../../../model/compose/limits.js';
import type { ComposeService } from '../../../model/compose/service.js';
import type { Known, Located } from '../../../model/located.js';

/** By the short key: its name in the model, and the map below `deploy.resources` that has to agree. */
const limits: readonly (readonly [key: string, name: LimitName, map: string])[] = [
  ['mem_limit', 'memory', 'limits'],
  ['cpus', 'cpus', 'limits'],
  ['pids_limit', 'pids', 'limits'],
  ['mem_reservation', 'memory reservation', 'reservations'],
];

export default defineRule({
  meta: {
    id: 'conflicting-resource-limits',
    summary:
      'A limit, or a number of containers, is written in two places that do not agree: Compose refuses the file.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    service(service, report) {
      checkScale(service, report);
      for (const [key, name, mapKey] of limits) {
        const { short, map, deployed } = writtenLimit(service, name);
        // Zero is the same as nothing written.
        if (short?.kind !== 'known' || short.value.number === 0 || map.kind !== 'known') continue;
        if (deployed.kind === 'unknown' || (deployed.kind === 'absent' && !service.complete)) continue;
        if (deployed.kind === 'known' && deployed.value.number === short.value.number) continue;
        const isThere = deployed.kind === 'known';
        report({
          at: short,
          message: isThere
            ? `'${key}' is not what 'deploy.resources.${mapKey}' says: Compose refuses the file.`
            : `'${key}' is missing in 'deploy.resources.${mapKey}': Compose refuses the file.`,
          related: isThere ? [{ at: deployed.at, message: 'The other limit.' }] : [],
          fix: fixesOf(key, name, short, deployed),
        });
      }
    },
  },
});

/** How many containers there are: the two places agree, or only one of them says it. */
function checkScale({ fields }: ComposeService, report: Report): void {
  const scale = fields.number('scale');
  const replicas = fields.number('deploy', 'replicas');
  if (scale.kind !== 'known' || replicas.kind !== 'known' || scale.value === replicas.value) return;
  report({
    at: scale,
    message: "'scale' is not what 'deploy.replicas' says: Compose refuses the file.",
    related: [{ at: replicas.at, message: 'The other number.' }],
    fix: { title: 'Remove `scale`', safety: 'unsafe', change: remove(scale.slot, replicas.value) },
  });
}

function fixesOf(
  key: string,
  name: LimitName,
  short: Known<Amount>,
  deployed: Located<Amount>,
): readonly ReportedFix[] {
  const fixes: ReportedFix[] = [];
  const value = movable(name, short.value);
  if (value !== undefined) fixes.push(movedOf(key, short, deployed, value));
  // Whoever writes a negative number wants no limit, which is what is there without it.
  if (short.value.number < 0 || (deployed.kind === 'known' && deployed.value.number > 0))
    fixes.push({ title: `Remove \`${key}\``, safety: 'unsafe', change: remove(short.slot, 0) });
  return fixes;
}

/** A key that is merged in stays where it is for the others, and the two agree. */
function movedOf(key: string, short: Known<Amount>, deployed: Located<Amount>, value: string | number): ReportedFix {
  const written = set(deployed.slot, value);
  if (short.via.length > 0) return { title: `Write \`${key}\` into \`deploy\` too`, safety: 'unsafe', change: written };
  return { title: `Move \`${key}\` into \`deploy\``, safety: 'unsafe', change: [written, remove(short.slot)] };
}

/** What the key comes to below `deploy`, where memory has to be a text, which cannot be negative. */
function movable(name: LimitName, { number, text }: Amount): string | number | undefined {
  if (text === undefined || (number < 0 && name !== 'pids')) return undefined;
  return name === 'pids' ? number : text;
}
