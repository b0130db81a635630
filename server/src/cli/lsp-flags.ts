import type { Flags } from './args.js';

export const lspFlags: Flags = {
  stdio: { type: 'boolean', help: 'talk over standard input and output; the only way there is' },
};
