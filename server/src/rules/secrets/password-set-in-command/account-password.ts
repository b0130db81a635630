// Passwords of accounts that a command sets: chpasswd, passwd, useradd and usermod.
import { echoedWord } from '../../../model/echoed-word.js';
import { restOfWord, type ShellCommand, type ShellWord } from '../../../model/shell-command.js';
import type { Place } from '../../../text/span.js';

export interface AccountPassword {
  readonly kind: 'fixed' | 'empty';
  /** The password where it is written in one place, else the word that takes it away. */
  readonly at: Place;
}

/** Words of one command that are looked at. */
const mostWords = 200;

/** The passwords that a command sets. What a variable or a file brings is not known. */
export function passwordsSet(command: ShellCommand): readonly AccountPassword[] {
  switch (command.name) {
    case 'chpasswd':
      return ofChpasswd(command);
    case 'passwd':
      return ofPasswd(command);
    case 'useradd':
    case 'usermod':
      return ofOption(command.words.slice(0, mostWords));
    default:
      return [];
  }
}

/** `user:password`, of which the first one is marked. */
function ofChpasswd(command: ShellCommand): readonly AccountPassword[] {
  const word = echoedWord(command);
  const colon = word?.text?.indexOf(':') ?? -1;
  if (word?.text === undefined || colon < 1) return [];
  return judged(word, colon + 1);
}

function ofPasswd(command: ShellCommand): readonly AccountPassword[] {
  const options = command.words.slice(1, mostWords).filter(({ text }) => text?.startsWith('-'));
  const deleting = options.find(({ text }) => text === '--delete' || /^-[a-z]{0,10}d[a-z]{0,10}$/.test(text ?? ''));
  if (deleting !== undefined) return [{ kind: 'empty', at: deleting.at }];
  // Locks, expiry dates, reports.
  if (options.some(({ text }) => text !== '--stdin' && text !== '-q' && text !== '--quiet')) return [];
  const word = echoedWord(command);
  return word === undefined || word.text === '' ? [] : [{ kind: 'fixed', at: restOfWord(word, 0) }];
}

/** `-p password`, `--password=password`: encrypted, but everybody can try what it was. */
function ofOption(words: readonly ShellWord[]): readonly AccountPassword[] {
  const found: AccountPassword[] = [];
  for (const [index, word] of words.entries()) {
    const text = word.text ?? word.raw;
    const equals = '--password='.length;
    if (text.startsWith('--password=')) found.push(...(word.text === undefined ? hashed(word) : judged(word, equals)));
    else if (text !== '--password' && !/^-[a-zA-Z]{0,10}p$/.test(text)) continue;
    else {
      const next = words[index + 1];
      if (next !== undefined) found.push(...(next.text === undefined ? hashed(next) : judged(next, 0)));
    }
  }
  return found;
}

function judged(word: ShellWord, start: number): readonly AccountPassword[] {
  const password = word.text?.slice(start) ?? '';
  // No password comes to what begins so: the account is locked.
  if (/^[!*]/.test(password)) return [];
  return [password === '' ? { kind: 'empty', at: word.at } : { kind: 'fixed', at: restOfWord(word, start) }];
}

/** `$(openssl passwd -6 password)`, `$(mkpasswd password)`. */
function hashed({ substitutions }: ShellWord): readonly AccountPassword[] {
  for (const { commands } of substitutions) {
    for (const { name, words } of commands) {
      const isHash = (name === 'openssl' && words[1]?.text === 'passwd') || name === 'mkpasswd';
      const last = words.at(-1);
      if (!isHash || last?.text === undefined || words.length < (name === 'openssl' ? 3 : 2)) continue;
      if (!last.text.startsWith('-')) return [{ kind: 'fixed', at: restOfWord(last, 0) }];
    }
  }
  return [];
}
