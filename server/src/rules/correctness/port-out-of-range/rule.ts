import { defineRule, type Severity } from '../../../engine/rule.js';
import { exposedPorts, type PortNumber, type PortRange } from '../../../model/dockerfile/exposed-port.js';
import { partOfWord, standsAsItIs } from '../../../model/dockerfile/written-word.js';
import { quoted } from '../../../model/quoted.js';

const largest = 65_535;

export default defineRule({
  meta: {
    id: 'port-out-of-range',
    summary: 'EXPOSE has a port number that cannot be.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL3011'],
      kics: ['dockerfile/unix_ports_out_of_range'],
      semgrep: ['invalid-port'],
      trivy: ['DS-0008'],
    },
  },
  check: {
    instruction(instruction, report) {
      if (instruction.keyword !== 'EXPOSE') return;
      for (const word of instruction.arguments) {
        if (word.kind !== 'known') continue;
        const ranges = exposedPorts(word.value).flatMap((port) => port.ranges);
        const faults = ranges.flatMap((range) => faultOf(range) ?? []);
        // Where a variable brings several, they all stand in one place.
        for (const { start, end, message, severity } of standsAsItIs(word) ? faults : faults.slice(0, 1)) {
          report({ at: partOfWord(word, start, end), message, ...(severity === undefined ? {} : { severity }) });
        }
      }
    },
  },
});

interface Fault {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly severity?: Severity;
}

function faultOf({ first, last }: PortRange): Fault | undefined {
  const tooLarge = [first, last].find((port) => port !== undefined && port.value > largest);
  if (tooLarge !== undefined) {
    return { ...spanOf(tooLarge), message: `Port ${quoted(tooLarge.text)} is above 65535: the build is refused.` };
  }
  if (last !== undefined && last.value < first.value) {
    const { end } = spanOf(last);
    const text = quoted(`${first.text}-${last.text}`);
    return { start: first.start, end, message: `Range ${text} ends below its start: the build is refused.` };
  }
  if (first.value > 0) return undefined;
  const message = `Port ${quoted(first.text)} is none that a client can reach: it is kept for the system.`;
  return { ...spanOf(first), severity: 'warning', message };
}

function spanOf({ start, text }: PortNumber): { readonly start: number; readonly end: number } {
  return { start, end: start + text.length };
}
