import { defineRule, type ReportedFinding } from '../../../engine/rule.js';
import { type PolicyPort, portsOf, writtenRules } from '../../../model/kubernetes/network-policy.js';
import { portNameFault } from '../../../model/kubernetes/port-name.js';
import type { Located } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import { hasVariable } from '../../../model/variable.js';

const protocols: ReadonlySet<string> = new Set(['TCP', 'UDP', 'SCTP']);

export default defineRule({
  meta: {
    id: 'invalid-network-policy-port',
    summary: 'A policy names a port, a range of ports or a protocol that cannot be.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      for (const port of writtenRules(manifest).flatMap(portsOf))
        for (const fault of [protocolFault(port), portFault(port), rangeFault(port)])
          if (fault !== undefined) report(fault);
    },
  },
});

function protocolFault({ protocol }: PolicyPort): ReportedFinding | undefined {
  if (protocol.kind !== 'known' || protocols.has(protocol.value) || hasVariable(protocol.value)) return undefined;
  return { at: protocol, message: `Protocol ${quoted(protocol.value)} is not TCP, UDP or SCTP: the API refuses it.` };
}

function portFault({ port }: PolicyPort): ReportedFinding | undefined {
  if (port.kind !== 'known') return undefined;
  const { value } = port;
  if (typeof value === 'number') return numberFault(port, value);
  if (hasVariable(value) || portNameFault(value) === undefined) return undefined;
  const fault = /^\d+$/.test(value) ? 'is text, so it is a name' : 'is not the name of a port';
  return { at: port, message: `Port ${quoted(value)} ${fault}: the API refuses it.` };
}

function rangeFault({ port, endPort }: PolicyPort): ReportedFinding | undefined {
  if (endPort.kind !== 'known' || port.kind === 'unknown') return undefined;
  const subject = `End port '${endPort.value}'`;
  if (port.kind === 'absent')
    return { at: endPort, message: `${subject} has no port to begin at: the API refuses it.` };
  if (typeof port.value === 'string') {
    if (hasVariable(port.value)) return undefined;
    return { at: endPort, message: `${subject} cannot follow a port name: the API refuses it.` };
  }
  if (endPort.value < port.value) {
    const message = `${subject} is below port '${port.value}': the API refuses the range.`;
    return { at: endPort, message, related: [{ at: port.at, message: 'The range begins here.' }] };
  }
  return numberFault(endPort, endPort.value);
}

function numberFault(at: Located<unknown>, value: number): ReportedFinding | undefined {
  if (value >= 1 && value <= 65535) return undefined;
  return { at, message: `Port ${quoted(String(value))} is not between 1 and 65535: the API refuses it.` };
}
