// The pages of the rules.

/** Loads the pages. They are large, and only asked for on purpose. */
export async function loadPages(): Promise<{ pageOf(id: string): string | undefined }> {
  const { rulePages } = await import('../rules/pages.js');
  return { pageOf: (id) => (Object.hasOwn(rulePages, id) ? rulePages[id] : undefined) };
}
