// The pages of the rules.

export interface Pages {
  /** The whole page of a rule, in Markdown. */
  pageOf(id: string): string | undefined;
  /** Why it matters and what to do, in Markdown: the page without the facts at its top and the examples. */
  introOf(id: string): string | undefined;
}

/** Loads the pages. They are large, and only asked for on purpose. */
export async function loadPages(): Promise<Pages> {
  const { rulePages } = await import('../rules/pages.js');
  const pageOf = (id: string) => (Object.hasOwn(rulePages, id) ? rulePages[id] : undefined);
  return {
    pageOf,
    introOf(id) {
      const page = pageOf(id);
      return page === undefined ? undefined : intro(page);
    },
  };
}

function intro(page: string): string {
  const paragraphs = page.split('\n\n');
  const facts = paragraphs.findLastIndex((paragraph) => paragraph.startsWith('- **'));
  const behind = paragraphs.slice(facts + 1);
  const end = behind.findIndex((paragraph) => /^(?:```|#|In [A-Z]\w+:$)/.test(paragraph));
  return behind.slice(0, end < 0 ? 2 : Math.min(end, 2)).join('\n\n');
}
