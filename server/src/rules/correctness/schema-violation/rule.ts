import { defineRule } from '../../../engine/rule.js';
import { checkComposeFile } from './compose.js';
import { checkResources, checkService } from './compose-merged.js';
import { checkManifest } from './kubernetes.js';

export default defineRule({
  meta: {
    id: 'schema-violation',
    summary: 'A key is unknown, or its value is none that its reader takes.',
    severity: { kubernetes: 'warning', compose: 'error' },
    confidence: 'medium',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: [],
    peers: { 'kube-linter': ['schema-validation'], dclint: ['invalid-schema'] },
  },
  check: {
    composeFile: checkComposeFile,
    service: checkService,
    composeProject: checkResources,
    manifest: checkManifest,
  },
});
