import type { Flags } from './args.js';

export const lintFlags: Flags = {
  format: { type: 'string', value: 'text|json|sarif|github', help: 'how to write the findings (text)' },
  profile: { type: 'string', value: 'recommended|strict|all', help: 'which rules run' },
  rule: {
    type: 'string',
    value: 'ID=SEVERITY',
    help: 'off, hint, info, warning or error for one rule; may be repeated',
  },
  only: { type: 'string', value: 'ID,…', help: 'only these rules run' },
  config: { type: 'string', value: 'FILE', help: 'takes this config file, not the nearest .plimsoll.yaml' },
  'no-config': { type: 'boolean', help: 'reads no config file' },
  'kubernetes-version': { type: 'string', value: '1.N', help: 'the version that manifests are judged for' },
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
