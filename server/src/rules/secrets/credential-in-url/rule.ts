import { defineRule, type Severity } from '../../../engine/rule.js';
import { isDefault, isPlaceholder } from '../../../model/credential.js';
import { knownTokens } from '../../../model/known-token.js';
import { quoted } from '../../../model/quoted.js';
import { isDockerfileInside, isSecretObject, type WrittenText } from '../../../model/written-text.js';

export default defineRule({
  meta: {
    id: 'credential-in-url',
    summary: 'A URL is written together with its password.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    marksSecrets: true,
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: ['nist-800-190/4.1.4'],
    peers: {
      kics: [
        'kubernetes/common/passwords_and_secrets',
        'compose/common/passwords_and_secrets',
        'dockerfile/common/passwords_and_secrets',
      ],
    },
  },
  check: {
    texts(texts, report) {
      for (const written of texts.holding(urlWithPassword)) {
        if (written.kind !== 'value' || isSecretObject(written) || isDockerfileInside(written)) continue;
        if (isDocumentation(written)) continue;
        const { value } = written.text;
        const lineAt = linesOf(value);
        for (const { index, 0: match, 1: user = '', 2: password = '', 3: host = '' } of value.matchAll(
          urlWithPassword,
        )) {
          if (isHarmless(user, password, host) || isCommentedOut(lineAt(index))) continue;
          const start = index + match.length - host.length - 1 - password.length;
          report({
            at: written.text.part(start, start + password.length),
            message: `${quoted(written.name)} has a URL with its password: whoever reads the file has it.`,
            ...lowered(written, password, host),
          });
        }
      }
    },
  },
});

/** What stands behind the scheme: user, password and host. */
const urlWithPassword = /:\/\/([^\s/?#@:"'`<>\\|]{0,200}):([^\s/?#@"'`<>\\|]{1,400})@([\w[.-]{1,255})/g;

/** Words that stand for a name or a password in examples. */
const sampleUsers: ReadonlySet<string> = new Set([
  'login',
  'me',
  'my-user',
  'myuser',
  'name',
  'user',
  'username',
  'usr',
]);
const samplePasswords: ReadonlySet<string> = new Set([
  'mypass',
  'mypassword',
  'my-password',
  'pass',
  'passwd',
  'password',
  'pw',
  'pwd',
  'secret',
  'token',
]);

/** Names that belong to nobody (RFC 2606 and RFC 6761). */
const reservedHost = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test)$/i;

function isHarmless(user: string, password: string, host: string): boolean {
  // A variable, or a template that is covered up.
  if (/\$[\w({]|[{}*\uE000-\uE002]|%(?![0-9a-f]{2})/i.test(password)) return true;
  if (isPlaceholder(password) || reservedHost.test(host)) return true;
  if (sampleUsers.has(user.toLowerCase()) && samplePasswords.has(password.toLowerCase())) return true;
  // These stand behind a token, which is the name of the user. A known kind of token is told as what it is.
  return password === 'x-oauth-basic' || knownTokens(password).length > 0;
}

/** What everybody tries first, and a service that lives as long as a build step. */
function lowered({ stage }: WrittenText, password: string, host: string): { readonly severity?: Severity } {
  if (stage?.inFinalChain === false && thisMachine.test(host)) return { severity: 'info' };
  return isDefault(password) ? { severity: 'warning' } : {};
}

const thisMachine = /^(?:localhost|127\.0\.0\.1|\[::1\])$/i;

/** Descriptions of fields, which show how a value is written. */
function isDocumentation({ object, path }: WrittenText): boolean {
  return object?.group === 'apiextensions.k8s.io' || path.some((key) => /^(?:description|examples?)$/i.test(key));
}

/** Tells what stands in front of an offset on its line; asked from top to bottom, since one line may hold thousands. */
function linesOf(text: string): (offset: number) => string {
  let start = 0;
  let next = newlineBehind(text, 0);
  return (offset) => {
    for (; next < offset; next = newlineBehind(text, start)) start = next + 1;
    return text.slice(start, offset);
  };
}

function newlineBehind(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? Number.POSITIVE_INFINITY : newline;
}

/** The line of a configuration file inside a text. */
function isCommentedOut(line: string): boolean {
  return /^[ \t]*(?:#|\/\/|;|--[ \t]|\*[ \t]|<!--)/.test(line);
}
