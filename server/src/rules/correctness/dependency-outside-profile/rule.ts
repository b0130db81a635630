import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { neededServices, serviceReferences } from '../../../model/compose/dependencies.js';
import type { ComposeService, Dependency } from '../../../model/compose/service.js';
import { is } from '../../../model/located.js';
import { remembered } from '../../../model/parted.js';
import { named, quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'dependency-outside-profile',
    summary: 'A service needs another one that only runs with a profile.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    composeProject({ services }, report) {
      const byName = new Map(services.filter(hasProfile).map((service) => [service.name, service]));
      if (byName.size === 0) return;
      for (const service of services) {
        if (![...neededServices(service)].some((name) => byName.has(name))) continue;
        for (const { service: reference, dependency } of serviceReferences(service)) {
          const needed = byName.get(reference.value);
          if (needed === undefined || !isRequired(dependency) || !runsWithout(service, needed)) continue;
          const other = quoted(needed.name, 14);
          report({
            at: reference,
            message: `${named('service', service.name)} needs ${other} without its profile: nothing starts.`,
            related: [{ at: needed.nameAt, message: 'This service only runs with a profile.' }],
            fix: dependency && optional(dependency),
          });
        }
      }
    },
  },
});

const hasProfile = remembered(({ profiles }: ComposeService) => profiles !== undefined && profiles.length > 0);

function isRequired(dependency: Dependency | undefined): boolean {
  return dependency === undefined || dependency.required.kind === 'absent' || is(dependency.required, true);
}

/** Whether there is a profile, or no profile at all, with which the first one runs, but not the second. */
function runsWithout({ profiles }: ComposeService, needed: ComposeService): boolean {
  if (profiles === undefined || needed.profiles === undefined) return false;
  const known = new Set(needed.profiles);
  return profiles.length === 0 || profiles.some((profile) => !known.has(profile));
}

/** Only the long form has a place for it; there the condition has to be written. */
function optional({ condition, required }: Dependency): ReportedFix | undefined {
  if (condition.kind !== 'known') return undefined;
  return { title: 'Set `required: false`', safety: 'unsafe', change: set(required.slot, false) };
}
