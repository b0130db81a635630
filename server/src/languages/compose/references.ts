// References to variables, wherever a file writes them, and those that Compose refuses: it would not start with this file.
import { replaceText } from '../../model/change.js';
import type { VariableReference } from '../../model/compose/variable-reference.js';
import { quoted } from '../../model/quoted.js';
import type { Problem } from '../../model/source-file.js';
import type { MappedText } from '../../text/mapped-text.js';
import type { Span } from '../../text/span.js';
import { lastStartingBy } from '../yaml/comments.js';
import type { YamlDocument } from '../yaml/document.js';
import type { YamlNode, YamlScalar } from '../yaml/node.js';
import type { YamlTree } from '../yaml/tree.js';
import type { Variables, WrittenReference } from './interpolation.js';
import { mayNotBeEmpty } from './typed-keys.js';
import type { ComposeValues } from './values.js';

export interface WrittenReferences {
  /** In the order of the text. */
  readonly references: readonly VariableReference[];
  readonly problems: readonly Problem[];
}

/** A node on the way to a value. */
interface Visit {
  readonly node: YamlNode | undefined;
  /** The key of a pair; `[]` for an item of a list. */
  readonly key: string;
  readonly parent: Visit | undefined;
  readonly inFlow: boolean;
}

/** Looks at every value, whoever uses it; keys are never interpolated. */
export function readReferences(values: ComposeValues, documents: readonly YamlDocument[]): WrittenReferences {
  const references: Found[] = [];
  const problems: Problem[] = [];
  const variables: Variables = documents[0] === undefined ? new Map() : values.variablesOf(documents[0]);
  for (const document of documents) addReferences({ values, variables }, document, references, problems);
  const demanded = new Set(references.flatMap(({ name, isDemand }) => (isDemand ? [name] : [])));
  const bare = new Map<string, Found[]>();
  for (const reference of references) {
    if (reference.operator !== '' || !reference.counts) continue;
    const others = bare.get(reference.name);
    if (others === undefined) bare.set(reference.name, [reference]);
    else others.push(reference);
  }
  return {
    problems,
    references: references.map((reference) => {
      const { isDemand, ...own } = reference;
      const isSet = variables.has(own.name) || demanded.has(own.name);
      return { ...own, isSet, bare: placeAmong(reference, bare.get(own.name)) };
    }),
  };
}

function placeAmong(reference: Found, bare: readonly Found[] = []): VariableReference['bare'] {
  if (reference.operator !== '') return undefined;
  if (bare[0] !== reference) return 'later';
  return bare.length === 1 ? 'only' : 'first';
}

interface Found extends Omit<VariableReference, 'isSet' | 'bare'> {
  /** Whether Compose stops where its variable is not set, whatever the others are. */
  readonly isDemand: boolean;
}

interface Knowledge {
  readonly values: ComposeValues;
  readonly variables: Variables;
}

function addReferences(known: Knowledge, document: YamlDocument, references: Found[], problems: Problem[]): void {
  if (!document.tree.text.includes('$')) return;
  const own: Found[] = [];
  for (const { node, visit } of scalarsWithDollar(document.tree)) {
    const value = { document, node, path: [], floor: 0, via: [], span: node.span, duplicate: false };
    const written = known.values.written(value);
    if (written === undefined) continue;
    const { source, interpolation } = written;
    const inside: Inside = { variables: known.variables, source, node, visit };
    for (const reference of interpolation.references) own.push(foundReference(inside, reference));
    for (const span of interpolation.invalid) problems.push(problemOf(source, span));
  }
  own.sort((a, b) => a.at.span.start - b.at.span.start);
  for (const reference of own) references.push(reference);
}

interface ScalarVisit {
  readonly node: YamlScalar;
  readonly visit: Visit;
}

/** The values that hold a dollar sign, found by where one stands in the text: most of a file has none. */
function scalarsWithDollar({ text, root }: YamlTree): readonly ScalarVisit[] {
  // It may also be written as an escape.
  const sign = /\$|\\(?:x24|u0024|U00000024)/g;
  const found: ScalarVisit[] = [];
  for (let match = sign.exec(text); match !== null; match = sign.exec(text)) {
    const scalar = scalarAt(root, match.index);
    if (scalar === undefined) continue;
    if (scalar.node.value.includes('$')) found.push(scalar);
    sign.lastIndex = scalar.node.span.end;
  }
  return found;
}

function scalarAt(root: YamlNode | undefined, offset: number): ScalarVisit | undefined {
  let visit: Visit = { node: root, key: '', parent: undefined, inFlow: false };
  for (;;) {
    const { node } = visit;
    if (node === undefined || offset < node.span.start || offset >= node.span.end) return undefined;
    if (node.kind === 'scalar') return { node, visit };
    if (node.kind === 'alias') return undefined;
    const inFlow = visit.inFlow || node.flow;
    if (node.kind === 'map') {
      const pair = node.pairs[lastStartingBy(node.pairs, offset)];
      visit = { node: pair?.value, key: pair?.name ?? '', parent: visit, inFlow };
    } else {
      visit = { node: node.items[lastStartingBy(node.items, offset)]?.value, key: '[]', parent: visit, inFlow };
    }
  }
}

interface Inside {
  readonly variables: Variables;
  readonly source: MappedText;
  readonly node: YamlScalar;
  readonly visit: Visit;
}

function foundReference({ variables, source, node, visit }: Inside, reference: WrittenReference): Found {
  const { name, start, end, nameEnd, operator, isPlain, around } = reference;
  const from = nameEnd + operator.length;
  const isWhole = start === 0 && end === source.value.length;
  // Braces cannot stand without quotes in flow style.
  const takesBraces = !(visit.inFlow && node.style === 'plain');
  const [outermost = reference] = around;
  const defaulted = around.filter((one) => one.operator.endsWith('-')).map((one) => one.name);
  return {
    name,
    at: source.part(start, end),
    operator,
    operand:
      operator !== '' && isPlain && from < end - 1
        ? { text: source.value.slice(from, end - 1).replaceAll('$$', '$'), at: source.part(from, end - 1) }
        : undefined,
    alsoCalled: [...defaulted.reverse(), ...keyOf(source.value, outermost, visit)],
    counts: around.every(
      (one) => one.operator.endsWith('-') && !variables.get(one.name) && !isUnknown(variables, one.name),
    ),
    isDemand: operator.endsWith('?') && around.length === 0,
    mayNotBeEmpty: isWhole && mayNotBeEmpty(pathOf(visit)),
    replaceAt: takesBraces ? source.exactPart(start, end) : undefined,
    operatorAt: operator === '' ? undefined : source.exactPart(nameEnd, end - 1),
  };
}

/** Whether a variable is set to something that cannot be told. */
function isUnknown(variables: Variables, name: string): boolean {
  return variables.has(name) && variables.get(name) === undefined;
}

/** The key that a reference is the whole value of: of a pair, or in an item `KEY=value` or `--key=value`. */
function keyOf(text: string, { start, end }: Span, { key }: Visit): readonly string[] {
  if (end !== text.length) return [];
  if (start === 0) return key === '[]' ? [] : [key];
  const name = /^-{0,2}([\w.-]{1,100})=$/.exec(text.slice(0, Math.min(start, 110)))?.[1];
  return name === undefined ? [] : [name];
}

function pathOf(visit: Visit): readonly string[] {
  const path: string[] = [];
  for (let one = visit; one.parent !== undefined; one = one.parent) path.push(one.key);
  return path.reverse();
}

function problemOf(source: MappedText, { start, end }: Span): Problem {
  const dollar = source.exactPart(start, start + 1);
  return {
    kind: 'invalid-interpolation',
    at: source.part(start, end),
    message: `${quoted(source.value.slice(start, end))} is no variable reference: Compose refuses the file.`,
    ...(dollar === undefined
      ? {}
      : {
          fix: { title: 'Write `$$` for a plain `$`', safety: 'unsafe', changes: [replaceText(dollar, '$$')] } as const,
        }),
  };
}
