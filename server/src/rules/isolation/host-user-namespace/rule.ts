import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import type { ComposeService } from '../../../model/compose/service.js';
import { is } from '../../../model/located.js';
import { ownNamespace } from '../../../model/own-namespace.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'host-user-namespace',
    summary: 'The service opts out of the user namespaces of its engine, so that its root is root on the host.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: ['cis-docker-1.6/5.31', 'nist-800-190/4.4.3'],
    peers: { kics: ['compose/shared_host_user_namespace'], 'docker-bench': ['5.31'] },
  },
  check: {
    service(service, report) {
      const mode = service.fields.string('userns_mode');
      if (service.container === undefined || !is(mode, 'host')) return;
      report({
        at: mode,
        message: `${named('service', service.name)} shares the host's users: its root is root on the host.`,
        fix: needsHostUsers(service)
          ? undefined
          : { title: 'Stop sharing host users', safety: 'unsafe', change: remove(mode.slot, ownNamespace('compose')) },
      });
    },
  },
});

/** An engine that remaps users starts none of these without it (moby, `verifyPlatformContainerSettings`). */
function needsHostUsers({ container, workload: { hostNetwork, hostPid } }: ComposeService): boolean {
  return (container !== undefined && is(container.privileged, true)) || is(hostNetwork, true) || is(hostPid, true);
}
