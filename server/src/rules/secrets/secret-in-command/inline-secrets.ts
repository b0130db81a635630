// Where a command line carries a credential: flags by their names, and the flags and operands of well-known programs.
import { findCredential, isDefault, isPlaceholder } from '../../../model/credential.js';
import { echoedWord } from '../../../model/echoed-word.js';
import { knownTokens } from '../../../model/known-token.js';
import { restOfWord, type ShellCommand, type ShellWord } from '../../../model/shell-command.js';
import type { Place } from '../../../text/span.js';

export interface InlineSecret {
  /** What says that it is one: the flag, the variable, the header; never the value. */
  readonly sign: string;
  readonly text: string;
  readonly at: Place;
  /** Whether it is a word that everybody tries first. */
  readonly isDefault: boolean;
}

/** The secret that begins at an offset of the text of a word. */
function secretAt(sign: string, word: ShellWord, start: number): InlineSecret {
  const text = word.text?.slice(start) ?? '';
  return { sign, text, at: restOfWord(word, start), isDefault: isDefault(text) };
}

/** Variables of web frameworks for what they sign sessions with. */
const signingKey = /(?:^|_)(?:SECRET_KEY(?:_BASE)?|SECRET_TOKEN|APP_KEY|APP_SECRET)$/;

/** Whether a step only gives a framework some words for a key, for it does not start without one. */
export function isStandIn({ sign, text }: InlineSecret): boolean {
  return signingKey.test(sign) && /^[a-z]+(?:[-_. ][a-z]+)*$/i.test(text);
}

/** Flags of programs whose value is a password; a single letter may have it in the same word. */
interface Program {
  readonly flags: readonly string[];
  /** The flag must be followed by its value without a blank: `-p` alone asks for the password. */
  readonly joinedOnly?: boolean;
  /** Only behind one of these words. */
  readonly verbs?: readonly string[];
}

const mysql: Program = { flags: ['-p'], joinedOnly: true };
const mongo: Program = { flags: ['-p'] };
const registryLogin: Program = { flags: ['-p'], verbs: ['login'] };

const programs: ReadonlyMap<string, Program> = new Map([
  ['az', registryLogin],
  ['buildah', registryLogin],
  ['crane', registryLogin],
  ['docker', registryLogin],
  ['doctl', { flags: ['-t'], verbs: ['init'] }],
  ['helm', registryLogin],
  ['ldapadd', { flags: ['-w'] }],
  ['ldapmodify', { flags: ['-w'] }],
  ['ldapsearch', { flags: ['-w'] }],
  ['mariadb', mysql],
  ['mariadb-admin', mysql],
  ['mariadb-dump', mysql],
  ['mongo', mongo],
  ['mongodump', mongo],
  ['mongorestore', mongo],
  ['mongosh', mongo],
  ['mysql', mysql],
  ['mysqladmin', mysql],
  ['mysqlcheck', mysql],
  ['mysqldump', mysql],
  ['nerdctl', registryLogin],
  ['oras', registryLogin],
  ['podman', registryLogin],
  ['redis-benchmark', { flags: ['-a'] }],
  ['redis-cli', { flags: ['-a'] }],
  ['skopeo', registryLogin],
  ['sqlcmd', { flags: ['-P'] }],
  ['sshpass', { flags: ['-p'] }],
]);

/** Flags that no rule of names finds. */
const longFlags: ReadonlySet<string> = new Set(['--masterauth', '--requirepass']);

/** Programs whose `-u` and `--user` take `name:password`. */
const usersWithPassword: ReadonlySet<string> = new Set(['curl', 'etcdctl', 'http', 'https', 'xh']);

const header =
  /^(?:authorization|proxy-authorization|x-api-key|x-auth-token|x-vault-token|private-token|api-key):[ \t]*(?:(?:basic|bearer|token)[ \t]+)?(\S{6,})$/i;

/** Their values are passwords of accounts, encrypted. */
const accountPrograms: ReadonlySet<string> = new Set(['useradd', 'usermod']);

/** Longer words are no command that somebody wrote down. */
const longestWord = 2000;
/** A setting of npm in a text that goes to a file. */
const npmSetting = /:_(?:authToken|auth|password)[ \t]{0,5}=[ \t]{0,5}(?=[^\s"'])/;

/** What a step of a build carries: also what it pipes into a program, or writes into the settings of npm. */
export function secretsInStep(command: ShellCommand): readonly InlineSecret[] {
  const { name, words } = command;
  const found = accountPrograms.has(name ?? '') ? [] : [...secretsIn(command)];
  const piped = echoedWord(command);
  if (isLiteral(piped?.text)) {
    const taker =
      name === 'sudo'
        ? words.find(({ text }) => text === '-S' || text === '--stdin')
        : words.find(({ text }) => text === '--password-stdin' || text === '--with-token');
    if (piped !== undefined && taker?.text !== undefined) found.push(secretAt(taker.text, piped, 0));
  }
  if (name === 'echo' || name === 'printf') {
    for (const word of words) {
      const start = npmSetting.exec(word.text?.slice(0, longestWord) ?? '');
      if (start === null || word.text === undefined) continue;
      const from = start.index + start[0].length;
      if (isLiteral(word.text.slice(from))) found.push(secretAt('_authToken', word, from));
    }
  }
  return found;
}

/** All credentials in the words and variables of a command, in order of the checks. */
export function secretsIn(whole: ShellCommand): readonly InlineSecret[] {
  const command = withoutFilledIn(whole);
  const { words, name } = command;
  const found: InlineSecret[] = [];
  const known = name === undefined ? undefined : programs.get(name);
  const program = known?.verbs?.some((verb) => words.some(({ text }) => text === verb)) === false ? undefined : known;
  for (const { name: variable, value } of command.assignments) {
    if (value?.text !== undefined && isNamedSecret(variable, value.text)) found.push(secretAt(variable, value, 0));
  }
  // What it runs is looked at as a command of its own, with its own words.
  if (command.runs !== undefined) return found;
  // `args` may stand without a command, so that the first word may be a flag, too.
  for (const [index, word] of words.entries()) {
    const secret =
      inFlag(word, words[index + 1]) ??
      (program === undefined ? undefined : ofProgram(program, word, words[index + 1])) ??
      (usersWithPassword.has(name ?? '') ? ofUser(word, words[index + 1]) : undefined) ??
      inHeader(word) ??
      inOperand(command, index);
    if (secret !== undefined) found.push(secret);
  }
  return found;
}

/** What a variable of Compose brings in is not written in the command. */
function withoutFilledIn(command: ShellCommand): Pick<ShellCommand, 'name' | 'words' | 'assignments' | 'runs'> {
  if (command.format !== 'compose') return command;
  const { name, runs } = command;
  const assignments = command.assignments.filter(({ value }) => value?.filledIn !== true);
  const words = command.words.map((word) => (word.filledIn ? { ...word, text: undefined } : word));
  return { name, runs, words, assignments };
}

/** Neither a variable nor a placeholder, nor of a kind that is told as what it is. */
function isLiteral(value: string | undefined): value is string {
  return (
    value !== undefined &&
    value !== '' &&
    !isPlaceholder(value) &&
    !/\$[\w({]|`|[\uE000-\uE002]/.test(value) &&
    knownTokens(value).length === 0
  );
}

function isNamedSecret(name: string, value: string): boolean {
  return isLiteral(value) && findCredential(name, value)?.sign === 'name';
}

/** `--password=value`, `--password value`, `-Dname.password=value`. */
function inFlag(word: ShellWord, next: ShellWord | undefined): InlineSecret | undefined {
  const { text } = word;
  if (text === undefined || !/^--?[A-Za-z]/.test(text)) return undefined;
  const equals = text.indexOf('=');
  const flag = equals < 0 ? text : text.slice(0, equals);
  const isDefinition = /^-D[a-z]/.test(flag) && equals > 0;
  if (!flag.startsWith('--') && !isDefinition) return undefined;
  const name = flag.slice(2);
  const isKnown = longFlags.has(flag);
  if (equals > 0) {
    const value = text.slice(equals + 1);
    if (isKnown ? isLiteral(value) : isNamedSecret(name, value)) return secretAt(flag, word, equals + 1);
    return undefined;
  }
  // The next word may as well be an operand behind a switch: only the plainest names are sure to take it.
  const takesNext =
    isKnown || /^(?:[a-z]+-)*(?:password|passwd|passphrase|token|secret|secret-key|api-key)$/.test(name);
  const value = next?.text;
  if (next === undefined || value === undefined || value.startsWith('-') || !takesNext) return undefined;
  return (isKnown ? isLiteral(value) : isNamedSecret(name, value)) ? secretAt(flag, next, 0) : undefined;
}

function ofProgram(
  { flags, joinedOnly }: Program,
  word: ShellWord,
  next: ShellWord | undefined,
): InlineSecret | undefined {
  const { text } = word;
  const flag = flags.find((one) => text?.startsWith(one));
  if (text === undefined || flag === undefined) return undefined;
  if (text.length > flag.length) {
    return isLiteral(text.slice(flag.length)) ? secretAt(flag, word, flag.length) : undefined;
  }
  if (joinedOnly === true || next?.text?.startsWith('-') === true || !isLiteral(next?.text)) return undefined;
  return next === undefined ? undefined : secretAt(flag, next, 0);
}

/** `-u name:password`. */
function ofUser(word: ShellWord, next: ShellWord | undefined): InlineSecret | undefined {
  const { text } = word;
  if (text === undefined) return undefined;
  const joined = /^(?:--user=|-u)(?=.)/.exec(text)?.[0];
  const source = joined !== undefined ? word : /^(?:-[A-Za-z]{0,20}u|--user)$/.test(text) ? next : undefined;
  if (source?.text === undefined) return undefined;
  const from = joined?.length ?? 0;
  const colon = source.text.indexOf(':', from);
  if (colon <= from || !isLiteral(source.text.slice(colon + 1))) return undefined;
  return secretAt(joined === undefined ? text : joined.replace('=', ''), source, colon + 1);
}

function inHeader(word: ShellWord): InlineSecret | undefined {
  const { text } = word;
  if (text === undefined || text.length > 2000) return undefined;
  const prefix = /^(?:-H|--header=)/.exec(text)?.[0].length ?? 0;
  const value = header.exec(text.slice(prefix))?.[1];
  if (value === undefined || !isLiteral(value)) return undefined;
  return secretAt(text.slice(prefix, text.indexOf(':')), word, text.length - value.length);
}

/** Operands: `export NAME=value`, `kubectl … --from-literal=name=value`, `aws configure set name value`, `npm config set`. */
function inOperand({ name, words }: Pick<ShellCommand, 'name' | 'words'>, index: number): InlineSecret | undefined {
  const word = words[index];
  const text = word?.text;
  if (word === undefined || text === undefined || index === 0) return undefined;
  if (name === 'export' || text.startsWith('--from-literal=')) {
    const start = text.startsWith('--from-literal=') ? '--from-literal='.length : 0;
    const equals = text.indexOf('=', start);
    if (equals < 0) return undefined;
    const variable = text.slice(start, equals);
    return isNamedSecret(variable, text.slice(equals + 1)) ? secretAt(variable, word, equals + 1) : undefined;
  }
  const before = words[index - 1]?.text ?? '';
  if (
    name === 'aws' &&
    words[1]?.text === 'configure' &&
    /^(?:.*\.)?aws_(?:secret_access_key|session_token)$/.test(before)
  ) {
    return isLiteral(text) ? secretAt(before, word, 0) : undefined;
  }
  const isConfig =
    (name === 'npm' || name === 'pnpm' || name === 'yarn') && words.some(({ text: one }) => one === 'set');
  const setting = /^(.*:_(?:authToken|auth|password))(?:=|$)/.exec(isConfig ? text : '')?.[1];
  if (setting !== undefined && text.length > setting.length + 1) {
    return isLiteral(text.slice(setting.length + 1)) ? secretAt('_authToken', word, setting.length + 1) : undefined;
  }
  if (isConfig && /:_(?:authToken|auth|password)$/.test(before) && isLiteral(text)) {
    return secretAt('_authToken', word, 0);
  }
  return undefined;
}
