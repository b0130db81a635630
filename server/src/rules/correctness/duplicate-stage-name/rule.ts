import { defineRule } from '../../../engine/rule.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'duplicate-stage-name',
    summary: 'One name stands for two stages.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      buildkit: ['DuplicateStageName'],
      checkov: ['CKV_DOCKER_11'],
      hadolint: ['DL3024'],
      kics: ['dockerfile/same_alias_in_different_froms'],
      semgrep: ['alias-must-be-unique'],
      trivy: ['DS-0012'],
    },
  },
  check: {
    dockerfile({ stages }, report) {
      const first = new Map<string, Stage>();
      for (const stage of stages) {
        const { name, nameAt } = stage;
        if (name === undefined || name.includes('$')) continue;
        // BuildKit writes all of them in lower case.
        const earlier = first.get(name.toLowerCase());
        if (earlier === undefined) {
          first.set(name.toLowerCase(), stage);
          continue;
        }
        report({
          at: nameAt,
          message: `${named('stage name', name)} is there already: copies reach the last stage only.`,
          related: [{ at: earlier.nameAt, message: 'This stage has the same name.' }],
        });
      }
    },
  },
});
