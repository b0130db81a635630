/** What was found for a key before, else what `find` finds now. One that is under way counts as found. */
export function remembered<T>(
  known: Map<string, Promise<T>>,
  key: string,
  find: (key: string) => Promise<T>,
): Promise<T> {
  const promise = known.get(key) ?? find(key);
  known.set(key, promise);
  return promise;
}
