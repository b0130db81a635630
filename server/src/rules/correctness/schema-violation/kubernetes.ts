// What is said of an object of Kubernetes that breaks the schema.
import type { Report, ReportedFinding, ReportedFix } from '../../../engine/rule.js';
import { type Data, replaceText, set } from '../../../model/change.js';
import type { Manifest } from '../../../model/kubernetes/manifest.js';
import { type FieldType, type UnknownKey, violationsOf, type WrongType } from '../../../model/kubernetes/schema.js';
import { canBeNamed, meantKey, securityFieldsOf, securityKeyOf } from '../../../model/kubernetes/security-fields.js';
import { quoted } from '../../../model/quoted.js';
import type { Written } from '../../../model/written.js';
import { kindType } from '../../../standards/kubernetes/api.js';

/** The labels in them are the matter of invalid-label-selector. */
const selectors: ReadonlySet<string> = new Set(['matchLabels', 'nodeSelector', 'selector']);

/** What breaks the schema of its kind. */
export function checkManifest({ apiVersion, kind, written }: Manifest, report: Report): void {
  const type = kindType(apiVersion, kind);
  if (type === undefined) return;
  const pod = kindType('v1', 'Pod');
  const security = pod === undefined ? undefined : securityFieldsOf(pod);
  for (const violation of violationsOf(written, type)) {
    if (violation.kind === 'wrong-type') {
      if (!selectors.has(violation.map ?? '')) report(wrongType(violation));
    }
    // Those that were meant to be fields of security are the matter of misplaced-security-field.
    else if (security === undefined || securityKeyOf(violation, security) === undefined) report(unknownKey(violation));
  }
}

function unknownKey({ key, keyAt, value, inside }: UnknownKey): ReportedFinding {
  const at = { kind: 'known', value: key, at: keyAt, via: value.via, slot: value.slot } as const;
  const meant = meantKey(key, inside);
  if (meant === undefined) {
    const name = inside.at(-1)?.name ?? '';
    const where = name === '' ? 'here' : `in ${quoted(name, 20)}`;
    return { at, message: `Key ${quoted(key)} is unknown ${where}: it is dropped or refused.` };
  }
  return {
    at,
    message: `${quoted(key, 28)} is no field here: did you mean ${quoted(meant)}?`,
    fix: canBeNamed(meant, inside)
      ? { title: `Rename to \`${meant}\``, safety: 'unsafe', change: replaceText(keyAt, meant) }
      : undefined,
  };
}

function wrongType({ name, nameAt, value, expected }: WrongType): ReportedFinding {
  const wanted = nouns[expected.kind];
  const is = expected.kind === 'integer' && value.kind === 'number' ? 'a fraction' : nouns[value.kind];
  return {
    // The token that is wrong, and not all lines of a block.
    at: { kind: 'unknown', at: isCollection(value) ? nameAt : value.at, via: value.via, slot: value.slot },
    message: `${quoted(name, 28)} has to be ${wanted}, not ${is}: the cluster refuses it.`,
    fix: converted(value, expected),
  };
}

function isCollection({ kind }: Written): boolean {
  return kind === 'map' || kind === 'list';
}

const nouns: Readonly<Record<FieldType['kind'] | Written['kind'], string>> = {
  string: 'a string',
  boolean: 'a boolean',
  integer: 'a number',
  number: 'a number',
  quantity: 'a quantity',
  'integer-or-string': 'a number or string',
  list: 'a list',
  map: 'a map',
  object: 'a map',
  any: 'anything',
  null: 'empty',
  unknown: 'something else',
};

/** The same value with the type that is wanted, where it says the same. */
function converted(value: Written, expected: FieldType): ReportedFix | undefined {
  const data = convert(value, expected);
  if (data === undefined) return undefined;
  const title = typeof data === 'string' ? 'Write it as a string' : `Write it as a ${typeof data}`;
  return { title, safety: 'unsafe', change: set(value.slot, data) };
}

function convert({ kind, text }: Written, expected: FieldType): Data | undefined {
  if (expected.kind === 'string') return kind === 'map' || kind === 'list' ? undefined : text;
  if (kind !== 'string') return undefined;
  if (expected.kind === 'boolean') return text === 'true' || text === 'false' ? text === 'true' : undefined;
  return expected.kind === 'integer' && /^(?:0|[1-9]\d{0,9})$/.test(text) ? Number(text) : undefined;
}
