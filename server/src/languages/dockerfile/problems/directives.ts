// What BuildKit refuses about the directives at the top of a file.
import type { MappedText } from '../../../text/mapped-text.js';
import type { Split } from '../split.js';
import { type Report, shorten } from './report.js';

export function checkDirectives(split: Split, report: Report): void {
  let hearsChecks = true;
  for (const { name, span, value, repeated } of split.directives) {
    // The parser takes a directive behind blanks, and what looks for check options ends there.
    if (!/^[\n\ufeff]?$/.test(split.text.charAt(span.start - 1))) hearsChecks = false;
    if (repeated) report(value.place, `The directive '${name}' is written twice: the build refuses that.`);
    if (name === 'escape' && value.value !== '\\' && value.value !== '`') {
      report(value.place, 'The escape character can only be a backslash or a backtick.');
    }
    if (name === 'check' && !repeated && hearsChecks) checkOptions(value, report);
  }
}

/** `skip=A,B;error=true;experimental=all`, at most three of them, as BuildKit cuts them. It stops at the first fault. */
function checkOptions(value: MappedText, report: Report): void {
  // BuildKit takes no more than what stands in front of a blank.
  const [text = ''] = cut(value.value, ' ');
  if (text.trim() === '') return;
  let start = 0;
  for (const option of splitOptions(text)) {
    const [name = '', setting] = cut(option, '=').map((part) => part.trim());
    const at = value.part(start, start + option.length);
    start += option.length + 1;
    if (option === '') report(value.place, 'A check option is empty.');
    else if (setting === undefined || !/^(?:skip|experimental|error)$/.test(name)) {
      report(at, `'${shorten(option)}' is no check option: skip, error and experimental are.`);
    } else if (name === 'error' && !isBoolean(setting)) report(at, "The check option 'error' takes true or false.");
    else continue;
    return;
  }
}

function splitOptions(text: string): readonly string[] {
  const [first = '', rest] = cut(text, ';');
  if (rest === undefined) return [first];
  const [second = '', third] = cut(rest, ';');
  return third === undefined ? [first, second] : [first, second, third];
}

function cut(text: string, sign: string): readonly string[] {
  const at = text.indexOf(sign);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** What Go's `strconv.ParseBool` takes. */
export function isBoolean(text: string): boolean {
  return /^(?:[01tTfF]|true|TRUE|True|false|FALSE|False)$/.test(text);
}
