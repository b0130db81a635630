// Environment variables as a map (`KEY: value`) or as a list (`KEY=value`).
import { replaceText, set } from '../../model/change.js';
import type { Assignment } from '../../model/compose/fields.js';
import type { EnvironmentVariable, ExternalValue } from '../../model/environment.js';
import type { Container } from '../../model/workload.js';
import type { FileId } from '../../text/span.js';
import { entries, isShared, slotOf, type YamlEntry, type YamlValue } from '../yaml/document.js';
import { mappedText } from '../yaml/scalar.js';
import { fromItem, fromPair } from './assignments.js';
import { type ComposeValues, field, listItems } from './values.js';

/** The variables of a service or hook, below its `environment`. */
export function readEnvironment(values: ComposeValues, owner: YamlValue): readonly EnvironmentVariable[] {
  const environment = field(owner, 'environment');
  if (environment === undefined) return [];
  if (environment.node?.kind !== 'sequence') {
    return entries(environment).flatMap((entry) => pairVariable(values, entry) ?? []);
  }
  const isFlow = environment.node.flow;
  return repeated(
    listItems(environment).flatMap((item) => {
      const { pair } = item;
      const variable = pair === undefined ? itemVariable(values, item, isFlow) : pairVariable(values, pair);
      return variable === undefined ? [] : { variable, document: item.document };
    }),
  );
}

/** Tells each variable where the last one of its name stands. */
function repeated(
  list: readonly { readonly variable: EnvironmentVariable; readonly document: object }[],
): readonly EnvironmentVariable[] {
  const lasts = new Map<string, (typeof list)[number]>();
  for (const item of list) lasts.set(item.variable.name, item);
  return list.map(({ variable, document }) => {
    const last = lasts.get(variable.name);
    if (last === undefined || last.variable === variable || last.document !== document) return variable;
    return { ...variable, repeatedAt: last.variable.nameAt };
  });
}

function pairVariable(values: ComposeValues, entry: YamlEntry): EnvironmentVariable | undefined {
  const assignment = fromPair(values, entry);
  if (assignment === undefined) return undefined;
  const reference = requiredVariable(entry.key);
  const externalise: ExternalValue | undefined =
    reference === undefined ? undefined : { kind: 'interpolation', change: set(assignment.slot, reference) };
  return { ...assignment, externalise };
}

function itemVariable(values: ComposeValues, item: YamlValue, isFlow: boolean): EnvironmentVariable | undefined {
  const assignment = fromItem(values, item);
  if (assignment === undefined) return undefined;
  if (assignment.value.kind === 'absent') return { ...assignment, externalise: undefined };
  return { ...assignment, externalise: externaliseItem(item, assignment, isFlow) };
}

/** Changes only the part behind the equals sign, where that is possible. */
function externaliseItem(item: YamlValue, { name }: Assignment, isFlow: boolean): ExternalValue | undefined {
  const reference = requiredVariable(name);
  const source = mappedText(item);
  if (reference === undefined || source === undefined || item.node?.kind !== 'scalar') return undefined;
  // Braces need quotes in flow style, and what is written at an anchor belongs to others too.
  if (isShared(item) || (isFlow && item.node.style === 'plain')) {
    return { kind: 'interpolation', change: set(slotOf(item), `${name}=${reference}`) };
  }
  const equals = source.value.indexOf('=');
  const at = equals < 0 ? undefined : source.exactPart(equals + 1, source.value.length);
  return at === undefined ? undefined : { kind: 'interpolation', change: replaceText(at, reference) };
}

/** A reference that makes Compose stop with a message where the variable is not set. */
function requiredVariable(name: string): string | undefined {
  return /^[A-Za-z_]\w*$/.test(name) ? `\${${name}:?set ${name}}` : undefined;
}

/** Where the values begin that are written in a file; one that a variable decides is none. */
export function startsOfVariables(file: FileId, containers: readonly Container[]): readonly number[] {
  return containers.flatMap(({ environment }) =>
    environment.flatMap(({ value, literal }) =>
      literal && value.kind === 'known' && value.at.file === file ? [value.at.span.start] : [],
    ),
  );
}
