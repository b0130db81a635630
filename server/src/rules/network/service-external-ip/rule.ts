import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { isService } from '../../../model/kubernetes/service.js';
import { is, knownItems } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';

/** The name of another Service of the cluster. */
const inCluster = /\.svc(?:\.cluster\.local)?\.?$/i;

export default defineRule({
  meta: {
    id: 'service-external-ip',
    summary: 'A Service claims an address outside the cluster and can catch the traffic of others.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.4.2'],
    peers: { trivy: ['KSV-0108'] },
  },
  check: {
    manifest(manifest, report) {
      if (!isService(manifest)) return;
      const subject = named('Service', manifest.name);
      if (is(manifest.string('spec', 'type'), 'ExternalName')) {
        const target = manifest.string('spec', 'externalName');
        if (target.kind !== 'known' || target.value === '' || inCluster.test(target.value)) return;
        const message = `${subject} is another name for ${quoted(target.value, 15)}: calls leave for it.`;
        report({ at: target, severity: 'info', message });
        return;
      }
      // A headless Service is a name and takes no traffic.
      if (is(manifest.string('spec', 'clusterIP'), 'None')) return;
      for (const address of knownItems(manifest.strings('spec', 'externalIPs'))) {
        report({
          at: address,
          message: `${subject} takes ${quoted(address.value, 15)}: it can catch traffic of others.`,
          fix: { title: 'Give the address up', safety: 'unsafe', change: remove(address.slot) },
        });
      }
    },
  },
});
