// Who silences a finding, in words.
import type { Suppressed } from '../engine/finding.js';
import { toolName } from '../standards/tools.js';

const words: { readonly [by in Suppressed['by']]: string } = {
  comment: 'comment',
  annotation: 'annotation',
  config: 'the config file',
  baseline: 'the baseline',
};

/** To stand behind "ignored by": `a hadolint comment`, `the config file`. */
export function silencerOf({ by, tool }: Pick<Suppressed, 'by' | 'tool'>): string {
  if (by === 'config' || by === 'baseline') return words[by];
  // Ours are in comments alone.
  return `a ${tool === undefined ? 'Plimsoll' : toolName(tool)} ${words[by]}`;
}
