import { defineRule } from '../../../engine/rule.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'missing-healthcheck',
    summary: 'Nothing tells whether what runs in the container still works.',
    severity: 'hint',
    confidence: 'medium',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: ['cis-docker-1.6/4.6', 'cis-docker-1.6/5.27'],
    peers: {
      hadolint: ['DL3057'],
      kics: ['compose/healthcheck_not_set', 'dockerfile/healthcheck_instruction_missing'],
      checkov: ['CKV_DOCKER_2'],
      trivy: ['DS-0026'],
      'docker-bench': ['4.6', '5.27'],
      dockle: ['CIS-DI-0006'],
    },
  },
  check: {
    stage({ final, name = '', nameAt, healthcheck, command, entrypoint }, report) {
      // What starts nothing is for others to build on.
      if (!final || healthcheck !== undefined || (command === undefined && entrypoint === undefined)) return;
      report({
        at: nameAt,
        message: `${named('stage', name)} has no HEALTHCHECK: Docker cannot tell when it hangs.`,
      });
    },
  },
});
