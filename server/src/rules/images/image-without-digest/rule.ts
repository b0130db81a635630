import { defineRule } from '../../../engine/rule.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'image-without-digest',
    summary: 'The image has no digest, so other content can come under the same name.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: ['nist-800-190/4.1.5', 'nist-800-190/4.2.2'],
    peers: {
      kics: ['kubernetes/image_without_digest'],
      checkov: ['CKV_K8S_43'],
      semgrep: ['dockerfile-source-not-pinned'],
      kubescape: ['C-0306'],
    },
  },
  check: {
    image({ reference }, report) {
      if (reference.kind !== 'known' || reference.value.digest !== undefined) return;
      const { text, nameAt } = reference.value;
      const name = text.slice(text.lastIndexOf('/') + 1);
      report({
        at: { ...reference, at: nameAt },
        message: `Image ${quoted(name)} has no digest: what it brings can change under the same name.`,
      });
    },
  },
});
