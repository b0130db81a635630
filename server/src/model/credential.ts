// What looks like a credential: names by their words, values by their shape. Data first, then the few questions.
import { knownTokens } from './known-token.js';

/** Words that name a credential wherever they stand. */
const strongWords: ReadonlySet<string> = new Set([
  'apikey',
  'apitoken',
  'accesskey',
  'accesstoken',
  'authtoken',
  'clientsecret',
  'credential',
  'credentials',
  'passphrase',
  'passwd',
  'password',
  'pgpassword',
  'privatekey',
  'pword',
  'secret',
  'secretkey',
  'sshpass',
  'token',
]);

/** Words that name a credential at the end of a name of several words: `DB_PASS`, but not `PASS_COUNT` or `PWD`. */
const endWords: ReadonlySet<string> = new Set(['pass', 'pwd']);

/** Words at the end of a name that are about many things: here the value must look like a credential, too. */
const vagueWords: ReadonlySet<string> = new Set(['auth', 'key']);

/** What makes a `KEY` a secret one. */
const secretKeys: ReadonlySet<string> = new Set([
  'access',
  'account',
  'admin',
  'api',
  'app',
  'auth',
  'client',
  'decryption',
  'encryption',
  'license',
  'master',
  'private',
  'secret',
  'signing',
]);

/** Behind the word that names a credential, these say that the value is something about it. */
const aboutWords: ReadonlySet<string> = new Set([
  'address',
  'age',
  'alg',
  'algo',
  'algorithm',
  'arn',
  'attempts',
  'audience',
  'authentication',
  'backend',
  'broker',
  'bucket',
  'cache',
  'class',
  'claim',
  'cookie',
  'count',
  'days',
  'dir',
  'directory',
  'disable',
  'disabled',
  'domain',
  'driver',
  'duration',
  'enable',
  'enabled',
  'encoder',
  'encoding',
  'encryption',
  'endpoint',
  'engine',
  'env',
  'expiration',
  'expire',
  'expires',
  'expiry',
  'field',
  'file',
  'folder',
  'format',
  'hash',
  'header',
  'helper',
  'host',
  'id',
  'interval',
  'issuer',
  'kind',
  'label',
  'length',
  'lifetime',
  'limit',
  'location',
  'manager',
  'max',
  'method',
  'min',
  'mode',
  'mount',
  'name',
  'names',
  'namespace',
  'path',
  'plugin',
  'policy',
  'port',
  'prefix',
  'provider',
  'ref',
  'reference',
  'refresh',
  'region',
  'required',
  'reset',
  'role',
  'rotation',
  'scheme',
  'scope',
  'seconds',
  'selector',
  'server',
  'service',
  'size',
  'sock',
  'socket',
  'source',
  'storage',
  'store',
  'strategy',
  'suffix',
  'timeout',
  'ttl',
  'type',
  'uri',
  'url',
  'urls',
  'user',
  'username',
  'validation',
  'validity',
  'vault',
  'version',
]);

/** At the start of a name or before the credential, these say that the value is a choice: `ALLOW_EMPTY_PASSWORD`. */
const choiceWords: ReadonlySet<string> = new Set([
  'allow',
  'disable',
  'empty',
  'enable',
  'is',
  'no',
  'require',
  'skip',
  'use',
]);

/** What a `SECRET` of Kubernetes is made for, so that the value may be no more than its name. */
const secretUses: ReadonlySet<string> = new Set(['cert', 'certificate', 'pull', 'ssl', 'tls']);

/** What makes a `KEY` a harmless one. */
const plainKeys: ReadonlySet<string> = new Set([
  'cache',
  'foreign',
  'object',
  'partition',
  'primary',
  'routing',
  'site',
  'sort',
]);

/** Anywhere in a name, these say that everybody may know the value. */
const publicWords: ReadonlySet<string> = new Set(['anon', 'gpg', 'pgp', 'pub', 'public', 'publishable']);

/** A word that everybody tries first is a weak credential. */
const defaults: ReadonlySet<string> = new Set([
  'admin',
  'adminadmin',
  'changeit',
  'changeme',
  'changethis',
  'default',
  'demo',
  'dev',
  'development',
  'example',
  'guest',
  'letmein',
  'minioadmin',
  'mypassword',
  'mysecret',
  'mysecretkey',
  'mysecretpassword',
  'pass',
  'passwd',
  'password',
  'postgres',
  'qwerty',
  'root',
  'secret',
  'secretkey',
  'supersecret',
  'test',
  'testing',
  'topsecret',
  'user',
]);

/** Values that switch something, and the word of those who have nothing to say. */
const switches: ReadonlySet<string> = new Set([
  '',
  'auto',
  'disabled',
  'enabled',
  'false',
  'n',
  'nil',
  'no',
  'none',
  'null',
  'off',
  'on',
  'optional',
  'required',
  'true',
  'undefined',
  'unset',
  'y',
  'yes',
]);

/** Numbers, sizes and durations. */
const quantity = /^[-+]?[\d.,_]+ ?(?:[kmg]b?|ns|us|ms|s|m|min|h|d|w|y)?$/i;

/** Texts that say that a credential belongs here. */
const placeholders: readonly RegExp[] = [
  // Variables and templates.
  /\$\(\w|\$\{|^\$\w+$|\{\{|^<%|^%%?\w+%%?$|^__\w+__$|^@@?\w+@@?$|^#\{[^{}]*\}#?$|^\(\([^()]*\)\)$/,
  // Placeholders, such as the name of what belongs here.
  /^(?!CHANGE_)[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/,
  /^(?:''|"")$/,
  /^<.*>$|^\[.*\]$|^(?:x{3,}|\*{3,}|\.{3,}|…)$/i,
  /[-_]x{3,}$/i,
  /^(?:your|insert|enter|put|replace|todo|fixme|fake|dummy|unused|placeholder|redacted|to[-_ ]be|set[-_ ](?:me|in|by|via))(?:[-_ ]|$)/i,
  /^not[-_ ](?:(?:a|so|really)[-_ ])?(?:needed|real|secret|set|used)$|^build[-_ ](?:time[-_ ])?only$/i,
  /[-_ ](?:here|example|placeholder)$|EXAMPLE(?:KEY)?$/,
];

/** Texts that only say where a credential is. */
const references: readonly RegExp[] = [
  // Paths, files, and URLs without a password.
  /^[\w./-]+\.(?:cer|cert|conf|crt|env|ini|jks|json|key|p12|pem|pfx|properties|txt|ya?ml)$/i,
  /^(?:\.{0,2}|~)\/[\w./@-]*$|^[A-Za-z]:\\/,
  /^[a-z][a-z0-9+.-]*:\/\/(?![^/?#]*:[^/?#]*@)/i,
  // Secret stores.
  /^(?:vault|op|ref\+\w+|arn|ssm|sm|awssm|gcpsm|azkv|secretref|env|file|keyring):/i,
  /^projects\/[^/]+\/secrets\//,
  /^(?:secrets?|kv)\/[\w./-]+$|^@Microsoft\.KeyVault\(/,
];

/** What is encrypted: SOPS, Jasypt, Spring Cloud Config, Ansible Vault. */
const encrypted = /^ENC[[(]|^\{cipher\}|^\$ANSIBLE_VAULT;/;

/** Longer values are judged by their beginning. */
const longestValue = 20_000;
const longestReference = 1000;
const longestDefault = 40;

/** What gives a credential away. */
export interface Credential {
  /** `value`: it has the shape of a known kind. `name`: what it is called says so. */
  readonly sign: 'value' | 'name';
  /** With its article: "a GitHub token", "a secret". */
  readonly what: string;
  /** Whether it is a word that everybody tries first, so that it may be no more than a default. */
  readonly isDefault: boolean;
}

/** The credential that a variable of this name holds; undefined where its value is none. */
export function findCredential(name: string, value: string): Credential | undefined {
  const words = wordsOf(name);
  const isPublic = words.some((word) => publicWords.has(word));
  const what = shapeOf(value.slice(0, longestValue), isPublic);
  if (what !== undefined) return { sign: 'value', what, isDefault: false };
  if (isPublic || !isNamed(words, value) || isReference(value)) return undefined;
  return { sign: 'name', what: 'a secret', isDefault: isDefault(value) };
}

function shapeOf(text: string, isPublic: boolean): string | undefined {
  return knownTokens(text).find(({ maybePublic }) => !isPublic || !maybePublic)?.what;
}

/** Judged by whole words: a `TOKENIZER` is no token. */
function isNamed(words: readonly string[], value: string): boolean {
  if (choiceWords.has(words[0] ?? '') || isWhereItLies(words, value)) return false;
  const at = words.findLastIndex((word, index) => {
    const before = words[index - 1] ?? '';
    if (word === 'secret' && secretUses.has(before)) return !isObjectName(value);
    if (strongWords.has(word)) return !choiceWords.has(before);
    if (word === 'key' && secretKeys.has(before)) return before !== 'signing' || !isFingerprint(value);
    if (index !== words.length - 1 || (word === 'key' && plainKeys.has(before))) return false;
    return vagueWords.has(word) ? looksRandom(value) : index > 0 && endWords.has(word);
  });
  return at >= 0 && !words.slice(at + 1).some((word) => aboutWords.has(word));
}

/** What names the place of a credential, behind the word for it. */
const places: ReadonlySet<string> = new Set(['key', 'secret']);

/**
 * `PASSWORD_KEY: admin-password`, `CLIENT_SECRET_KEY: client-secret`: the name of a Secret, or of a key in one. A
 * `SECRET_KEY` may be the credential itself, however badly it is chosen, so all of its words have to stand before.
 */
function isWhereItLies(words: readonly string[], value: string): boolean {
  const before = words.slice(0, -1);
  if (!places.has(words.at(-1) ?? '') || !strongWords.has(before.at(-1) ?? '')) return false;
  if (!/^[a-z]{2,30}(?:[-_.][a-z]{2,30}){0,5}$/.test(value)) return false;
  const own = value.split(/[-_.]/);
  const isCalledCredential = strongWords.has(own.at(-1) ?? '');
  if (before.at(-1) !== 'secret' && own.length > 1) return isCalledCredential;
  return own.join() !== 'secret' && own.every((word) => before.includes(word));
}

/** `web-tls`: what a Kubernetes object may be called. */
function isObjectName(value: string): boolean {
  return /^[a-z][a-z0-9.-]{0,62}$/.test(value);
}

/** Letters and digits without a sense, and not the fingerprint of a public key. */
function looksRandom(value: string): boolean {
  return (
    /^[\w+/=.~-]{20,200}$/.test(value) &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    !isFingerprint(value) &&
    !/[-_./][a-z]{3,}[-_./]/i.test(value)
  );
}

/** As OpenPGP writes the name of a public key. */
function isFingerprint(value: string): boolean {
  return /^(?:0x)?(?:[0-9A-F]{40}|[0-9a-f]{40})$/.test(value);
}

function isReference(value: string): boolean {
  const text = value.trim();
  if (text.length > longestReference) return false;
  return quantity.test(text) || isPlaceholder(text) || references.some((pattern) => pattern.test(text));
}

/** Whether a value only holds the place of a credential, is one that is encrypted, or switches something. */
export function isPlaceholder(value: string): boolean {
  const text = value.slice(0, longestReference).trim();
  return switches.has(text.toLowerCase()) || encrypted.test(text) || placeholders.some((pattern) => pattern.test(text));
}

/** Whether a name is that of a credential, whatever its value is. */
export function namesCredential(name: string): boolean {
  const words = wordsOf(name);
  return !words.some((word) => publicWords.has(word)) && isNamed(words, '');
}

/** Whether a name says that everybody may know the value. */
export function namesPublic(name: string): boolean {
  return wordsOf(name).some((word) => publicWords.has(word));
}

/** Whether it is a word that everybody tries first: `Password123!` is the word password. */
export function isDefault(value: string): boolean {
  return value.length <= longestDefault && defaults.has(value.toLowerCase().replace(/[\W_]|\d+$/g, ''));
}

/** `DB_PASSWORD2`, `dbPassword` and `db-password` are the words db and password. */
function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/\d+$/, ''))
    .filter((word) => word !== '');
}
