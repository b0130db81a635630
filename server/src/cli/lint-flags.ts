import type { Flags } from './args.js';
import { settingsFlags } from './settings-options.js';

export const lintFlags: Flags = {
  format: { type: 'string', value: 'text|json|sarif|github', help: 'how to write the findings (text)' },
  ...settingsFlags,
  'fail-on': {
    type: 'string',
    value: 'error|warning|info|never',
    help: 'the lowest severity that makes the exit code 1 (error)',
  },
  fix: { type: 'boolean', help: 'applies the safe fixes to the files' },
  'stdin-filename': { type: 'string', value: 'NAME', help: 'reads the text of this file from standard input' },
  'show-suppressed': { type: 'boolean', help: 'also lists what ignore comments silence' },
  quiet: { type: 'boolean', help: 'findings only: no summary, no progress, no notes' },
  color: { type: 'boolean', help: 'colours, also where it is no terminal' },
  'no-color': { type: 'boolean', help: 'no colours' },
  help: { type: 'boolean', short: 'h', help: 'shows this text' },
};
