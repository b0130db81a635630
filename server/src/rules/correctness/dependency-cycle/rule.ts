import { defineRule } from '../../../engine/rule.js';
import { dependencyCycles, type Edge } from '../../../model/compose/dependencies.js';
import { named, quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'dependency-cycle',
    summary: 'Services depend on each other in a circle, so that none of them can be the first to start.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    composeProject({ services, broken }, report) {
      for (const { kind, reason, service, at } of broken) {
        if (reason !== 'cycle') continue;
        report({
          at,
          message:
            kind === 'include'
              ? 'This file includes itself in the end: Compose refuses the project.'
              : `${named('service', service ?? '')} extends itself in the end: Compose refuses the project.`,
        });
      }
      for (const circle of dependencyCycles(services)) {
        const [first, ...others] = circle;
        if (first === undefined) continue;
        report({
          at: first.reference.service,
          message: messageFor(first, others.length),
          related: others.map(({ to, reference }) => ({
            at: reference.service.at,
            message: `From here it goes on to ${quoted(to.name)}.`,
          })),
        });
      }
    },
  },
});

function messageFor({ from, to }: Edge, others: number): string {
  const subject = named('service', from.name);
  if (others === 0) return `${subject} depends on itself: Compose refuses the file.`;
  if (others === 1) return `${subject} and ${quoted(to.name, 18)} need each other: neither starts.`;
  return `${subject} depends on itself through others: Compose refuses the file.`;
}
