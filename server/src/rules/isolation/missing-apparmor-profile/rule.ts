import { defineRule } from '../../../engine/rule.js';
import type { Fields } from '../../../model/fields.js';
import { annotatedAppArmor, appArmorField, appArmorFieldSince } from '../../../model/kubernetes/apparmor.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';
import type { Place } from '../../../text/span.js';

export default defineRule({
  meta: {
    id: 'missing-apparmor-profile',
    summary: 'No AppArmor profile is written down for the container.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nsa-cisa/hardening-container-environments'],
    peers: { kics: ['kubernetes/missing_app_armor_config'], polaris: ['linuxHardening'] },
  },
  check: {
    pod(pod, report, { kubernetesMinor }) {
      const { object, workload, spec, containers } = pod;
      const hasField = (owner: Fields) =>
        kubernetesMinor >= appArmorFieldSince && appArmorField(owner).kind !== 'absent';
      if (workload.os === 'windows' || hasField(spec)) return;
      const lacking = containers.filter(
        ({ container, own }) => !hasField(own) && annotatedAppArmor(pod, container.name).kind === 'absent',
      );
      const judged = lacking.filter(({ container }) => container.complete && !is(container.privileged, true));
      if (judged.length === 0) return;
      const speak = (kind: string, name: string, owner: Fields, nameAt: Place) => {
        const field = appArmorField(owner);
        const message = `${named(kind, name)} states no AppArmor profile: its node decides on one.`;
        report({ at: field.kind === 'absent' ? field : nameAt, message });
      };
      if (lacking.length === containers.length) speak(object.kind, workload.name, spec, object.nameAt);
      else for (const { container, own } of judged) speak('container', container.name, own, container.nameAt);
    },
  },
});
