// The settings that are in force for a file, as a config file would say them.
import { defaultTrustedRegistries } from '../engine/config.js';
import type { Rule } from '../engine/rule.js';
import { activation, type Settings } from '../engine/settings.js';

/** A valid config file: what it says is what counts. `origin` tells where it comes from. */
export function effectiveConfig(settings: Settings, rules: readonly Rule[], origin: string): string {
  const lines = [`# ${origin}`, `profile: ${settings.profile}`, `kubernetesVersion: "1.${settings.kubernetesMinor}"`];
  const isDefault = settings.trustedRegistries === defaultTrustedRegistries;
  lines.push(
    `trustedRegistries:${settings.trustedRegistries.length === 0 ? ' []' : isDefault ? ' # the built-in list' : ''}`,
  );
  for (const entry of settings.trustedRegistries) lines.push(`  - ${JSON.stringify(entry)}`);
  lines.push('rules:');
  for (const rule of [...rules].sort((a, b) => (a.meta.id < b.meta.id ? -1 : 1)))
    lines.push(...ruleLines(rule, settings));
  return `${lines.join('\n')}\n`;
}

function ruleLines(rule: Rule, settings: Settings): readonly string[] {
  const { meta } = rule;
  const states = new Set(meta.formats.map((kind) => activation(rule, settings, kind)));
  const [state = 'off'] = states;
  const isOwn = state === 'default' || states.size > 1;
  const { severity } = meta;
  // One word cannot say what differs from format to format; a key without a value says nothing.
  const word = !isOwn ? state : typeof severity === 'string' ? severity : undefined;
  const notes = word === undefined ? Object.entries(severity).map(([kind, own]) => `${kind} ${own}`) : [];
  const comment = isOwn ? ` # ${[...notes, meta.profile].join(', ')}` : '';
  const options = Object.entries(settings.rules.get(meta.id)?.options ?? {});
  if (options.length === 0) return [`  ${meta.id}:${word === undefined ? '' : ` ${word}`}${comment}`];
  return [
    `  ${meta.id}:${comment}`,
    ...(word === undefined ? [] : [`    severity: ${word}`]),
    ...options.map(([name, value]) => `    ${name}: ${JSON.stringify(value)}`),
  ];
}
