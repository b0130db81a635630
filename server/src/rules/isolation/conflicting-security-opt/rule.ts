import { defineRule, type Report } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { cleanHostPath } from '../../../model/clean-host-path.js';
import { disablesLabels } from '../../../model/compose/security-option.js';
import type { SecurityOption } from '../../../model/compose/service.js';
import { type Known, knownItems } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';

/** What an option sets, and to what; no value where it cannot be told, or the engine refuses it. */
interface Setting {
  readonly key: string;
  readonly value: string | undefined;
}

/** How Go reads a boolean (`strconv.ParseBool`). */
const booleans: ReadonlyMap<string, string> = new Map([
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map((word): [string, string] => [word, 'true']),
  ...['0', 'f', 'F', 'FALSE', 'false', 'False'].map((word): [string, string] => [word, 'false']),
]);
/** Profiles of seccomp that are no files. */
const builtIn: ReadonlySet<string> = new Set(['builtin', 'unconfined']);

export default defineRule({
  meta: {
    id: 'conflicting-security-opt',
    summary: 'A security option is written twice with different values, and only one of them counts.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    service({ container, securityOptions }, report) {
      if (container === undefined) return;
      for (const options of byLayer(knownItems(securityOptions))) {
        if (options.length > 1) judge(options, report);
      }
    },
  },
});

/** What another file or service adds replaces an option on purpose: options compete with those beside them only. */
function byLayer(options: readonly Known<SecurityOption>[]): Iterable<readonly Known<SecurityOption>[]> {
  const layers = new Map<string, Known<SecurityOption>[]>();
  for (const option of options) {
    const hops = option.via.filter(({ kind }) => kind !== 'alias' && kind !== 'merge-key');
    const layer = [option.at, ...hops.map(({ at }) => at)]
      .map(({ file, span }, index) => (index === 0 ? file : `${file} ${span.start}`))
      .join('\n');
    const members = layers.get(layer);
    if (members === undefined) layers.set(layer, [option]);
    else members.push(option);
  }
  return layers.values();
}

function judge(options: readonly Known<SecurityOption>[], report: Report): void {
  const disabling = options.find(({ value }) => disablesLabels(value));
  const inForce = new Map<string, Known<SecurityOption>>(
    options.map((option): [string, Known<SecurityOption>] => [settingOf(option.value).key, option]),
  );
  for (const option of options) {
    const { text, name } = option.value;
    if (text === undefined || disablesLabels(option.value)) continue;
    const setting = settingOf(option.value);
    const noLabels = name === 'label' ? disabling : undefined;
    const winner = noLabels ?? inForce.get(setting.key);
    if (winner === undefined || (noLabels === undefined && !differ(setting, settingOf(winner.value)))) continue;
    const why = noLabels === undefined ? `a later '${name}' is in force.` : 'there are no labels at all.';
    report({
      at: option,
      message: `Option ${quoted(text)} has no effect: ${why}`,
      related: [{ at: winner.at, message: 'This one is in force.' }],
      fix: { title: 'Remove the option', safety: 'safe', change: remove(option.slot) },
    });
  }
}

function differ({ value: one }: Setting, { value: other }: Setting): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

function settingOf({ text, name, value }: SecurityOption): Setting {
  if (text === undefined) return { key: name, value: undefined };
  switch (name) {
    case 'label': {
      // `label=user:app` and `label=role:app` are two settings.
      const colon = value?.indexOf(':') ?? -1;
      return colon < 0 || value === undefined
        ? { key: text, value: text }
        : { key: `label:${value.slice(0, colon)}`, value: value.slice(colon + 1) };
    }
    case 'no-new-privileges':
      return { key: name, value: value === undefined ? 'true' : booleans.get(value) };
    case 'seccomp':
      return { key: name, value: value === undefined || builtIn.has(value) ? value : cleanHostPath(value) };
    default:
      return { key: name, value };
  }
}
