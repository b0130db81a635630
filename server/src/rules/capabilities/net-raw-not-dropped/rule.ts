import { defineRule } from '../../../engine/rule.js';
import { mayHold } from '../../../model/capability.js';
import { append } from '../../../model/change.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'net-raw-not-dropped',
    summary: 'The container keeps NET_RAW, so it can send forged packets.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.2.8', 'nist-800-190/4.4.3'],
    peers: {
      kics: ['kubernetes/net_raw_capabilities_not_being_dropped'],
      checkov: ['CKV_K8S_28'],
      'kube-linter': ['drop-net-raw-capability'],
      kubescape: ['C-0199'],
    },
  },
  check: {
    container({ name, complete, os, privileged, addedCapabilities, droppedCapabilities: dropped }, report) {
      if (!complete || os === 'windows' || is(privileged, true)) return;
      if (mayHold(dropped, 'ALL') || mayHold(dropped, 'NET_RAW')) return;
      // Dropped and added, it would be there all the same.
      const isAdded = mayHold(addedCapabilities, 'NET_RAW') || mayHold(addedCapabilities, 'ALL');
      report({
        at: dropped,
        message: `${named('container', name)} keeps NET_RAW: it can pose as its neighbours.`,
        fix: isAdded
          ? undefined
          : { title: 'Drop `NET_RAW`', safety: 'unsafe', change: append(dropped.slot, 'NET_RAW') },
      });
    },
  },
});
