import { defineRule } from '../../../engine/rule.js';
import { append } from '../../../model/change.js';
import { containsRange, type IpRange, readIpRange } from '../../../model/ip-range.js';
import {
  effectiveRules,
  type IpBlock,
  ipBlocksOf,
  isEmptyList,
  mayAllowPort,
  rangeOf,
} from '../../../model/kubernetes/network-policy.js';
import { quoted } from '../../../model/quoted.js';

/** Where clouds answer the questions of their machines, over HTTP. The second one is that of AWS for IPv6. */
const services = [
  { address: '169.254.169.254', text: '169.254.169.254/32' },
  { address: 'fd00:ec2::254', text: 'fd00:ec2::254/128' },
].flatMap((service) => {
  const range = readIpRange(service.text);
  return range === undefined ? [] : [{ ...service, range }];
});
const metadataPort = 80;

export default defineRule({
  meta: {
    id: 'ip-block-allows-metadata-service',
    summary: 'A policy rule lets pods reach the metadata service of the cloud.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.4.2'],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      for (const rule of effectiveRules(manifest)) {
        if (rule.direction !== 'egress' || !mayAllowPort(rule, 'TCP', metadataPort)) continue;
        for (const { cidr, except } of ipBlocksOf(rule)) {
          const range = rangeOf(cidr)?.value;
          // All of the internet is ip-block-allows-world.
          if (cidr.kind !== 'known' || range === undefined || (range.prefix === 0 && isEmptyList(except))) continue;
          const service = services.find((one) => containsRange(range, one.range));
          if (service === undefined || mayExcept(except, service.range)) continue;
          const isExact = range.prefix === service.range.prefix;
          const fault = isExact ? 'is the metadata service' : `includes '${service.address}'`;
          const title = `Leave out \`${service.address}\``;
          report({
            at: cidr,
            message: `${quoted(cidr.value)} ${fault}: pods can ask it for keys of the cloud.`,
            fix: isExact ? undefined : { title, safety: 'unsafe', change: append(except.slot, service.text) },
          });
        }
      }
    },
  },
});

/** Whether an exception takes the address out; one that cannot be told may. */
function mayExcept(except: IpBlock['except'], address: IpRange): boolean {
  if (except.kind !== 'known') return except.kind === 'unknown';
  return except.value.some((item) => {
    const range = rangeOf(item);
    return range === undefined || containsRange(range.value, address);
  });
}
