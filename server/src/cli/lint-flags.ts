import type { Flags } from './args.js';
import { formats } from './formats.js';
import { inlineIgnoresFlags, settingsFlags } from './settings-options.js';
import { shellCheckFlags } from './shell-check-flags.js';

export const lintFlags: Flags = {
  format: { type: 'string', value: 'FORMAT', help: `how to write the findings: ${formats.join(', ')} (text)` },
  output: {
    type: 'string',
    value: 'FORMAT=FILE',
    help: 'writes them to a file, too, and makes its folder; may be repeated',
  },
  ...settingsFlags,
  ...inlineIgnoresFlags,
  ...shellCheckFlags,
  baseline: { type: 'string', value: 'FILE', help: 'takes this baseline, not the nearest .plimsoll-baseline.json' },
  'no-baseline': { type: 'boolean', help: 'also tells of what a baseline holds back' },
  'changed-since': {
    type: 'string',
    value: 'COMMIT',
    help: 'only files that this branch changed since it left COMMIT',
  },
  'force-exclude': { type: 'boolean', help: 'leaves out what the configuration excludes, though it is named' },
  'fail-on': {
    type: 'string',
    value: 'error|warning|info|never',
    help: 'the lowest severity that makes the exit code 1 (error)',
  },
  fix: { type: 'boolean', help: 'applies the safe fixes to the files' },
  'stdin-filename': { type: 'string', value: 'NAME', help: 'reads the text of this file from standard input' },
  'show-suppressed': { type: 'boolean', help: 'also lists what is ignored, by whom and why' },
  quiet: { type: 'boolean', help: 'findings only: no summary, no progress, no notes' },
  color: { type: 'boolean', help: 'colours, also where it is no terminal' },
  'no-color': { type: 'boolean', help: 'no colours' },
  help: { type: 'boolean', short: 'h', help: 'shows this text' },
};
