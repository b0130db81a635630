/** The command line says something that cannot be done; the message is for the user. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** By its name: a loader that mixes module systems has the class twice. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === 'UsageError';
}
