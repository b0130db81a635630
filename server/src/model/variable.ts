// Variables in texts that a tool or a person fills in before a cluster sees them.

/**
 * Whether a text holds a variable, `${NAME}`, `$(NAME)` or `$NAME`, as Flux, envsubst and CI scripts fill in, or one of
 * other signs that stand for a value: `<port>`, `__PORT__`, `#{Port}#`, `((port))`, `@PORT@`, `%PORT%`. Where a value has
 * a syntax without them, nobody can tell what it comes to.
 */
export function hasVariable(text: string): boolean {
  return text.includes('$') || /^<[^<>]+>$|__\w+__|#\{[^{}]+\}|\(\([^()]+\)\)|@\w+@|%\w+%/.test(text);
}
