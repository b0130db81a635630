import { defineRule, type Report, type ReportedFinding } from '../../../engine/rule.js';
import { remove, set } from '../../../model/change.js';
import { optionInForce } from '../../../model/compose/security-option.js';
import {
  annotatedAppArmor,
  appArmorAnnotation,
  appArmorField,
  appArmorFieldSince,
} from '../../../model/kubernetes/apparmor.js';
import type { Pod } from '../../../model/kubernetes/pod.js';
import { is, type Known, knownItems, type Located, valueOf } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'apparmor-unconfined',
    summary: 'AppArmor does not confine the container, or an unknown profile is asked for.',
    severity: { kubernetes: 'warning', compose: 'error' },
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: [
      'pss/baseline',
      'cis-docker-1.6/5.2',
      'nist-800-190/4.4.3',
      'nsa-cisa/hardening-container-environments',
    ],
    peers: {
      trivy: ['KSV-0002'],
      psa: ['appArmorProfile'],
      'docker-bench': ['5.2'],
      kubescape: ['C-0055'],
    },
  },
  check: {
    service({ container, securityOptions }, report) {
      const option = optionInForce(securityOptions, 'apparmor');
      if (option?.value.value !== 'unconfined' || container === undefined || is(container.privileged, true)) return;
      // Without it, one before it would be in force.
      const alike = knownItems(securityOptions).filter(
        ({ value }) => value.name === 'apparmor' && value.value === 'unconfined',
      );
      report({
        at: option,
        message: unconfinedBy('unconfined'),
        fix: { title: 'Remove the option', safety: 'unsafe', change: alike.map(({ slot }) => remove(slot)) },
      });
    },
    pod(pod, report, { kubernetesMinor }) {
      const { spec, containers } = pod;
      // Nothing confines a privileged container anyway.
      const weak = containers.filter(({ container }) => !is(container.privileged, true));
      if (kubernetesMinor >= appArmorFieldSince) {
        if (weak.length > 0 || containers.length === 0) judgeField(appArmorField(spec), report);
        for (const { own } of weak) judgeField(appArmorField(own), report);
      }
      judgeAnnotations(pod, report);
    },
  },
});

function judgeField(type: Located<string>, report: Report): void {
  if (type.kind !== 'known' || type.value === 'RuntimeDefault' || type.value === 'Localhost') return;
  report(problemOf(type, 'Unconfined', 'RuntimeDefault'));
}

function judgeAnnotations(pod: Pod, report: Report): void {
  const names = new Map(pod.containers.map(({ container }) => [container.name, is(container.privileged, true)]));
  for (const container of new Set([...names.keys(), ...annotatedNames(pod)])) {
    const profile = annotatedAppArmor(pod, container);
    if (profile.kind !== 'known' || isAllowed(profile.value) || names.get(container) === true) continue;
    if (names.has(container) || !pod.workload.complete) {
      report(problemOf(profile, 'unconfined', 'runtime/default'));
      continue;
    }
    report({
      at: profile,
      severity: 'info',
      message: `AppArmor annotation for ${quoted(container, 25)} names no container: the cluster refuses the pod.`,
      fix: { title: 'Remove the annotation', safety: 'unsafe', change: remove(profile.slot) },
    });
  }
}

/** What the annotations call containers, as far as they are all known. */
function annotatedNames({ template }: Pod): readonly string[] {
  const keys = valueOf(template.keys('metadata', 'annotations')) ?? [];
  return keys.flatMap(({ name }) =>
    name.startsWith(appArmorAnnotation) ? [name.slice(appArmorAnnotation.length)] : [],
  );
}

function isAllowed(profile: string): boolean {
  return profile === '' || profile === 'runtime/default' || profile.startsWith('localhost/');
}

function problemOf(profile: Known<string>, unconfined: string, confined: string): ReportedFinding {
  if (profile.value !== unconfined) {
    const text = quoted(profile.value);
    // Which profile is meant cannot be known.
    return { at: profile, message: `AppArmor profile ${text} is of no known kind: the cluster refuses the pod.` };
  }
  return {
    at: profile,
    message: unconfinedBy(profile.value),
    fix: { title: `Use \`${confined}\``, safety: 'unsafe', change: set(profile.slot, confined) },
  };
}

function unconfinedBy(profile: string): string {
  return `AppArmor ${quoted(profile)} is no confinement: a break-in may do all that its user may.`;
}
