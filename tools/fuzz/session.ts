// One run of the fuzzer: inputs are made and judged until the time is over.
import type { FileKind } from '../../server/src/model/format.js';
import { loadCorpus } from './corpus.js';
import { type FuzzInput, inputSource } from './inputs.js';
import { type Breach, loadReaders, type Observation, observe } from './promises.js';
import { shrink } from './shrink.js';

export interface SessionRequest {
  readonly kinds: readonly FileKind[];
  /** The seed of the first input; the next one has the next number. */
  readonly seed: number;
  /** Asked before each input, with the number of those that are done. */
  readonly goesOn: (done: number) => boolean;
  /** Told before each input. */
  readonly onStart?: (seed: number) => void;
  readonly onFault?: (fault: Fault) => void;
  /** Stands in for the promises in tests. */
  readonly judge?: (input: FuzzInput) => Observation;
}

export interface Fault extends Breach {
  /** That of the first input that showed it. */
  readonly seed: number;
  /** As small as it could be made. */
  readonly input: FuzzInput;
  readonly times: number;
}

export interface Slow {
  readonly seed: number;
  readonly kind: FileKind;
  readonly length: number;
  readonly milliseconds: number;
}

export interface SessionResult {
  readonly executions: number;
  readonly faults: readonly Fault[];
  readonly findings: ReadonlyMap<string, number>;
  /** The slowest, and those that were slowest for their length. */
  readonly slowest: readonly Slow[];
  readonly slowestForLength: readonly Slow[];
}

const keptSlow = 3;
/** In shorter texts the time is that of everything else. */
const leastLength = 5000;

export async function fuzz(request: SessionRequest): Promise<SessionResult> {
  const readers = await loadReaders();
  const judge = request.judge ?? ((input) => observe(input, readers));
  const inputFor = inputSource(request.kinds, loadCorpus());
  const faults = new Map<string, Fault>();
  const findings = new Map<string, number>();
  const slowest: Slow[] = [];
  const slowestForLength: Slow[] = [];
  let executions = 0;
  for (; request.goesOn(executions); executions++) {
    const seed = (request.seed + executions) | 0;
    request.onStart?.(seed);
    const input = inputFor(seed);
    const { breach, findings: found, milliseconds } = judge(input);
    for (const { rule } of found) findings.set(rule, (findings.get(rule) ?? 0) + 1);
    const slow = { seed, kind: input.kind, length: input.text.length, milliseconds };
    keep(slowest, slow, (one) => one.milliseconds);
    if (slow.length >= leastLength) keep(slowestForLength, slow, (one) => one.milliseconds / one.length);
    if (breach === undefined) continue;
    const key = keyOf(breach);
    const known = faults.get(key);
    const fault = known ?? { ...breach, ...shrunk(input, breach, judge), seed, times: 0 };
    faults.set(key, { ...fault, times: fault.times + 1 });
    if (known === undefined) request.onFault?.(fault);
  }
  return { executions, faults: [...faults.values()], findings, slowest, slowestForLength };
}

function keyOf({ promise, about }: Breach): string {
  return `${promise}\n${about}`;
}

/** The smallest input that breaks the same promise, and how it does. */
function shrunk(
  input: FuzzInput,
  breach: Breach,
  judge: (input: FuzzInput) => Observation,
): Pick<Fault, 'input' | 'detail'> {
  // A slow input takes its time on every try, and a smaller one is not slow.
  if (breach.promise === 'time is bounded') return { input, detail: breach.detail };
  const still = (changed: FuzzInput) => {
    const { breach: now } = judge(changed);
    return now !== undefined && keyOf(now) === keyOf(breach);
  };
  let smallest = input;
  // Where the second text is of no matter, it need not be there.
  for (const next of ['', input.text]) if (still({ ...input, next })) smallest = { ...input, next };
  const isSame = smallest.next === smallest.text;
  const withText = (text: string) => ({ ...smallest, text, next: isSame ? text : smallest.next });
  smallest = withText(shrink(smallest.text, (text) => still(withText(text))));
  smallest = { ...smallest, next: shrink(smallest.next, (next) => still({ ...smallest, next })) };
  return { input: smallest, detail: judge(smallest).breach?.detail ?? breach.detail };
}

function keep(kept: Slow[], slow: Slow, weight: (slow: Slow) => number): void {
  kept.push(slow);
  kept.sort((a, b) => weight(b) - weight(a));
  kept.splice(keptSlow);
}
