import { defineRule } from '../../../engine/rule.js';
import { portSubject } from '../../../model/published-port.js';

/** The first port that a user without rights may open, unless the host sets another one. */
const firstFreePort = 1024;

export default defineRule({
  meta: {
    id: 'privileged-host-port',
    summary: 'A port of the host below 1024 is published.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['cis-docker-1.6/5.8', 'nist-800-190/4.4.2'],
    peers: { kics: ['compose/privileged_ports_mapped_in_container'], 'docker-bench': ['5.8'] },
  },
  check: {
    container({ publishedPorts }, report) {
      for (const port of publishedPorts) {
        const { hostPorts, hostPortsAt } = port;
        if (typeof hostPorts === 'string' || hostPorts.from >= firstFreePort) continue;
        report({
          at: hostPortsAt,
          message: `${portSubject(port)} is below 1024: an engine without root rights cannot open it.`,
        });
      }
    },
  },
});
