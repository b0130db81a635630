import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import type { Fields } from '../../../model/fields.js';
import { type CiliumDirection, ciliumSpecs, listSize } from '../../../model/kubernetes/cilium.js';
import { named, quoted } from '../../../model/quoted.js';

const directions: readonly CiliumDirection[] = ['ingress', 'egress'];

export default defineRule({
  meta: {
    id: 'cilium-empty-ingress',
    summary: 'A Cilium policy has an empty list of rules, which restricts nothing.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.3'],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      for (const spec of ciliumSpecs(manifest)) {
        for (const direction of directions) {
          const list = spec.items(direction);
          // A key without a value, or with null, is as empty as `[]`.
          const at = list.kind === 'absent' ? spec.key([direction]) : list;
          if (at.kind !== 'known' || !isEmpty(spec, direction) || isDecidedElsewhere(spec, direction)) continue;
          report({
            at,
            message: `${named(manifest.kind, manifest.name)} has no rule in ${quoted(direction)}: it restricts nothing.`,
            fix: { title: `Deny all ${direction} traffic`, safety: 'unsafe', change: set(list.slot, [{}]) },
          });
        }
      }
    },
  },
});

function isEmpty(spec: Fields, list: string): boolean {
  const size = listSize(spec, list);
  return size === 'empty' || size === 'missing';
}

/** Deny rules isolate the pods, too, and `enableDefaultDeny` says what is meant. */
function isDecidedElsewhere(spec: Fields, direction: CiliumDirection): boolean {
  return !isEmpty(spec, `${direction}Deny`) || spec.boolean('enableDefaultDeny', direction).kind !== 'absent';
}
