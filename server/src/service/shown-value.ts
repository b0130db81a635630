/** A value as it is written somewhere, or words about what holds. */
export type ShownValue = { readonly literal: string } | { readonly words: string };

export function literal(text: string): ShownValue {
  return { literal: text };
}

export function words(text: string): ShownValue {
  return { words: text };
}
