// Variables in texts that a tool fills in before a cluster sees them.

/**
 * Whether a text holds a variable, `${NAME}`, `$(NAME)` or `$NAME`, as Flux, envsubst and CI scripts fill in: where a
 * value has a syntax without `$`, nobody can tell what it comes to.
 */
export function hasVariable(text: string): boolean {
  return text.includes('$');
}
