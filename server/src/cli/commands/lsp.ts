import { readArguments } from '../args.js';
import { lspFlags } from '../lsp-flags.js';
import type { Command } from '../run.js';
import { UsageError } from '../usage-error.js';

/** Serves an editor over standard input and output; the process ends when the editor says so. */
export const lspCommand: Command = async (words) => {
  const { values, positionals } = readArguments('lsp', lspFlags, words);
  if (!values.has('stdio') || positionals.length > 0) {
    throw new UsageError("'plimsoll lsp' takes one flag and needs it: plimsoll lsp --stdio.");
  }
  // The transport is read from the arguments of the process once more.
  (await import('../../lsp/node.js')).serve();
  return 0;
};
