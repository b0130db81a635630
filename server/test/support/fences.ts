// The blocks of code in a guide.

export interface Fence {
  readonly language: string;
  readonly body: string;
}

/** In their order; a block inside a list loses its indentation. */
export function fencesIn(markdown: string): readonly Fence[] {
  return [...markdown.matchAll(/^( *)```([\w-]+)\n([\s\S]*?)^\1```$/gm)].map(
    ([, indent = '', language = '', body = '']) => ({
      language,
      body: body
        .split('\n')
        .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
        .join('\n'),
    }),
  );
}
