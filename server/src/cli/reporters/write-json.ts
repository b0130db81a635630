// Writes a report as JSON piece by piece.
import { escapeJson } from '../visible.js';
import { pieces } from './pieces.js';

/** Objects and lists are taken apart this deep: down to the single finding, in SARIF four levels below the top. */
const levels = 4;

/** Writes what `JSON.stringify(value, undefined, 2)` gives, safe to show, and a line end. */
export function writeJson(write: (text: string) => void, value: object): void {
  for (const piece of pieces(partsOf(value, '', levels))) write(escapeJson(piece));
  write('\n');
}

function* partsOf(value: unknown, indent: string, depth: number): Generator<string, void, undefined> {
  if (depth === 0 || typeof value !== 'object' || value === null) {
    yield (JSON.stringify(value, undefined, 2) ?? 'null').replaceAll('\n', `\n${indent}`);
    return;
  }
  const isList = Array.isArray(value);
  const entries: readonly (readonly [key: string, value: unknown])[] = Object.entries(value);
  const written = isList ? entries : entries.filter(([, item]) => item !== undefined);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const inner = `${indent}  `;
  yield open;
  for (const [index, [key, item]] of written.entries()) {
    yield `${index === 0 ? '' : ','}\n${inner}${isList ? '' : `${JSON.stringify(key)}: `}`;
    yield* partsOf(item, inner, depth - 1);
  }
  yield written.length === 0 ? close : `\n${indent}${close}`;
}
