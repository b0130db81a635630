// The formats that the value of a label can be asked to have, by the names that hadolint gives them.
import { isDay } from '../../../model/day.js';
import type { LabelSchema } from '../../../model/dockerfile/labels.js';
import { isLicenseExpression } from './license-expression.js';

interface LabelFormat {
  /** What the value should be, for a message. */
  readonly wanted: string;
  readonly fits: (value: string) => boolean;
}

const semver =
  /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-(?:0|[1-9]\d*|\d*[a-z-][a-z\d-]*)(?:\.(?:0|[1-9]\d*|\d*[a-z-][a-z\d-]*))*)?(?:\+[a-z\d-]+(?:\.[a-z\d-]+)*)?$/i;

const formats: ReadonlyMap<string, LabelFormat> = new Map([
  ['text', { wanted: 'a text', fits: (value) => value.trim() !== '' }],
  ['url', { wanted: 'a URL', fits: (value) => /^[a-z][a-z\d+.-]*:\/\/[^\s/?#]\S*$/i.test(value) }],
  ['semver', { wanted: 'a semantic version', fits: (value) => value.length < 257 && semver.test(value) }],
  ['rfc3339', { wanted: 'a time as in RFC 3339', fits: isTime }],
  ['hash', { wanted: 'a commit hash', fits: (value) => /^(?:[\da-f]{7,40}|[\da-f]{64})$/i.test(value) }],
  ['spdx', { wanted: 'an SPDX licence', fits: isLicenseExpression }],
  ['email', { wanted: 'an e-mail address', fits: (value) => /^[^\s@<>]+@[^\s@<>.]+(?:\.[^\s@<>.]+)+$/.test(value) }],
]);

/** What the OCI image specification says of its annotations; `version` need not be a semantic one. */
const wellKnown: ReadonlyMap<string, string> = new Map([
  ['org.opencontainers.image.created', 'rfc3339'],
  ['org.opencontainers.image.documentation', 'url'],
  ['org.opencontainers.image.licenses', 'spdx'],
  ['org.opencontainers.image.revision', 'hash'],
  ['org.opencontainers.image.source', 'url'],
  ['org.opencontainers.image.url', 'url'],
]);

/** The type that the schema gives a label counts more than what is well known. Other types have no format. */
export function formatOf(key: string, schema: LabelSchema): LabelFormat | undefined {
  return formats.get(schema.get(key) || (wellKnown.get(key) ?? ''));
}

function isTime(value: string): boolean {
  const match = /^([\d-]{10})[t ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:z|[+-](\d\d):(\d\d))$/i.exec(value);
  if (match === null || !isDay(match[1] ?? '')) return false;
  const [hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0] = match
    .slice(2)
    .map((part) => Number(part ?? 0));
  // The last second may be a leap second.
  return hour < 24 && minute < 60 && second < 61 && zoneHour < 24 && zoneMinute < 60;
}
