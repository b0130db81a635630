import { defineRule } from '../../../engine/rule.js';
import { quoted } from '../../../model/quoted.js';
import type { PublishedPort } from '../../../model/workload.js';
import { openingFlag, opensDoor } from './open-doors.js';

export default defineRule({
  meta: {
    id: 'authentication-disabled',
    summary: 'A setting lets everybody into a service without a password.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: ['nist-800-190/4.4.3'],
    peers: {},
  },
  check: {
    container({ environment, format, publishedPorts }, report) {
      // In Kubernetes it is a Service that publishes.
      const isPublished = format === 'compose' && publishedPorts.some(isReachable);
      for (const { name, value, repeatedAt } of environment) {
        if (value.kind !== 'known' || repeatedAt !== undefined || !opensDoor(name, value.value)) continue;
        report({
          at: value,
          message: `${quoted(name)} switches off the login: whoever reaches the service is let in.`,
          ...(isPublished ? { severity: 'error' } : {}),
        });
      }
    },
    command(command, report) {
      const flag = openingFlag(command);
      if (flag === undefined) return;
      report({
        at: flag.at,
        message: `${quoted(flag.raw)} switches off the login: whoever reaches the service is let in.`,
      });
    },
  },
});

/** Whether others than the host itself reach it. */
function isReachable({ hostAddress }: PublishedPort): boolean {
  if (hostAddress.kind !== 'known') return hostAddress.kind === 'absent';
  return !/^127\.|^::1$/.test(hostAddress.value);
}
