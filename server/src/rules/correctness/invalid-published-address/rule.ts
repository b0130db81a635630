import { defineRule, reportedFix } from '../../../engine/rule.js';
import type { RefusedAddress } from '../../../model/compose/refused-address.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'invalid-published-address',
    summary: 'A port is published on something that is no address, or on an address in the wrong place.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    service({ refusedAddresses }, report) {
      for (const { address, fault, fix } of refusedAddresses) {
        report({ at: address, message: `${quoted(address.value)} ${reasons[fault]}`, fix: reportedFix(fix) });
      }
    },
  },
});

const reasons: { readonly [fault in RefusedAddress['fault']]: string } = {
  name: 'is no IP address: Compose refuses the file.',
  brackets: 'is an IPv6 address without brackets: Compose refuses the file.',
  port: 'is followed by only one port: Compose refuses the file.',
  published: 'stands in the place of a port: the container cannot be started.',
  'host-ip': 'is no IP address: the port is not bound to it.',
};
