// Environment variables as a map (`KEY: value`) or as a list (`KEY=value`).
import { replaceText, set } from '../../model/change.js';
import type { Assignment } from '../../model/compose/fields.js';
import type { EnvironmentVariable, ExternalValue } from '../../model/environment.js';
import { entries, slotOf, type YamlEntry, type YamlValue } from '../yaml/document.js';
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
  return listItems(environment).flatMap((item) => {
    const { pair } = item;
    return (pair === undefined ? itemVariable(values, item, isFlow) : pairVariable(values, pair)) ?? [];
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
  if (item.via.length > 0 || (isFlow && item.node.style === 'plain')) {
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
