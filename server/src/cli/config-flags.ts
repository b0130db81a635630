import type { Flags } from './args.js';
import { settingsFlags } from './settings-options.js';

export const configFlags: Flags = {
  ...settingsFlags,
  help: { type: 'boolean', short: 'h', help: 'shows this text' },
};
