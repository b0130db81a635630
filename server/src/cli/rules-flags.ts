import type { Flags } from './args.js';

export const rulesFlags: Flags = {
  format: { type: 'string', value: 'text|json', help: 'how to write them (text)' },
};
