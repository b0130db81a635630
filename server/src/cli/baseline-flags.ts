import type { Flags } from './args.js';
import { settingsFlags } from './settings-options.js';

export const baselineFlags: Flags = {
  file: { type: 'string', value: 'FILE', help: 'writes this file, not the nearest .plimsoll-baseline.json' },
  ...settingsFlags,
  help: { type: 'boolean', short: 'h', help: 'shows this text' },
};
