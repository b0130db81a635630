// The settings of well-known services that let everybody in. Names and values as their images and manuals have them in 2026.
import type { ShellCommand, ShellWord } from '../../../model/shell-command.js';

const yes: ReadonlySet<string> = new Set(['1', 'on', 'true', 'y', 'yes']);
const no: ReadonlySet<string> = new Set(['0', 'false', 'n', 'no', 'off']);

/** Variables by name in upper case with the values, in lower case, that open the door. */
const variables: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['POSTGRES_HOST_AUTH_METHOD', new Set(['trust'])],
  ['MYSQL_ALLOW_EMPTY_PASSWORD', yes],
  ['MYSQL_ALLOW_EMPTY_ROOT_PASSWORD', yes],
  ['MARIADB_ALLOW_EMPTY_PASSWORD', yes],
  ['MARIADB_ALLOW_EMPTY_ROOT_PASSWORD', yes],
  ['ALLOW_EMPTY_PASSWORD', yes],
  ['DISABLE_AUTH', yes],
  ['DISABLE_SECURITY_PLUGIN', yes],
  ['ME_CONFIG_BASICAUTH', no],
  ['NEO4J_AUTH', new Set(['none'])],
  ['PLUGINS.SECURITY.DISABLED', yes],
  ['XPACK.SECURITY.ENABLED', no],
]);

/** Flags with the values that open the door; without values it is the flag alone, or with a yes behind its `=`. */
const flags: ReadonlyMap<string, ReadonlySet<string> | undefined> = new Map([
  ['--api.insecure', undefined],
  ['--auth', new Set(['none'])],
  ['--disable-auth', undefined],
  ['--disable-authentication', undefined],
  ['--enable-skip-login', undefined],
  ['--no-auth', undefined],
  ['--noauth', undefined],
  ['--protected-mode', no],
  ['--skip-grant-tables', undefined],
]);

/** Whether a variable of a container lets everybody into the service in it. */
export function opensDoor(name: string, value: string): boolean {
  return variables.get(name.toUpperCase())?.has(value.trim().toLowerCase()) === true;
}

/** The first word of a command that lets everybody in. `args` may stand without a command, so that every word counts. */
export function openingFlag({ words }: ShellCommand): ShellWord | undefined {
  return words.find((word, index) => {
    const { text } = word;
    if (text === undefined || !text.startsWith('-')) return false;
    if (text === '--insecure') return isCockroach(words);
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    if (!flags.has(name)) return false;
    const values = flags.get(name);
    if (values === undefined) return equals < 0 || yes.has(text.slice(equals + 1).toLowerCase());
    const value = equals < 0 ? words[index + 1]?.text : text.slice(equals + 1);
    return value !== undefined && values.has(value.toLowerCase());
  });
}

/** Of the many programs that know `--insecure`, it means no login for CockroachDB, whose name its image may add. */
function isCockroach(words: readonly ShellWord[]): boolean {
  const first = words[0]?.text ?? '';
  const verb = /(?:^|\/)cockroach$/.test(first) ? words[1]?.text : first;
  return verb === 'start' || verb === 'start-single-node';
}
