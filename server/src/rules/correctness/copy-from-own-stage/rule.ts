import { defineRule } from '../../../engine/rule.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'copy-from-own-stage',
    summary: 'A build stage copies from itself, or mounts itself.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL3023'],
      kics: ['dockerfile/copy_from_references_current_from_alias'],
      semgrep: ['copy-from-own-alias'],
      trivy: ['DS-0006'],
    },
  },
  check: {
    stage(stage, report) {
      for (const { keyword, onbuild, stageReferences, swallowed } of stage.instructions) {
        if ((keyword === 'COPY' || keyword === 'RUN') && !onbuild) {
          for (const { by, text, at, isNumber, stage: source } of stageReferences) {
            // A mount takes a number for the name of an image.
            if (source !== stage || (by === 'mount' && isNumber)) continue;
            const what = by === 'copy' ? 'copies from itself' : 'mounts itself';
            report({
              at,
              message: `${named('stage', text)} ${what}: the build is refused.`,
              related: [{ at: stage.nameAt, message: 'This is the stage.' }],
            });
          }
        }
        // What follows is meant for another stage.
        if (swallowed.has('FROM')) return;
      }
    },
  },
});
