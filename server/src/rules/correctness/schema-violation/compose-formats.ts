// What is said of texts that Compose can make nothing of.
import type { ReportedFinding, ReportedFix } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import type { FormatFault } from '../../../model/compose/formats.js';
import type { Malformed } from '../../../model/compose/schema.js';
import { quoted } from '../../../model/quoted.js';
import type { Written } from '../../../model/written.js';

export const refused = 'Compose refuses the file';

export function malformed({ name, value, fault, at }: Malformed): ReportedFinding {
  return {
    at: { kind: 'unknown', at, via: value.via, slot: value.slot },
    message: `${faultOf(name, value.text, fault)}: ${refused}.`,
    fix: fault.kind === 'volume' && fault.fault === 'colons' ? joinOptions(value, fault.start) : undefined,
  };
}

function faultOf(name: string, text: string, fault: FormatFault): string {
  switch (fault.kind) {
    case 'empty':
      return `${quoted(name, 28)} is empty`;
    case 'port':
      return text === '' ? `An item of 'ports' is empty` : `${portFaults[fault.fault](quoted(fault.words, 28))}`;
    case 'volume':
      return volumeFaults[fault.fault](quoted(text, 28));
    default:
      return `${quoted(text, 28)} ${scalarFaults[fault.kind]}`;
  }
}

const scalarFaults: { readonly [kind in Exclude<FormatFault['kind'], 'empty' | 'port' | 'volume'>]: string } = {
  size: "is no size like '512m'",
  duration: "is no duration like '1m30s'",
  integer: 'is no whole number',
  microseconds: 'is no whole number',
  number: 'is no number',
  mode: "is no mode like '0440'",
  count: "is neither a number nor 'all'",
  host: 'names no address',
};

type PortFaultKind = Extract<FormatFault, { kind: 'port' }>['fault'];
type VolumeFaultKind = Extract<FormatFault, { kind: 'volume' }>['fault'];

const portFaults: { readonly [kind in PortFaultKind]: (words: string) => string } = {
  target: (words) => `${words} has no port of the container`,
  'container-port': (words) => `${words} is no port of a container`,
  'host-port': (words) => `${words} is no port of the host`,
  lengths: (words) => `The ranges in ${words} differ in length`,
  protocol: (words) => `${words} is no protocol of ports`,
};

const volumeFaults: { readonly [kind in VolumeFaultKind]: (words: string) => string } = {
  nothing: () => "An item of 'volumes' is empty",
  part: (words) => `A part of ${words} is empty`,
  colons: (words) => `${words} has too many colons`,
};

/** `:ro:z`, where `:ro,z` is meant. */
function joinOptions(value: Written, colon: number): ReportedFix | undefined {
  if (!/^:\w+$/.test(value.text.slice(colon))) return undefined;
  const place = value.mapped()?.exactPart(colon, colon + 1);
  return place && { title: 'Write a comma', safety: 'unsafe', change: replaceText(place, ',') };
}
