// The script in an exec form that runs a shell: `["tini", "--", "bash", "-c", "…"]`.
import type { MappedText } from '../../../text/mapped-text.js';
import { innerCommand, isShell, scriptSource } from '../../shell/wrappers.js';
import type { JsonArray } from '../json-array.js';
import { baseName } from './interpreter.js';

export interface ExecScript {
  readonly text: MappedText;
  /** The shell, and its options. */
  readonly shell: readonly string[];
  /** The variables that programs in front of the shell set. */
  readonly names: readonly string[];
}

/** So many programs in front of a shell are passed. */
const maxWrappers = 10;

/** Undefined where no shell is run, or one whose script does not stand there. */
export function execScript({ items }: JsonArray): ExecScript | undefined {
  let words = items.map(({ value }) => value.value);
  const names: string[] = [];
  for (let passed = 0; passed <= maxWrappers; passed++) {
    const name = baseName(words[0] ?? '');
    if (isShell(name)) {
      const source = scriptSource(name, words);
      if (source?.kind !== 'word') return undefined;
      const text = items[items.length - words.length + source.index]?.value;
      return text === undefined ? undefined : { text, shell: words.slice(0, source.index), names };
    }
    const inner = innerCommand(name, words, words);
    if (inner === undefined) return undefined;
    for (const at of inner.assignments) names.push(words[at]?.split('=', 1)[0] ?? '');
    words = words.slice(inner.start);
  }
  return undefined;
}
