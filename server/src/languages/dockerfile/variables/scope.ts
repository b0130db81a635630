// Which variables an instruction sees: global ARG, the ARG and ENV of its stage, the ENV of the stages below it.
import { leading } from '../../../text/leading.js';
import type { Place } from '../../../text/span.js';

/**
 * `undeclared`: nobody in this file names it. `unset`: an ARG without a default. `unknown`: set, nobody knows to what.
 * `at`: the name, where it is set or declared.
 */
export type Variable =
  | { readonly kind: 'set'; readonly value: string; readonly at: Place }
  | { readonly kind: 'unset'; readonly at: Place }
  | { readonly kind: 'unknown'; readonly at?: Place; readonly builtin?: true }
  | { readonly kind: 'undeclared' };

export type Lookup = (name: string) => Variable;

interface Entry {
  readonly order: number;
  readonly variable: Variable;
}

/** The variables of one stage, or the ARGs before the first one. `order` is the position of an instruction in the file. */
export interface Scope {
  readonly args: Map<string, Entry[]>;
  readonly env: Map<string, Entry[]>;
  /** The scope of the stage that this one is built FROM. */
  readonly parent: Scope | undefined;
  /** Names of which nothing is known, whatever the file says of them. */
  readonly hidden: ReadonlySet<string>;
}

/** A longer chain of stages is not followed. */
const maxParents = 100;

/** Set by the builder itself, whatever the file says. */
const predefined =
  /^(?:TARGET(?:PLATFORM|OS|OSVERSION|ARCH|VARIANT|STAGE)|BUILD(?:PLATFORM|OS|OSVERSION|ARCH|VARIANT)|(?:HTTP|HTTPS|FTP|NO|ALL)_PROXY|SOURCE_DATE_EPOCH|BUILDKIT_\w+)$/i;

export function makeScope(parent: Scope | undefined, hidden: ReadonlySet<string>): Scope {
  return { args: new Map(), env: new Map(), parent, hidden };
}

export function declare(entries: Map<string, Entry[]>, name: string, order: number, variable: Variable): void {
  const list = entries.get(name);
  if (list === undefined) entries.set(name, [{ order, variable }]);
  else list.push({ order, variable });
}

/** What a stage sees of a variable in front of the instruction at `order`: what was set last, by ENV or by ARG. */
export function lookUp(scope: Scope, order: number): Lookup {
  return (name) => {
    if (scope.hidden.has(name)) return { kind: 'unknown' };
    const env = before(scope.env.get(name), order);
    const arg = predefined.test(name) ? undefined : before(scope.args.get(name), order);
    // An ARG without a value leaves what is there.
    if (arg !== undefined && arg.variable.kind !== 'unset' && arg.order > (env?.order ?? -1)) return arg.variable;
    if (env !== undefined) return env.variable;
    let argBelow: Place | undefined;
    let parent = scope.parent;
    for (let i = 0; parent !== undefined; i++, parent = parent.parent) {
      if (i === maxParents) return { kind: 'unknown' };
      const inherited = parent.env.get(name)?.at(-1)?.variable;
      if (inherited !== undefined) return inherited;
      argBelow ??= placeOf(parent.args.get(name)?.at(-1));
    }
    if (predefined.test(name)) {
      const at = placeOf(before(scope.args.get(name), order)) ?? argBelow;
      return { kind: 'unknown', builtin: true, ...(at && { at }) };
    }
    if (arg !== undefined) return arg.variable;
    // Whether a stage sees the ARG of the one below has changed between versions of the builder.
    return argBelow === undefined ? { kind: 'undeclared' } : { kind: 'unknown', at: argBelow };
  };
}

function placeOf(entry: Entry | undefined): Place | undefined {
  return entry === undefined || entry.variable.kind === 'undeclared' ? undefined : entry.variable.at;
}

/** The names that a lookup there can find. */
export function namesIn(scope: Scope, order: number): readonly string[] {
  const names: string[] = [];
  const addOwn = (entries: Map<string, Entry[]>): void => {
    for (const [name, list] of entries) if (before(list, order) !== undefined) names.push(name);
  };
  addOwn(scope.env);
  addOwn(scope.args);
  let parent = scope.parent;
  for (let i = 0; parent !== undefined && i < maxParents; i++, parent = parent.parent) names.push(...parent.env.keys());
  return [...new Set(names)];
}

function before(entries: readonly Entry[] | undefined, order: number): Entry | undefined {
  if (entries === undefined) return undefined;
  return entries[leading(entries, (entry) => entry.order < order) - 1];
}
