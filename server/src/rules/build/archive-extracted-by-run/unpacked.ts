// Calls of tar that do no more than ADD does.
import { readCommandLine } from '../../../model/command-line.js';
import type { ShellCommand } from '../../../model/shell-command.js';

/** Options that neither choose among the files nor change their paths: those that take a value, and those that do not. */
const valued: ReadonlySet<string> = new Set(['f', 'C', 'file', 'directory']);
const plain: ReadonlySet<string> = new Set([
  ...'xvzjJapBo',
  'bzip2',
  'extract',
  'get',
  'gunzip',
  'gzip',
  'no-same-owner',
  'preserve-permissions',
  'same-owner',
  'same-permissions',
  'verbose',
  'xz',
  'zstd',
]);

/** The archive that a command unpacks as a whole; undefined where it does anything else. */
export function archiveUnpackedBy({ name, words }: ShellCommand): string | undefined {
  const [program, first] = words;
  if (name !== 'tar' || program === undefined || first?.text === undefined) return undefined;
  // `tar xzf a.tgz`: the letters of the first word may do without a dash.
  const dashed = first.text.startsWith('-') ? first : { ...first, text: `-${first.text}`, raw: `-${first.raw}` };
  const line = readCommandLine([program, dashed, ...words.slice(2)], {
    valuedLetters: 'fC',
    valuedNames: new Set(['file', 'directory']),
  });
  const { options, operands, isOpen } = line;
  if (isOpen || operands.length > 0 || !options.every((each) => valued.has(each.name) || plain.has(each.name)))
    return undefined;
  const unpacks = options.some((each) => each.name === 'x' || each.name === 'extract' || each.name === 'get');
  return unpacks ? options.find((each) => each.name === 'f' || each.name === 'file')?.value : undefined;
}
