// A word put into the command of an instruction, in shell form as in JSON form.
import { type Change, emptyPlace, replaceText } from '../change.js';
import type { ShellWord } from '../shell-command.js';
import type { Instruction } from './instruction.js';

/**
 * The change that puts a word behind another one. Undefined where the place of that one does not say where it ends, as in a
 * script inside of quotes with escapes.
 */
export function insertBehind(
  { arguments: items }: Instruction,
  { at, raw, isListItem }: ShellWord,
  text: string,
): Change | undefined {
  const outside = at.span.end - at.span.start - raw.length;
  const place = emptyPlace(at, at.span.end);
  if (outside === 0) return replaceText(place, ` ${text}`);
  // A string of a JSON form: its quotes are in its place only.
  if (!isListItem || outside !== 2) return undefined;
  const next = items.find((item) => item.at.span.start >= at.span.end);
  return replaceText(place, next?.at.span.start === at.span.end + 1 ? `,"${text}"` : `, "${text}"`);
}
