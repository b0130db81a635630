import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import {
  effectiveRules,
  ipBlocksOf,
  isEmptyList,
  isForDnsOnly,
  rangeOf,
} from '../../../model/kubernetes/network-policy.js';
import { quoted } from '../../../model/quoted.js';

/**
 * What is no part of the internet: private networks and the metadata service of clouds. The DNS service of the cluster
 * is in one of them.
 */
const inside = {
  4: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.169.254/32'],
  6: ['fc00::/7'],
};

export default defineRule({
  meta: {
    id: 'ip-block-allows-world',
    summary: 'A policy rule allows every address there is.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.3', 'nist-800-190/4.4.2'],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      for (const rule of effectiveRules(manifest)) {
        const isIngress = rule.direction === 'ingress';
        for (const { cidr, except } of ipBlocksOf(rule)) {
          const range = rangeOf(cidr);
          if (cidr.kind !== 'known' || range?.value.prefix !== 0 || !isEmptyList(except)) continue;
          const { family } = range.value;
          report({
            at: cidr,
            severity: isIngress ? 'warning' : 'info',
            message: `${quoted(cidr.value, 41)} is all of IPv${family}: ${isIngress ? 'anyone may connect' : 'pods may send data anywhere'}.`,
            standards: [isIngress ? 'nist-800-190/4.3.3' : 'nist-800-190/4.4.2'],
            fix:
              isIngress || isForDnsOnly(rule)
                ? undefined
                : { title: 'Keep to the internet', safety: 'unsafe', change: set(except.slot, inside[family]) },
          });
        }
      }
    },
  },
});
