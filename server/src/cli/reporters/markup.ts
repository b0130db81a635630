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

/** Markup of our own, in which all text of others is escaped. */
export interface Markup {
  readonly markup: string;
}

export type Content = string | number | Markup | readonly Markup[];

/** Markup with everything put into it escaped, but for what is markup already. */
export function html(literals: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const parts = literals.flatMap((literal, index) => {
    const content = contents[index];
    return content === undefined ? [literal] : [literal, textOf(content)];
  });
  return { markup: parts.join('') };
}

export const nothing: Markup = { markup: '' };

function textOf(content: Content): string {
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') return escaped(content);
  return 'markup' in content ? content.markup : content.map(({ markup }) => markup).join('');
}
