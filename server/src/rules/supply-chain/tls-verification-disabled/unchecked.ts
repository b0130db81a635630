// Where certificate checking is switched off: variables and flags of well-known programs, as their manuals have them in 2026.
import type { ShellCommand, ShellWord } from '../../../model/shell-command.js';

const no: ReadonlySet<string> = new Set(['0', 'false', 'n', 'no', 'off']);
const yes: ReadonlySet<string> = new Set(['1', 'on', 'true', 'y', 'yes']);

/** Variables with the values that switch the check off. */
const variables: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['NODE_TLS_REJECT_UNAUTHORIZED', new Set(['0'])],
  ['PYTHONHTTPSVERIFY', new Set(['0'])],
  ['NPM_CONFIG_STRICT_SSL', no],
  ['npm_config_strict_ssl', no],
  ['YARN_ENABLE_STRICT_SSL', no],
  ['YARN_STRICT_SSL', no],
  ['BUNDLE_SSL_VERIFY_MODE', new Set(['0'])],
]);

/** Variables that switch it off with any value. */
const anyValue: ReadonlySet<string> = new Set(['GIT_SSL_NO_VERIFY', 'GOINSECURE', 'PIP_TRUSTED_HOST']);

/** Whether a variable of this value switches certificate checking off for the programs that read it. */
export function isUncheckedBy(name: string, value: string): boolean {
  return anyValue.has(name) ? value !== '' : variables.get(name)?.has(value.toLowerCase()) === true;
}

/** The variables that a command is given, or that `export` gives to all that follow, with values that can be told. */
export function variablesOf({ name, words, assignments }: ShellCommand) {
  const given = assignments.flatMap(({ name: variable, value }) =>
    value?.text === undefined ? [] : [{ name: variable, text: value.text, at: value.at }],
  );
  const exported = name === 'export' ? words.slice(1) : [];
  return [
    ...given,
    ...exported.flatMap(({ text, at }) => {
      const equals = text?.indexOf('=') ?? -1;
      return text === undefined || equals < 0
        ? []
        : [{ name: text.slice(0, equals), text: text.slice(equals + 1), at }];
    }),
  ];
}

/** Where a command switches the check off. */
export interface Unchecked {
  /** From the first to the last word that say so. */
  readonly words: readonly [ShellWord, ...ShellWord[]];
  /** The index of the first one. */
  readonly index: number;
  /** What is left of a word that says other things, too; undefined where all the words can go. */
  readonly rest: string | undefined;
}

/** The word that says what is switched off: behind `-c` and `-o` it is the next one. */
export function settingOf({ words }: Unchecked): string {
  const [first, second] = words;
  const { text, raw } = first.text === '-c' || first.text === '-o' ? (second ?? first) : first;
  return text === undefined || text.startsWith('-') ? (text ?? raw) : text.replace(/=.*/s, '');
}

/** How the words of one program, its name left out, switch the check off. */
type Find = (texts: readonly (string | undefined)[], words: readonly ShellWord[]) => Unchecked | undefined;

/** Flags that say what they do, whatever program knows them. */
const plainFlags: ReadonlySet<string> = new Set([
  '--insecure-skip-tls-verify',
  '--insecure-skip-tls-verify-backend',
  '--insecure-skip-verify',
  '--kubelet-insecure-tls',
  '--no-check-certificate',
  '--tls-skip-verify',
]);

/** Short options of curl whose value follows, in the same word or in the next one. */
const valuedOfCurl: ReadonlySet<string> = new Set('AbcCdDeEFhHKmoPQrTtuUwxXyYz');

const programs: ReadonlyMap<string, Find> = new Map([
  ['curl', ofCurl],
  ['pip', ofPip],
  ['pip3', ofPip],
  ['git', ofGit],
  ['npm', ofNode],
  ['pnpm', ofNode],
  ['yarn', ofNode],
  ['yum', ofYum],
  ['dnf', ofYum],
  ['microdnf', ofYum],
  ['apt', ofApt],
  ['apt-get', ofApt],
  ['conda', (texts, words) => inARow(texts, words, ['ssl_verify', no])],
  ['bundle', (texts, words) => inARow(texts, words, ['ssl_verify_mode', new Set(['0'])])],
  ['bundler', (texts, words) => inARow(texts, words, ['ssl_verify_mode', new Set(['0'])])],
  ['composer', (texts, words) => inARow(texts, words, ['disable-tls', yes])],
  ['docker', ofImages],
  ['podman', ofImages],
  ['skopeo', ofImages],
]);

/** Where a command switches certificate checking off; undefined where it does not. */
export function uncheckedIn({ name, words }: ShellCommand): Unchecked | undefined {
  const texts = words.map(({ text }) => text);
  const own = name === undefined ? undefined : programs.get(name)?.(texts, words);
  return own ?? one(texts, words, (text) => isOn(text, plainFlags));
}

function one(
  texts: readonly (string | undefined)[],
  words: readonly ShellWord[],
  test: (text: string) => boolean,
): Unchecked | undefined {
  const index = texts.findIndex((text) => text !== undefined && test(text));
  const word = words[index];
  return word === undefined ? undefined : { words: [word], index, rest: undefined };
}

/** A word, and behind it one of some values: `sslverify 0`. */
function inARow(
  texts: readonly (string | undefined)[],
  words: readonly ShellWord[],
  [first, values]: readonly [string, ReadonlySet<string>],
): Unchecked | undefined {
  for (const [index, text] of texts.entries()) {
    const word = words[index];
    const next = words[index + 1];
    if (text?.toLowerCase() !== first || word === undefined || next?.text === undefined) continue;
    if (values.has(next.text.toLowerCase())) return asACommand({ words: [word, next], index, rest: undefined });
  }
  return undefined;
}

/** What is found is what the command is for: without it, it would mean something else. */
function asACommand(found: Unchecked | undefined): Unchecked | undefined {
  return found === undefined ? undefined : { ...found, rest: '' };
}

/** `--flag`, or with a yes behind it. */
function isOn(text: string, flags: ReadonlySet<string>): boolean {
  const equals = text.indexOf('=');
  if (equals < 0) return flags.has(text);
  return flags.has(text.slice(0, equals)) && yes.has(text.slice(equals + 1).toLowerCase());
}

/** `--flag=false`. */
function isOff(text: string, flag: string): boolean {
  return text.startsWith(`${flag}=`) && no.has(text.slice(flag.length + 1).toLowerCase());
}

const longOfCurl: ReadonlySet<string> = new Set(['--insecure', '--proxy-insecure', '--doh-insecure']);
/** Long options of curl that take a value, as far as one could look like a flag. */
const valuedLongOfCurl: ReadonlySet<string> = new Set([
  '--data',
  '--header',
  '--output',
  '--user-agent',
  '--write-out',
]);

function ofCurl(texts: readonly (string | undefined)[], words: readonly ShellWord[]): Unchecked | undefined {
  for (let index = 1; index < texts.length; index++) {
    const text = texts[index];
    const word = words[index];
    if (text === undefined || word === undefined || !text.startsWith('-')) continue;
    if (text.startsWith('--')) {
      if (longOfCurl.has(text)) return { words: [word], index, rest: undefined };
      if (valuedLongOfCurl.has(text)) index++;
      continue;
    }
    const end = [...text].findIndex((letter, at) => at > 0 && valuedOfCurl.has(letter));
    const letters = end < 0 ? text : text.slice(0, end);
    if (letters.includes('k')) {
      return {
        words: [word],
        index,
        rest: text === '-k' ? undefined : letters.replaceAll('k', '') + text.slice(letters.length),
      };
    }
    if (end === text.length - 1) index++;
  }
  return undefined;
}

function ofPip(texts: readonly (string | undefined)[], words: readonly ShellWord[]): Unchecked | undefined {
  if (texts.includes('config') && texts.includes('set')) {
    return asACommand(one(texts, words, (text) => /^[\w-]+\.trusted-host$/.test(text)));
  }
  const index = texts.findIndex((text) => text === '--trusted-host' || text?.startsWith('--trusted-host='));
  const [word, next] = words.slice(index, index + 2);
  if (index < 0 || word === undefined) return undefined;
  if (texts[index]?.includes('=') === true) return { words: [word], index, rest: undefined };
  return next === undefined ? undefined : { words: [word, next], index, rest: undefined };
}

function ofGit(texts: readonly (string | undefined)[], words: readonly ShellWord[]): Unchecked | undefined {
  for (const [index, text] of texts.entries()) {
    const [word, next] = words.slice(index, index + 2);
    if (text !== '-c' || word === undefined || next?.text === undefined) continue;
    if (isOff(next.text.toLowerCase(), 'http.sslverify')) return { words: [word, next], index, rest: undefined };
  }
  return inARow(texts, words, ['http.sslverify', no]);
}

function ofNode(texts: readonly (string | undefined)[], words: readonly ShellWord[]): Unchecked | undefined {
  return (
    one(texts, words, (text) => text === '--no-strict-ssl' || isOff(text, '--strict-ssl')) ??
    asACommand(one(texts, words, (text) => isOff(text, 'strict-ssl'))) ??
    inARow(texts, words, ['strict-ssl', no]) ??
    inARow(texts, words, ['enablestrictssl', no])
  );
}

function ofYum(texts: readonly (string | undefined)[], words: readonly ShellWord[]): Unchecked | undefined {
  return one(texts, words, (text) => isOff(text, '--setopt=sslverify'));
}

function ofApt(texts: readonly (string | undefined)[], words: readonly ShellWord[]): Unchecked | undefined {
  const settings = /^(?:-o)?Acquire::https::(?:[\w.-]+::)?Verify-(?:Peer|Host)=(?:false|no|off|0)$/i;
  const found = one(texts, words, (text) => settings.test(text));
  const before = found === undefined ? undefined : words[found.index - 1];
  if (found === undefined || before?.text !== '-o') return found;
  return { words: [before, ...found.words], index: found.index - 1, rest: undefined };
}

function ofImages(texts: readonly (string | undefined)[], words: readonly ShellWord[]): Unchecked | undefined {
  return one(
    texts,
    words,
    (text) => isOff(text, '--tls-verify') || isOff(text, '--src-tls-verify') || isOff(text, '--dest-tls-verify'),
  );
}

/** Whether all that a command speaks with is its own pod: nobody stands in between there. */
export function staysAtHome({ words }: ShellCommand): boolean {
  const urls = words.flatMap(({ text, raw }) => ((text ?? raw).includes('://') ? (text ?? raw) : []));
  return (
    urls.length > 0 &&
    urls.every((url) => /^['"]?https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/?#'"]|$)/.test(url))
  );
}
