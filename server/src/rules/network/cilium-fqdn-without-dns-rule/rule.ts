import { defineRule } from '../../../engine/rule.js';
import { append, type Change, type Data, set } from '../../../model/change.js';
import type { Fields } from '../../../model/fields.js';
import {
  type CiliumRule,
  ciliumPeers,
  ciliumPortRules,
  ciliumRules,
  ciliumSpecs,
  listSize,
} from '../../../model/kubernetes/cilium.js';
import { is, type Located, valueOf } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

const anyName: Data = [{ matchPattern: '*' }];
/** For the DNS server that most clusters have. */
const dnsRule: Data = {
  toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' } }],
  toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: anyName } }],
};

export default defineRule({
  meta: {
    id: 'cilium-fqdn-without-dns-rule',
    summary: 'A Cilium policy allows domain names and has no DNS rule that tells Cilium their addresses.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      const rules = ciliumRules(manifest).filter(({ section }) => section.name === 'egress');
      const uses = rules.flatMap((rule) => namesOf(rule).map((key) => ({ key, rule })));
      const [first, ...others] = uses;
      if (first === undefined || !manifest.complete || isOpen(manifest.items('specs'))) return;
      const isHidden =
        ciliumSpecs(manifest).some((spec) => isOpen(spec.items('egress'))) ||
        rules.some(({ fields }) => isOpen(fields.items('toPorts')));
      const ports = rules.flatMap((rule) => ciliumPortRules(rule));
      if (isHidden || ports.some((port) => mayHoldDnsRule(port))) return;
      const plain = ports.find((port) => portsOf(port).some((one) => is(one, '53')));
      report({
        at: first.key,
        // Who does not let DNS through at all leaves that to another policy, which may have the DNS rule as well.
        severity: plain === undefined ? 'info' : 'warning',
        message: `${named(manifest.kind, manifest.name)} lacks a DNS rule: the names in it stay closed.`,
        related: others.map(({ key }) => ({ at: key.at, message: 'These names stay closed, too.' })),
        fix: { title: 'Add a DNS rule', safety: 'unsafe', change: addDnsRule(first.rule, plain) },
      });
    },
  },
});

function namesOf(rule: CiliumRule) {
  return ciliumPeers(rule).flatMap(({ key, size }) => (key.value.name === 'toFQDNs' && size === 'some' ? [key] : []));
}

/** Whether there may be items that nobody sees. */
function isOpen(list: Located<readonly Located<Fields>[]>): boolean {
  return list.kind === 'unknown' || (list.kind === 'known' && list.value.some((item) => item.kind === 'unknown'));
}

function mayHoldDnsRule(port: Fields): boolean {
  const size = listSize(port, 'rules', 'dns');
  return size === 'some' || size === 'unknown';
}

function portsOf(port: Fields): readonly Located<string>[] {
  return (valueOf(port.list('ports')) ?? []).map((one) => one.scalar('port'));
}

function addDnsRule({ spec }: CiliumRule, plain: Fields | undefined): Change {
  const isDnsAlone = plain?.key(['rules']).kind === 'absent' && portsOf(plain).every((one) => is(one, '53'));
  if (isDnsAlone) return set(plain.items('rules', 'dns').slot, anyName);
  return append(spec.items('egress').slot, dnsRule);
}
