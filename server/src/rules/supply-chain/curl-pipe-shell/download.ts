// Tells whether a command runs code that was downloaded a moment ago, and which command downloaded it.
import { filesWrittenBy, isCheck, isCheckItself, isDownload, pathOf } from '../../../model/download.js';
import type { ShellCommand, ShellWord } from '../../../model/shell-command.js';

const shells = /^(?:ba|da|a|z|k)?sh$/;
const interpreters = /^(?:python[\d.]*|perl|ruby|node|nodejs|php[\d.]*)$/;
// A script as long as it likes is judged in linear time.
/** Commands of the script that are looked back at. */
const farthest = 100;
/** Commands of a pipeline that are followed. */
const longestPipeline = 20;

/** The download whose result `command` runs unchecked; undefined where it does no such thing. */
export function downloadThatRuns(command: ShellCommand): ShellCommand | undefined {
  const code = codeOf(command);
  switch (code?.kind) {
    case 'stdin':
      return standardInput(command);
    case 'text':
      return substituted(code.word, /^"?(?:\$\(|`)/);
    case 'file':
      return substituted(code.word, /^<\(/) ?? downloadedFile(code.word, command.earlier);
    case 'program':
      return downloadedFile(code.word, command.earlier);
    default:
      return undefined;
  }
}

/** Whether a command that runs a download is that download itself, and not a program that reads it. */
export function isDownloadItself(command: ShellCommand): boolean {
  return codeOf(command)?.kind === 'program';
}

/** Where the code comes from that a command runs. */
type Code = { readonly kind: 'stdin' } | { readonly kind: 'text' | 'file' | 'program'; readonly word: ShellWord };

function codeOf({ name, words }: ShellCommand): Code | undefined {
  const [first, second] = words;
  if (name === undefined || first === undefined) return undefined;
  if (name === 'eval') return second && { kind: 'text', word: second };
  if (name === 'source' || name === '.') return second && fileOrStdin(second);
  if (shells.test(name)) return shellCode(words);
  if (interpreters.test(name)) return interpreterCode(name, words);
  return first.text?.includes('/') === true ? { kind: 'program', word: first } : undefined;
}

function fileOrStdin(word: ShellWord): Code {
  return word.text === '-' || word.text === '/dev/stdin' ? { kind: 'stdin' } : { kind: 'file', word };
}

function shellCode(words: readonly ShellWord[]): Code | undefined {
  let isText = false;
  let isStdin = false;
  let at = 1;
  for (; at < words.length; at++) {
    const text = words[at]?.text;
    if (text === undefined || !/^[-+]./.test(text)) break;
    if (text === '--') {
      at++;
      break;
    }
    if (text.startsWith('--')) continue;
    if (text.startsWith('-')) {
      // It only looks at the syntax.
      if (text.includes('n')) return undefined;
      isText ||= text.includes('c');
      isStdin ||= text.includes('s');
    }
    // `-euo pipefail`
    if (/[oO]/.test(text)) at++;
  }
  const word = words[at];
  if (isText) return word && { kind: 'text', word };
  return isStdin || word === undefined ? { kind: 'stdin' } : fileOrStdin(word);
}

function interpreterCode(name: string, words: readonly ShellWord[]): Code | undefined {
  for (let at = 1; at < words.length; at++) {
    const word = words[at];
    const text = word?.text;
    if (word === undefined) break;
    if (text === undefined || !/^-./.test(text)) return fileOrStdin(word);
    const next = words[at + 1];
    if (text === '--') return next === undefined || name.startsWith('php') ? { kind: 'stdin' } : fileOrStdin(next);
    const isText = name.startsWith('python') ? /^-[A-Za-z]*c$/ : /^-[a-z]*[ceEr]$|^--(?:eval|print)$/;
    if (isText.test(text)) return next && { kind: 'text', word: next };
    // A module, or a program of its own in the option (`perl -ne…`).
    if (/^-[a-z]*[mnpf]/.test(text)) return undefined;
    // `php -d name=value`, `python -W action`
    if (/^-[dWX]$/.test(text)) at++;
  }
  return { kind: 'stdin' };
}

function standardInput(command: ShellCommand): ShellCommand | undefined {
  const redirect = command.redirects.findLast(({ operator }) => operator.startsWith('<'));
  if (redirect?.target === undefined) return upstream(command);
  return (
    substituted(redirect.target, /^"?(?:\$\(|`|<\()/) ??
    (redirect.operator === '<' ? downloadedFile(redirect.target, command.earlier) : undefined)
  );
}

/** The download at the source of a pipeline, unless something in it checks what flows through. */
function upstream(command: ShellCommand): ShellCommand | undefined {
  let from = command.pipedFrom;
  for (let step = 0; from !== undefined && step < longestPipeline; step++) {
    if (isCheckItself(from)) return undefined;
    if (isDownload(from)) return from;
    from = from.pipedFrom;
  }
  return undefined;
}

/** The download in a substitution that makes up the beginning of a word. */
function substituted(word: ShellWord, beginning: RegExp): ShellCommand | undefined {
  if (!beginning.test(word.raw)) return undefined;
  const commands = word.substitutions[0]?.commands ?? [];
  return commands.some(isCheck) ? undefined : commands.find(isDownload);
}

function downloadedFile(word: ShellWord, earlier: readonly ShellCommand[]): ShellCommand | undefined {
  const path = pathOf(word);
  if (path === undefined) return undefined;
  for (const command of earlier.slice(-farthest).reverse()) {
    if (isCheck(command)) return undefined;
    if (!filesWrittenBy(command).includes(path)) continue;
    const download = isDownload(command) ? command : upstream(command);
    if (download !== undefined) return download;
  }
  return undefined;
}
