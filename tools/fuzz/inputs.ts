// Makes the inputs of the fuzz run, each from a seed of its own.
import fc from 'fast-check';
import type { FileKind } from '../../server/src/model/format.js';
import { randomYaml, seeded } from '../../server/test/languages/yaml/random-yaml.js';
import type { Corpus } from './corpus.js';
import { type Mutation, mutate, mutationKinds } from './mutations.js';
import { pieces } from './pieces.js';

export interface FuzzInput {
  readonly kind: FileKind;
  readonly text: string;
  /** What the text is edited into, for readings that are told of the one before. */
  readonly next: string;
  readonly dotenv: string | undefined;
  readonly kubernetesMinor: number;
}

/** Takes a seed, any whole number of 32 bits. */
export type InputSource = (seed: number) => FuzzInput;

export function inputSource(kinds: readonly FileKind[], corpora: ReadonlyMap<FileKind, Corpus>): InputSource {
  const input = fc.oneof(...kinds.map((kind) => inputOf(kind, corpora)));
  return (seed) => {
    const [made] = fc.sample(input, { seed, numRuns: 1 });
    if (made === undefined) throw new Error(`Seed ${seed} made no input.`);
    return made;
  };
}

function inputOf(kind: FileKind, corpora: ReadonlyMap<FileKind, Corpus>): fc.Arbitrary<FuzzInput> {
  const corpus = corpora.get(kind);
  if (corpus === undefined) throw new Error(`There is no text of the kind ${kind}.`);
  const own = fc.constantFrom(...corpus.texts);
  const foreign = fc.constantFrom(...[...corpora.values()].flatMap(({ texts }) => texts));
  const random = fc.nat().map((seed) => randomYaml(seeded(seed), { shared: true }));
  const text = fc.oneof(
    { weight: 20, arbitrary: own },
    { weight: 2, arbitrary: random },
    { weight: 1, arbitrary: foreign },
  );
  const piece = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...pieces[kind]) },
    { weight: 4, arbitrary: fc.constantFrom(...corpus.lines) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
    { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
  );
  const part = fc.nat(0xffff).map((value) => value / 0x10000);
  const mutation: fc.Arbitrary<Mutation> = fc.record({
    kind: fc.oneof(
      { weight: 150, arbitrary: fc.constantFrom(...mutationKinds.filter((one) => one !== 'long')) },
      // What takes long to judge must not take all of the time.
      { weight: 1, arbitrary: fc.constant('long' as const) },
    ),
    at: part,
    to: part,
    amount: fc.nat(999),
    piece,
    other: text,
  });
  const dotenv = fc.option(fc.constantFrom('X=1\nTAG=latest\n', 'PRIV="true"\nX=${Y:-z}\n', '\0=\n"'), {
    nil: undefined,
  });
  return fc
    .record({
      start: text,
      mutations: fc.array(mutation, { minLength: 1, maxLength: 6 }),
      edits: fc.array(mutation, { minLength: 1, maxLength: 2 }),
      dotenv: kind === 'compose' ? dotenv : fc.constant(undefined),
      kubernetesMinor: fc.constantFrom(20, 24, 29, 31, 37),
    })
    .map(({ start, mutations, edits, ...rest }) => {
      const mutated = mutations.reduce(mutate, start);
      return { kind, text: mutated, next: edits.reduce(mutate, mutated), ...rest };
    });
}
