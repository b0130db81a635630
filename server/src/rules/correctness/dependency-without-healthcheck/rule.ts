import { defineRule } from '../../../engine/rule.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { is } from '../../../model/located.js';
import { remembered } from '../../../model/parted.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'dependency-without-healthcheck',
    summary: 'A service waits for the health of another one that has no health check.',
    severity: 'warning',
    confidence: 'medium',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    composeProject({ services }, report) {
      const waiting = services.filter(waitsForHealth);
      if (waiting.length === 0) return;
      const byName = new Map(services.map((service) => [service.name, service]));
      for (const { name, dependencies } of waiting) {
        for (const { service, condition } of dependencies) {
          if (!is(condition, 'service_healthy') || service.kind !== 'known') continue;
          const needed = byName.get(service.value);
          const state = needed === undefined ? 'unknown' : healthcheckOf(needed);
          if (needed === undefined || state === 'unknown') continue;
          report({
            at: condition,
            message: `${named('service', name)} waits for a health check that is ${state}: it cannot start.`,
            related: [{ at: needed.nameAt, message: 'This is the service that it waits for.' }],
          });
        }
      }
    },
  },
});

const waitsForHealth = remembered(({ dependencies }: ComposeService) =>
  dependencies.some(({ condition }) => is(condition, 'service_healthy')),
);

/** An image may bring a health check: where one is built here, or a part of one is written, nothing can be told. */
function healthcheckOf({ fields, complete, container }: ComposeService): 'off' | 'missing' | 'unknown' {
  const test = fields.strings('healthcheck', 'test');
  const first = test.kind === 'known' ? test.value[0] : undefined;
  if (is(fields.boolean('healthcheck', 'disable'), true) || (first !== undefined && is(first, 'NONE'))) return 'off';
  if (!complete || container?.image.kind !== 'known') return 'unknown';
  return fields.key(['healthcheck']).kind === 'absent' ? 'missing' : 'unknown';
}
