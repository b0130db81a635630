import type { Flags } from './args.js';
import { inlineIgnoresFlags, settingsFlags } from './settings-options.js';
import { shellCheckFlags } from './shell-check-flags.js';

export const baselineFlags: Flags = {
  file: { type: 'string', value: 'FILE', help: 'writes this file, not the nearest .plimsoll-baseline.json' },
  ...settingsFlags,
  ...inlineIgnoresFlags,
  ...shellCheckFlags,
  help: { type: 'boolean', short: 'h', help: 'shows this text' },
};
