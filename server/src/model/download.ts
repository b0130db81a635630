// Commands that download files, and those that compare what was downloaded with what was to be expected.
import type { ShellCommand, ShellWord } from './shell-command.js';

const downloaders: ReadonlySet<string> = new Set(['aria2c', 'curl', 'fetch', 'wget']);
const checks =
  /^(?:sha\d+sum|shasum|sha\d+|md5sum|b[23]sum|cksum|gpgv?2?|openssl|cosign|minisign|signify|rhash|slsa-verifier)$/;

/** Words of one command that are looked at. */
const mostWords = 500;

export function isDownload(command: ShellCommand): boolean {
  return downloaders.has(innermost(command).name ?? '');
}

/** Whether a command is one that compares checksums or signatures. */
export function isCheckItself(command: ShellCommand): boolean {
  return checks.test(innermost(command).name ?? '');
}

/** Whether a command compares checksums or signatures, be it in a substitution. */
export function isCheck(command: ShellCommand): boolean {
  const { words } = innermost(command);
  if (isCheckItself(command)) return true;
  // `test "$(sha256sum file)" = …`
  return words
    .slice(0, mostWords)
    .some(({ substitutions }) => substitutions.some(({ commands }) => commands.some(isCheckItself)));
}

/** The files that a download, or what it is piped into, writes; a path with variables is as it is written. */
export function filesWrittenBy(command: ShellCommand): readonly string[] {
  const { name, words: all } = innermost(command);
  const words = all.slice(0, mostWords);
  const files: (string | undefined)[] = command.redirects
    .filter(({ operator }) => operator.startsWith('>'))
    .map(({ target }) => target && pathOf(target));
  if (name === 'tee') files.push(...words.slice(1).map(pathOf));
  if (name !== undefined && downloaders.has(name)) {
    const output = optionValues(words, name === 'wget' ? wgetOutput : curlOutput);
    files.push(...output);
    const keepsName =
      name === 'curl' ? words.some(({ text }) => /^-[A-Za-z]*O|^--remote-name/.test(text ?? '')) : output.length === 0;
    if (keepsName) {
      const [folder] = name === 'wget' ? optionValues(words, wgetFolder) : [];
      for (const { text, raw } of words) {
        const last = /^(?:[a-z]+:\/\/|\$)[^?#]*\/([^/?#]+)/.exec(text ?? plainPath(raw))?.[1];
        if (last !== undefined) files.push(folder === undefined ? last : `${folder.replace(/\/$/, '')}/${last}`);
      }
    }
  }
  return files.filter((file) => file !== undefined);
}

const curlOutput = /^(?:-[A-Za-z]*?o|--out(?:put)?(?:=|$))/;
const wgetOutput = /^(?:-[A-Za-z]*?O|--output-document(?:=|$))/;
const wgetFolder = /^(?:-[A-Za-z]*?P|--directory-prefix(?:=|$))/;

/** The values of an option: `-o file`, `-fsSLo file`, `-ofile`, `--output file`, `--output=file`. */
function optionValues(words: readonly ShellWord[], option: RegExp): readonly string[] {
  return words.flatMap((word, index) => {
    const written = word.text ?? word.raw;
    const match = option.exec(written);
    if (match === null) return [];
    const rest = written.slice(match[0].length);
    const next = words[index + 1];
    const value = rest === '' ? next && pathOf(next) : plainPath(rest);
    return value === undefined ? [] : [value];
  });
}

/** A path as it is compared. One with variables is compared as it is written. */
export function pathOf(word: ShellWord): string | undefined {
  return word.substitutions.length > 0 ? undefined : plainPath(word.text ?? word.raw);
}

function plainPath(text: string): string {
  return text.replace(/["']/g, '').replace(/^(?:\.\/+)+/, '');
}

/** What a command runs at last: that behind `sudo`, `env` and the like. */
export function innermost(command: ShellCommand): ShellCommand {
  let inner = command;
  while (inner.runs !== undefined) inner = inner.runs;
  return inner;
}
