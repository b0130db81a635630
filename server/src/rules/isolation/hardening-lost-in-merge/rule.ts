import { defineRule } from '../../../engine/rule.js';
import { capability } from '../../../model/capability.js';
import { append, type Change, type Data, set } from '../../../model/change.js';
import type { ComposeService, HiddenValue } from '../../../model/compose/service.js';
import { knownItems } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import type { Place } from '../../../text/span.js';

/** What a fragment says and its service does not. */
interface Lost {
  readonly text: string;
  readonly at: Place;
  readonly change: Change;
}

export default defineRule({
  meta: {
    id: 'hardening-lost-in-merge',
    summary: 'A key of the service hides what a fragment sets for its protection.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    service(service, report) {
      for (const hidden of service.hidden) {
        const [first, ...others] = lostIn(service, hidden);
        if (first === undefined) continue;
        const what = others.length === 0 ? quoted(first.text) : `${quoted(first.text)} and more`;
        report({
          at: hidden.keyAt,
          message: `${quoted(hidden.key)} here hides that of the fragment, nothing is merged: ${what} is lost.`,
          related: [first, ...others].map(({ at }) => ({ at, message: 'This has no effect on the service.' })),
          fix: {
            title: others.length === 0 ? `Add ${quoted(first.text)} here, too` : 'Add here what is lost',
            safety: 'unsafe',
            change: changesOf(service, [first, ...others]),
          },
        });
      }
    },
  },
});

function lostIn(service: ComposeService, hidden: HiddenValue): readonly Lost[] {
  switch (hidden.key) {
    case 'cap_drop':
      return lostItems(service, hidden, isDropped);
    case 'security_opt':
      return lostItems(service, hidden, isDecided);
    case 'deploy':
      return lostLimits(service, hidden);
    default:
      return [];
  }
}

/** Items of the fragment that the list of the service does not have. `has`: whether that list makes up for one. */
function lostItems(
  { fields }: ComposeService,
  { key, fragment }: HiddenValue,
  has: (item: string, list: readonly string[]) => boolean,
): readonly Lost[] {
  const own = fields.strings(key);
  const written = knownItems(own).map(({ value }) => value);
  // An item that cannot be told may be the one.
  if (own.kind === 'unknown' || (own.kind === 'known' && written.length < own.value.length)) return [];
  return knownItems(fragment.strings(key)).flatMap(({ value, at }) => {
    if (has(value, written)) return [];
    return [{ text: value, at, change: append(own.slot, value) }];
  });
}

function isDropped(item: string, list: readonly string[]): boolean {
  const dropped = list.map((text) => capability(text)?.name);
  return dropped.includes('ALL') || dropped.includes(capability(item)?.name);
}

/** Whoever sets an option of the same name has decided about it; one that opens up is no protection. */
function isDecided(item: string, list: readonly string[]): boolean {
  const name = nameOf(item);
  const value = item.slice(name.length + 1);
  const opens = /^(?:unconfined|disable|false|0)$/i.test(value) || name === 'disable' || name === 'systempaths';
  return opens || list.some((text) => nameOf(text) === name);
}

function nameOf(option: string): string {
  return option.split(/[:=]/, 1)[0] ?? option;
}

const limits: readonly (readonly [string, string])[] = [
  ['memory', 'mem_limit'],
  ['cpus', 'cpus'],
  ['pids', 'pids_limit'],
];

function lostLimits({ fields }: ComposeService, { fragment }: HiddenValue): readonly Lost[] {
  return limits.flatMap(([name, short]) => {
    const path = ['deploy', 'resources', 'limits', name] as const;
    const lost = fragment.scalar(...path);
    const own = fields.scalar(...path);
    if (lost.kind !== 'known' || own.kind !== 'absent' || fields.scalar(short).kind !== 'absent') return [];
    const change = set(own.slot, name === 'pids' && /^\d{1,9}$/.test(lost.value) ? Number(lost.value) : lost.value);
    return [{ text: `${name}: ${lost.value}`, at: lost.at, change }];
  });
}

/** Keys of a map that is not there yet are written together with it. */
function changesOf({ fields }: ComposeService, lost: readonly Lost[]): readonly Change[] {
  const changes = lost.map(({ change }) => change);
  const limitsAt = fields.fields('deploy', 'resources', 'limits');
  if (limitsAt.kind !== 'absent' || !changes.every((change) => change.kind === 'set')) return changes;
  const pairs = lost.flatMap(({ text, change }): readonly (readonly [string, Data])[] =>
    change.kind === 'set' ? [[text.slice(0, text.indexOf(':')), change.value]] : [],
  );
  return [set(limitsAt.slot, Object.fromEntries(pairs))];
}
