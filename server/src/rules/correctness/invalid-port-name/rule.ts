import { defineRule, type Report } from '../../../engine/rule.js';
import type { Fields } from '../../../model/fields.js';
import { portNameFault } from '../../../model/kubernetes/port-name.js';
import { isService } from '../../../model/kubernetes/service.js';
import type { Located } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import { hasVariable } from '../../../model/variable.js';

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const handlers = ['httpGet', 'tcpSocket'] as const;

export default defineRule({
  meta: {
    id: 'invalid-port-name',
    summary: 'The name of a port is not allowed, or given twice.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: { 'kube-linter': ['invalid-target-ports'], 'kube-score': ['container-ports-check'] },
  },
  check: {
    manifest(manifest, report) {
      if (!isService(manifest)) return;
      const names = new Set<string>();
      for (const port of portsOf(manifest, 'spec', 'ports')) {
        checkReference(port.string('targetPort'), report);
        checkName(port.string('name'), serviceNameFault, names, report);
      }
    },
    pod({ containers }, report) {
      const names = new Set<string>();
      for (const { own } of containers) {
        for (const port of portsOf(own, 'ports')) checkName(port.string('name'), portNameFault, names, report);
        for (const probe of probes) {
          for (const handler of handlers) checkReference(own.string(probe, handler, 'port'), report);
        }
      }
    },
  },
});

function portsOf(owner: Fields, ...path: readonly string[]): readonly Fields[] {
  const ports = owner.list(...path);
  return ports.kind === 'known' ? ports.value : [];
}

function checkName(
  name: Located<string>,
  faultOf: (name: string) => string | undefined,
  names: Set<string>,
  report: Report,
): void {
  if (name.kind !== 'known' || name.value === '' || hasVariable(name.value)) return;
  const fault = faultOf(name.value);
  if (fault !== undefined) {
    report({ at: name, message: `Port name ${quoted(name.value)} ${fault}: the cluster refuses it.` });
  } else if (names.has(name.value)) {
    report({ at: name, message: `Port name ${quoted(name.value)} is given twice: it stands for one port only.` });
  }
  names.add(name.value);
}

/** A port that is meant by its name. A number is no string. */
function checkReference(port: Located<string>, report: Report): void {
  if (port.kind !== 'known' || port.value === '' || hasVariable(port.value)) return;
  if (/^\d+$/.test(port.value)) {
    report({ at: port, message: `Port ${quoted(port.value)} is in quotes, so it is a name: no port has that name.` });
    return;
  }
  const fault = portNameFault(port.value);
  if (fault !== undefined) {
    report({ at: port, message: `Port name ${quoted(port.value)} ${fault}: the cluster refuses it.` });
  }
}

/** Ports of a Service have DNS labels for names. */
function serviceNameFault(name: string): string | undefined {
  if (name.length > 63) return 'is longer than 63 characters';
  if (!/^[a-z\d-]*$/.test(name)) return "may have a-z, 0-9 and '-' only";
  return /^-|-$/.test(name) ? "has a '-' too many" : undefined;
}
