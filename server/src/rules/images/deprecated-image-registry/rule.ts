import { defineRule } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import type { ImageReference } from '../../../model/image-reference.js';
import { quoted } from '../../../model/quoted.js';
import { matchesRegistry } from '../../../model/registry-pattern.js';
import { type RetiredRegistry, retiredRegistryOf } from '../../../model/retired-registry.js';

/** What the option names: when and why is for whoever set it to know. */
const named: RetiredRegistry = { beginning: '', fault: 'is from a registry that you retired' };

export default defineRule({
  meta: {
    id: 'deprecated-image-registry',
    summary: 'The image comes from a registry or a publisher that no longer brings out new versions.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: ['nist-800-190/4.2.2'],
    peers: { kubescape: ['C-0253'] },
    options: {
      retired: {
        default: [],
        description: 'More beginnings of names that are retired, e.g. `registry.example.com/old`.',
      },
    },
  },
  check: {
    image({ reference }, report, { options }) {
      if (reference.kind !== 'known') return;
      const { registry, repository, nameAt } = reference.value;
      const isNamed = matchesRegistry(options.retired, registry, repository);
      const retired = isNamed ? named : retiredRegistryOf(reference.value);
      if (retired === undefined) return;
      const { fault, successor } = retired;
      report({
        at: { ...reference, at: nameAt },
        message: `Image ${quoted(`${registry}/${repository}`)} ${fault}: no fixes reach it.`,
        fix:
          successor !== undefined && standsAsItReads(reference.value)
            ? {
                title: `Take it from ${successor}`,
                safety: 'unsafe',
                change: replaceText(hostOf(reference.value), successor),
              }
            : undefined,
      });
    },
  },
});

/** False where escapes or folds stand in the name: no part of it has a place of its own then. */
function standsAsItReads({ registry, repository, nameAt: { span } }: ImageReference): boolean {
  return span.end - span.start === registry.length + '/'.length + repository.length;
}

function hostOf({ registry, nameAt: { file, span } }: ImageReference) {
  return { file, span: { start: span.start, end: span.start + registry.length } };
}
