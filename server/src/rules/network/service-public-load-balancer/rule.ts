import { defineRule } from '../../../engine/rule.js';
import { isService, mayBeGuarded } from '../../../model/kubernetes/service.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'service-public-load-balancer',
    summary: 'A Service gets a load balancer with a public address and no limits.',
    severity: 'info',
    confidence: 'medium',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.4.2'],
    peers: {
      kics: ['kubernetes/service_with_external_load_balancer'],
      'kube-linter': ['exposed-services'],
      kubescape: ['C-0256'],
    },
  },
  check: {
    manifest(manifest, report) {
      if (!isService(manifest) || !manifest.complete) return;
      const type = manifest.string('spec', 'type');
      // A patch without ports may change a Service that is guarded.
      if (!is(type, 'LoadBalancer') || manifest.items('spec', 'ports').kind === 'absent' || mayBeGuarded(manifest))
        return;
      report({
        at: type,
        message: `${named('Service', manifest.name)} asks for a public load balancer: anybody can reach it.`,
      });
    },
  },
});
