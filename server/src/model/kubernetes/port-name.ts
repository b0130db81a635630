// The names that containers give to their ports, and others know these by.

/** What is wrong with a name, in words that follow it; undefined for a good one (RFC 6335, 5.1, as Kubernetes reads it). */
export function portNameFault(name: string): string | undefined {
  if (name.length > 15) return 'is longer than 15 characters';
  if (!/^[a-z\d-]*$/.test(name)) return "may have a-z, 0-9 and '-' only";
  if (!/[a-z]/.test(name)) return 'has no letter';
  return /^-|--|-$/.test(name) ? "has a '-' too many" : undefined;
}
