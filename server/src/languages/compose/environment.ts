// Environment variables as a map (`KEY: value`) or as a list (`KEY=value`).

import { replaceText, set } from '../../model/change.js';
import type { EnvironmentVariable, ExternalValue } from '../../model/environment.js';
import type { Located } from '../../model/located.js';
import type { Container } from '../../model/workload.js';
import type { FileId } from '../../text/span.js';
import { entries, placeOf, slotOf, type YamlEntry, type YamlValue } from '../yaml/document.js';
import { located } from '../yaml/locate.js';
import { isNull } from '../yaml/node.js';
import { mappedText } from '../yaml/scalar.js';
import { hole } from './interpolation.js';
import { type ComposeValues, field, isReset, listItems } from './values.js';

/** The variables of a service or hook, below its `environment`. */
export function readEnvironment(values: ComposeValues, owner: YamlValue): readonly EnvironmentVariable[] {
  const environment = field(owner, 'environment');
  if (environment === undefined) return [];
  if (environment.node?.kind !== 'sequence') {
    return entries(environment).flatMap((entry) => (isReset(entry.value) ? [] : fromPair(values, entry)));
  }
  const isFlow = environment.node.flow;
  return repeated(
    listItems(environment).flatMap((item) => {
      const variable = fromItem(values, item, isFlow);
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

function fromPair(values: ComposeValues, { key, keyAt, value }: YamlEntry): EnvironmentVariable {
  const slot = slotOf(value);
  const isWritten = value.duplicate || !isNull(value.node);
  const content: Located<string> = isWritten
    ? located(
        value,
        values.decode((text) => text.value),
      )
    : { kind: 'absent', at: keyAt, slot };
  const reference = requiredVariable(key);
  const externalise: ExternalValue | undefined =
    reference === undefined ? undefined : { kind: 'interpolation', change: set(slot, reference) };
  return { name: key, nameAt: keyAt, value: content, literal: isLiteral(value), slot, externalise };
}

function fromItem(values: ComposeValues, item: YamlValue, isFlow: boolean): EnvironmentVariable | undefined {
  const text = values.withHoles(item);
  if (text === undefined) return undefined;
  const equals = text.value.indexOf('=');
  const name = equals < 0 ? text.value : text.value.slice(0, equals);
  if (name === '' || name.includes(hole)) return undefined;
  const slot = slotOf(item);
  const nameAt = text.part(0, name.length);
  if (equals < 0) {
    const value = { kind: 'absent', at: placeOf(item), slot } as const;
    return { name, nameAt, value, literal: true, slot, externalise: undefined };
  }
  const written = text.slice(equals + 1, text.value.length);
  const base = { at: written.place, via: item.via, slot };
  const value: Located<string> = written.value.includes(hole)
    ? { kind: 'unknown', ...base }
    : { kind: 'known', value: written.value, ...base };
  return { name, nameAt, value, literal: isLiteral(item), slot, externalise: externaliseItem(item, name, isFlow) };
}

/** Whether no variable of Compose has a part in a text; `$$` is a dollar sign. */
function isLiteral({ node }: YamlValue): boolean {
  return node?.kind === 'scalar' && !/\$[A-Za-z_{]/.test(node.value.replaceAll('$$', ''));
}

/** Changes only the part behind the equals sign, where that is possible. */
function externaliseItem(item: YamlValue, name: string, isFlow: boolean): ExternalValue | undefined {
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

/** Where the values begin that are written in a file; one that a variable decides is none. */
export function startsOfVariables(file: FileId, containers: readonly Container[]): readonly number[] {
  return containers.flatMap(({ environment }) =>
    environment.flatMap(({ value, literal }) =>
      literal && value.kind === 'known' && value.at.file === file ? [value.at.span.start] : [],
    ),
  );
}
