import { defineRule, type Report } from '../../../engine/rule.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { is, valueOf } from '../../../model/located.js';
import { remembered } from '../../../model/parted.js';
import { named } from '../../../model/quoted.js';

/** The keys of a service that take the namespace of another container, and what is shared then. */
const sharingKeys = [
  ['network_mode', 'network'],
  ['pid', 'processes'],
  ['ipc', 'IPC'],
] as const;

export default defineRule({
  meta: {
    id: 'shared-container-namespace',
    summary: 'Containers share a namespace of the kernel and can reach into each other.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: ['nist-800-190/4.4.3'],
    peers: {},
  },
  check: {
    composeProject({ services, whole }, report) {
      const sharing = services.filter(sharesSomething);
      if (sharing.length === 0) return;
      const byName = new Map(services.map((service) => [service.name, service]));
      for (const service of sharing) judge(service, byName, whole, report);
    },
    pod({ workload, spec }, report) {
      const shared = spec.boolean('shareProcessNamespace');
      if (!is(shared, true)) return;
      // An init container is gone before others start; a sidecar stays.
      if (workload.containers.filter(({ role }) => role !== 'init').length < 2) return;
      report({
        at: shared,
        message: `${named(workload.kind, workload.name)} shares processes: its containers reach one another.`,
      });
    },
  },
});

const sharesSomething = remembered(({ fields }: ComposeService) =>
  sharingKeys.some(([key]) => /^(?:service|container):/.test(valueOf(fields.string(key)) ?? '')),
);

function judge(
  { name, container, fields }: ComposeService,
  byName: ReadonlyMap<string, ComposeService>,
  whole: boolean,
  report: Report,
): void {
  if (container === undefined) return;
  for (const [key, what] of sharingKeys) {
    const mode = fields.string(key);
    if (mode.kind !== 'known') continue;
    const [kind, ...rest] = mode.value.split(':');
    const other = rest.join(':');
    if (other === '' || (kind !== 'service' && kind !== 'container')) continue;
    const owner = kind === 'service' ? byName.get(other) : undefined;
    // With a service that is nowhere, nothing is shared: nothing starts.
    if (kind === 'service' && owner === undefined && whole) continue;
    report({
      at: mode,
      message: `${named('service', name)} shares its ${what} with another: each reaches the other.`,
      related: owner === undefined ? [] : [{ at: owner.nameAt, message: `This service shares its ${what}.` }],
    });
  }
}
