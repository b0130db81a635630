import type { Flags } from './args.js';

/** For the commands that look for findings. */
export const shellCheckFlags: Flags = {
  shellcheck: {
    type: 'optional',
    value: 'PATH',
    help: 'also tells what ShellCheck says about scripts; the one on the PATH',
  },
};
