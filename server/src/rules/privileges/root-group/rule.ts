import { defineRule } from '../../../engine/rule.js';
import { sharesIdsWithHost, writtenIds } from '../../../model/kubernetes/security-context.js';
import { is, knownItems } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'root-group',
    summary: 'The processes of the container are put into the root group.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.4.3', 'nsa-cisa/non-root-containers'],
    peers: { trivy: ['KSV-0116'], 'kube-linter': ['run-as-non-root'] },
  },
  check: {
    pod(pod, report) {
      const { workload, spec } = pod;
      if (workload.os === 'windows' || !sharesIdsWithHost(pod)) return;
      const subject = named(workload.kind, workload.name);
      for (const { subject: who, id } of writtenIds(pod, 'runAsGroup')) {
        if (id.value === 0) report({ at: id, message: `${who} is in the root group: it may use what root shares.` });
      }
      const fsGroup = spec.number('securityContext', 'fsGroup');
      if (is(fsGroup, 0)) {
        report({ at: fsGroup, message: `${subject} has fsGroup 0: its containers join the root group.` });
      }
      for (const id of knownItems(spec.numbers('securityContext', 'supplementalGroups'))) {
        if (id.value === 0) report({ at: id, message: `${subject} adds the root group: it may use what root shares.` });
      }
    },
  },
});
