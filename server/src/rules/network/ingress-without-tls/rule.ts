import { defineRule } from '../../../engine/rule.js';
import { isIngress, mayEndTlsElsewhere, ruleHosts, tlsCoverage } from '../../../model/kubernetes/ingress.js';
import type { Manifest } from '../../../model/kubernetes/manifest.js';
import { named, quoted } from '../../../model/quoted.js';

const consequence = 'whoever is on the way reads it';

export default defineRule({
  meta: {
    id: 'ingress-without-tls',
    summary: 'An Ingress serves a host over plain HTTP.',
    severity: 'info',
    confidence: 'medium',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.4.2', 'nsa-cisa/encryption'],
    peers: { polaris: ['tlsSettingsMissing'], kubescape: ['C-0263'] },
  },
  check: {
    manifest(manifest, report) {
      if (!isIngress(manifest) || !manifest.complete || !servesSomething(manifest)) return;
      if (mayEndTlsElsewhere(manifest)) return;
      const tls = manifest.items('spec', 'tls');
      if (tls.kind === 'unknown') return;
      if (tls.kind === 'absent' || tls.value.length === 0) {
        report({ at: tls, message: `${named('Ingress', manifest.name)} has no TLS for its traffic: ${consequence}.` });
        return;
      }
      const isCovered = tlsCoverage(tls.value);
      for (const host of ruleHosts(manifest)) {
        if (isCovered(host.value) !== false) continue;
        report({ at: host, message: `Host ${quoted(host.value)} has no TLS for its traffic: ${consequence}.` });
      }
    },
  },
});

/** A patch may change other things only. */
function servesSomething(manifest: Manifest): boolean {
  const rules = manifest.items('spec', 'rules');
  if (rules.kind === 'known') return rules.value.length > 0 || hasDefaultBackend(manifest);
  return rules.kind === 'absent' && hasDefaultBackend(manifest);
}

/** Its name in `networking.k8s.io/v1`, and that in the versions before. */
function hasDefaultBackend(manifest: Manifest): boolean {
  return ['defaultBackend', 'backend'].some((name) => manifest.fields('spec', name).kind === 'known');
}
