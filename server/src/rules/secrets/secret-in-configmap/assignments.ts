// Credentials in configuration files that stand in a text: a name, a sign and a literal value on one line.
import { findCredential, isDefault } from '../../../model/credential.js';

export interface NamedValue {
  readonly name: string;
  /** The value without its quotes, in UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
}

/** A text without one of these has no name of a credential in it. */
const sign = /pass|pwd|pword|secret|token|key|credential|auth/i;
/** Longer texts and lines are data rather than settings. */
const longestText = 1_000_000;
const longestLine = 1000;

/** Prose, in which an example may stand, and code, in which only a literal in quotes is one. */
const prose = /\.(?:adoc|html?|md|rst|svg|txt)$/i;
const code =
  /\.(?:c|cc|cpp|cs|erb|go|groovy|html?|java|jsx?|kts?|lua|mjs|php|pl|py|rb|rego|rs|sql|tf|tmpl|tpl|tsx?|vcl)$/i;

/** `name = value`, `name: "value",`, `export NAME=value`, `- name: value`. */
const assignment = /^[ \t]*(?:export[ \t]+|set[ \t]+|-[ \t]+)?(["']?)([\w.-]{2,80})\1[ \t]*(?::=|[:=])[ \t]*(\S.*)$/;

/** What is found in a text of this key of a ConfigMap. */
export function credentialsInText(key: string, text: string): readonly NamedValue[] {
  if (prose.test(key) || text.length > longestText || !sign.test(text)) return [];
  const needsQuotes = code.test(key) || /^#!.*\b(?:python|perl|ruby|node|lua|php)/.test(text);
  const found: NamedValue[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (end - start <= longestLine) {
      const value = credentialInLine(text.slice(start, end), needsQuotes);
      if (value !== undefined) found.push({ ...value, start: start + value.start, end: start + value.end });
    }
    start = end + 1;
  }
  return found;
}

function credentialInLine(line: string, needsQuotes: boolean): NamedValue | undefined {
  if (!sign.test(line)) return undefined;
  const match = assignment.exec(line);
  if (match === null) return undefined;
  const [whole, , name = '', rest = ''] = match;
  const literal = literalIn(rest);
  if (literal === undefined || (needsQuotes && !literal.quoted) || !isPlausible(literal.value)) return undefined;
  if (findCredential(name, literal.value)?.sign !== 'name') return undefined;
  const start = whole.length - rest.length + (literal.quoted ? 1 : 0);
  return { name, start, end: start + literal.value.length };
}

/** The value that a line ends with: in quotes, or one word; a comma, a semicolon or a comment may follow. */
function literalIn(rest: string): { readonly value: string; readonly quoted: boolean } | undefined {
  const quotedText = /^(["'])([^"'\\]{1,400})\1[ \t]*[,;]?[ \t]*(?:#.*|\/\/.*)?\r?$/.exec(rest);
  if (quotedText !== null) return { value: quotedText[2] ?? '', quoted: true };
  const word = /^([^\s"'`,;]{1,400})[,;]?(?:[ \t]+#.*)?\r?$/.exec(rest)?.[1];
  return word === undefined ? undefined : { value: word, quoted: false };
}

/**
 * Whether a text is what somebody would choose for a password, rather than a word, a name or an expression of the file's
 * language.
 */
function isPlausible(value: string): boolean {
  // Expressions: calls, variables, lists, templates and formats.
  if (value.length < 6 || /[\s(){}[\]<>$\uE000-\uE002]|^[&*!|>]|%[sdv]|::|=>|^@/.test(value)) return false;
  // Words with dots or slashes are names of hosts, fields, metrics and paths.
  if (isDefault(value) || /^[a-z_]+(?:[./:][\w-]+)+$/i.test(value)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((pattern) => pattern.test(value)).length;
  const isName = /^[A-Za-z]+(?:[-_][A-Za-z]+)*\d?$/.test(value);
  return kinds >= 2 && !isName;
}
