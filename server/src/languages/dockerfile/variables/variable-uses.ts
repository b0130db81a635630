// The variables in what BuildKit itself resolves, and those of the file in scripts.
import type { VariableUse } from '../../../model/dockerfile/instruction.js';
import type { MappedText } from '../../../text/mapped-text.js';
import type { Place } from '../../../text/span.js';
import type { Escape } from '../statement.js';
import { expand } from './expand.js';
import type { Lookup, Variable } from './scope.js';

/** More uses of one text are not looked for, nor the end of one that is longer. */
const maxUses = 1000;
const maxLength = 5000;

/**
 * All uses in a text, those in defaults of others too. Single quotes and escapes keep a dollar from being one; `quotes` is
 * false where they stand for themselves.
 */
export function readVariableUses(
  text: MappedText,
  escape: Escape,
  lookup: Lookup,
  quotes = true,
): readonly VariableUse[] {
  const source = text.value;
  if (!source.includes('$')) return [];
  const uses: VariableUse[] = [];
  let quote = '';
  for (let at = 0; at < source.length && uses.length < maxUses; at++) {
    const char = source[at] ?? '';
    if (char === escape && quote !== "'") at++;
    else if (quote !== '' && char === quote) quote = '';
    else if (quotes && quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === '$' && quote !== "'") {
      const use = readUse(text, at, lookup, escape);
      if (use === 'open') return uses;
      if (use === undefined) {
        // `$$` is a variable that nobody sets.
        if (source[at + 1] === '$') at++;
        continue;
      }
      uses.push(use.use);
      at = use.next - 1;
    }
  }
  return uses;
}

const name = /[A-Za-z_]\w*/y;
const operator = /:?[-+?]|##?|%%?|\/\/?/y;

/** Undefined where no name follows; `open` where its brace is not closed, which BuildKit refuses. */
function readUse(
  text: MappedText,
  start: number,
  lookup: Lookup,
  escape: Escape,
): { readonly use: VariableUse; readonly next: number } | 'open' | undefined {
  const source = text.value;
  const braces = source[start + 1] === '{';
  const nameStart = start + (braces ? 2 : 1);
  const found = matchAt(name, source, nameStart);
  if (found === undefined) return undefined;
  const nameEnd = nameStart + found.length;
  const sign = braces ? matchAt(operator, source, nameEnd) : undefined;
  const close = braces ? closingBrace(source, nameEnd) : nameEnd - 1;
  if (close === undefined) return 'open';
  const use: VariableUse = {
    ...told(found, lookup(found)),
    at: text.part(start, close + 1),
    nameAt: text.part(nameStart, nameEnd),
    operator: sign,
    operand: sign === undefined ? undefined : operandOf(text.slice(nameEnd + sign.length, close)),
    get result() {
      return expand(text.slice(start, close + 1), escape, lookup)?.value;
    },
  };
  // What stands behind the operator may use variables, too.
  return { use, next: nameEnd + (sign?.length ?? 0) };
}

function told(name: string, variable: Variable): Pick<VariableUse, 'name' | 'state' | 'value' | 'setAt'> {
  return {
    name,
    state: variable.kind === 'unknown' && variable.builtin === true ? 'builtin' : variable.kind,
    value: variable.kind === 'set' ? variable.value : undefined,
    setAt: variable.kind === 'undeclared' ? undefined : variable.at,
  };
}

/** A variable where it is declared; `lookup`: what holds behind that. */
export function declaredVariable(name: string, nameAt: Place, lookup: Lookup): VariableUse {
  const use = told(name, lookup(name));
  return { ...use, at: nameAt, nameAt, operator: undefined, operand: undefined, result: use.value };
}

/** What reads names from elsewhere, or makes commands of text. */
const takesOver = /(?:^|[;&|(`{\n]|\b(?:then|do|else))[\t ]*(?:\.|source|eval)\s/;

/**
 * The uses of what the file declares in a script that a shell runs. Where the script names a variable otherwise than to
 * use it, it may set it: that one is left out, and all are where the script takes over variables from elsewhere.
 */
export function readScriptUses(script: MappedText, lookup: Lookup): readonly VariableUse[] {
  const text = script.value;
  if (!text.includes('$') || takesOver.test(text)) return [];
  const named = new Set<string>();
  for (const [sign, word = ''] of text.matchAll(/(?:\$\{?)?\b([A-Za-z_]\w*)/g)) if (sign === word) named.add(word);
  return readVariableUses(script, '\\', lookup, false).filter(
    ({ name: each, setAt }) => setAt !== undefined && !named.has(each),
  );
}

function operandOf({ value, place }: MappedText): VariableUse['operand'] {
  return { text: value, at: place };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function closingBrace(text: string, from: number): number | undefined {
  let open = 1;
  const end = Math.min(text.length, from + maxLength);
  for (let at = from; at < end; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '$' && text[at + 1] === '{') open++;
    else if (text[at] === '}' && --open === 0) return at;
  }
  return undefined;
}
