// Stands for `node:assert/strict` where tests run in a worker, which has no Node: as much of it as tests of the editor need.

class AssertionError extends Error {
  override readonly name = 'AssertionError';
  readonly actual: unknown;
  readonly expected: unknown;
  /** Mocha shows a difference only where this is true. */
  readonly showDiff: boolean;

  constructor(message: string, sides?: { readonly actual: unknown; readonly expected: unknown }) {
    super(message);
    this.actual = sides?.actual;
    this.expected = sides?.expected;
    this.showDiff = sides !== undefined;
  }
}

type Message = string | Error | undefined;

function refuse(given: Message, otherwise: string, sides?: { readonly actual: unknown; readonly expected: unknown }) {
  if (given instanceof Error) throw given;
  throw new AssertionError(given ?? otherwise, sides);
}

function assert(value: unknown, message?: Message): void {
  if (!value) refuse(message, `${show(value)} is not truthy.`);
}

function equal(actual: unknown, expected: unknown, message?: Message): void {
  if (!Object.is(actual, expected)) {
    refuse(message, `${show(actual)} is not ${show(expected)}.`, { actual, expected });
  }
}

function notEqual(actual: unknown, expected: unknown, message?: Message): void {
  if (Object.is(actual, expected)) refuse(message, `Both are ${show(actual)}.`);
}

function deepEqual(actual: unknown, expected: unknown, message?: Message): void {
  if (!same(actual, expected)) refuse(message, 'The two differ.', { actual, expected });
}

function notDeepEqual(actual: unknown, expected: unknown, message?: Message): void {
  if (same(actual, expected)) refuse(message, `Both are ${show(actual)}.`);
}

function match(actual: string, pattern: RegExp, message?: Message): void {
  if (!pattern.test(actual)) refuse(message, `${show(actual)} does not match ${pattern}.`);
}

function doesNotMatch(actual: string, pattern: RegExp, message?: Message): void {
  if (pattern.test(actual)) refuse(message, `${show(actual)} matches ${pattern}.`);
}

function fail(message?: Message): never {
  if (message instanceof Error) throw message;
  throw new AssertionError(message ?? 'Failed.');
}

function throws(run: () => unknown, expected?: RegExp): void {
  try {
    run();
  } catch (error) {
    judge(error, expected);
    return;
  }
  throw new AssertionError('Nothing was thrown.');
}

async function rejects(promise: Promise<unknown> | (() => Promise<unknown>), expected?: RegExp): Promise<void> {
  try {
    await (typeof promise === 'function' ? promise() : promise);
  } catch (error) {
    judge(error, expected);
    return;
  }
  throw new AssertionError('Nothing was rejected.');
}

function judge(error: unknown, expected: RegExp | undefined): void {
  if (expected !== undefined) match(String(error), expected);
}

/** Of primitives, arrays and records; anything else is refused rather than compared wrongly. */
function same(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
  if (left instanceof Map || left instanceof Set || left instanceof Date || left instanceof RegExp) {
    throw new TypeError('Only arrays and records can be compared here.');
  }
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  const others = new Map<string, unknown>(Object.entries(right));
  return Object.entries(left).every(([key, value]) => others.has(key) && same(value, others.get(key)));
}

function show(value: unknown): string {
  return typeof value === 'object' ? (JSON.stringify(value) ?? String(value)) : String(value);
}

// biome-ignore lint/style/noDefaultExport: it is the module's.
export default Object.assign(assert, {
  AssertionError,
  deepEqual,
  deepStrictEqual: deepEqual,
  doesNotMatch,
  equal,
  fail,
  match,
  notDeepEqual,
  notEqual,
  ok: assert,
  rejects,
  strictEqual: equal,
  throws,
});
