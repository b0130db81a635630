// The prose of our own pages, which is plain Markdown, as HTML.
import { escaped, html, type Markup } from './markup.js';

/** Paragraphs and lists with code, bold words and the texts of links; a page has no links that lead out of it. */
export function prose(markdown: string): readonly Markup[] {
  return markdown.split('\n\n').map((paragraph) => {
    const items = paragraph.split(/^- /m);
    if (items[0] !== '') return html`<p>${inline(paragraph)}</p>\n`;
    return html`<ul>${items.slice(1).map((item) => html`<li>${inline(item)}</li>`)}</ul>\n`;
  });
}

/** One line: everything in it is text, but for `code`, **bold** words and [links](…). */
export function inline(markdown: string): Markup {
  const line = escaped(markdown.trim().replaceAll('\n', ' '));
  return {
    markup: line.replace(
      /`([^`]+)`|\*\*([^*]+)\*\*|\[([^[\]]*)\]\([^()]*\)/g,
      (_, code: string | undefined, bold: string | undefined, link: string | undefined) => {
        if (code !== undefined) return `<code>${code}</code>`;
        return bold === undefined ? (link ?? '') : `<strong>${bold}</strong>`;
      },
    ),
  };
}

/** The title of a fix, which may name things of the user: only `code` is more than text. */
export function titleOf(title: string): Markup {
  return { markup: escaped(title).replace(/`([^`]+)`/g, '<code>$1</code>') };
}
