import { defineRule } from '../../../engine/rule.js';

export default defineRule({
  meta: {
    id: 'sudo-in-command',
    summary: 'A container runs a command with sudo.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: ['nist-800-190/4.1.2', 'nist-800-190/4.4.3'],
    peers: {
      checkov: ['CKV2_DOCKER_1'],
      dockle: ['DKL-DI-0001'],
      hadolint: ['DL3004'],
      kics: ['dockerfile/run_using_sudo'],
      kubescape: ['C-0062'],
      semgrep: ['no-sudo-in-dockerfile'],
      trivy: ['DS-0010'],
    },
  },
  check: {
    command({ name, nameAt }, report) {
      if (name !== 'sudo') return;
      report({ at: nameAt, message: "'sudo' makes this command root: so can whoever breaks into the container." });
    },
  },
});
