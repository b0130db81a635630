import { defineRule } from '../../../engine/rule.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'external-provider',
    summary: 'A program on the host takes the place of a container when the project starts.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    service({ fields }, report) {
      const type = fields.string('provider', 'type');
      // Compose itself runs models.
      if (type.kind !== 'known' || type.value === '' || type.value === 'model') return;
      report({
        at: type,
        message: `Provider ${quoted(type.value)} is a program on the host: no container holds it.`,
      });
    },
  },
});
