// Text from files as text of XML and HTML.
import { visible } from '../visible.js';

const escapes: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * One line of text, for an element or an attribute in quotes. Nothing in it is markup, and every character is one that
 * XML 1.0 and HTML allow: controls have a stand-in, as on a terminal.
 */
export function escaped(text: string): string {
  return visible(text)
    .replace(/\p{Noncharacter_Code_Point}/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => escapes[character] ?? character);
}
