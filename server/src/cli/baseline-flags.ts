import type { Flags } from './args.js';
import { inlineIgnoresFlags, settingsFlags } from './settings-options.js';

export const baselineFlags: Flags = {
  file: { type: 'string', value: 'FILE', help: 'writes this file, not the nearest .plimsoll-baseline.json' },
  ...settingsFlags,
  ...inlineIgnoresFlags,
  help: { type: 'boolean', short: 'h', help: 'shows this text' },
};
