// What BuildKit knows of the platforms of a build: a stage sees it only where an ARG of its own asks for it.
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import type { ShellWord } from '../../../model/shell-command.js';
import type { Place } from '../../../text/span.js';

const platformName = /^(?:TARGET|BUILD)(?:PLATFORM|OS|OSVERSION|ARCH|VARIANT)$/;
/** In a script: `$TARGETARCH`, `${TARGETARCH}`, `${TARGETARCH%/*}`, but nothing that has a default. */
const platformUse = /\$(?:\{((?:TARGET|BUILD)[A-Z]{2,9})(?!:?[-+=?])\b|((?:TARGET|BUILD)[A-Z]{2,9})\b)/g;

/** Longer words are no command that somebody wrote down. */
const longestWord = 2000;

/** Keeps in mind which of these names the stages of a file have asked for so far. */
export class PlatformArguments {
  readonly #declared = new Map<Stage, Set<string>>();

  /** Takes in an ARG or ENV of a stage. */
  declare({ assignments }: Instruction, stage: Stage): void {
    for (const { name } of assignments) {
      if (!platformName.test(name)) continue;
      const names = this.#declared.get(stage) ?? new Set();
      this.#declared.set(stage, names.add(name));
    }
  }

  /** Whether it is such a name, and neither the stage nor one that it is built on has asked for it. */
  isMissing(name: string, stage: Stage): boolean {
    if (!platformName.test(name)) return false;
    for (let at: Stage | undefined = stage; at !== undefined; at = at.base) {
      if (this.#declared.get(at)?.has(name) === true) return false;
    }
    return true;
  }
}

/** Where the script of a step uses such a name without setting it, each name once. */
export function platformUsesIn({ commands }: Instruction): ReadonlyMap<string, Place> {
  const uses = new Map<string, Place>();
  const own = new Set<string>();
  for (const { words, assignments, redirects } of commands) {
    for (const { name } of assignments) own.add(name);
    // A heredoc may be the text of another language.
    const targets = redirects.flatMap(({ operator, target }) => (operator.startsWith('<<') ? [] : [target]));
    for (const word of [...assignments.map(({ value }) => value), ...words, ...targets]) {
      if (word === undefined || word.raw.length > longestWord) continue;
      own.add(/^\w+/.exec(word.raw)?.[0] ?? '');
      for (const { name, at } of usesIn(word)) if (!uses.has(name)) uses.set(name, at);
    }
  }
  for (const name of own) uses.delete(name);
  return uses;
}

function* usesIn({ raw, at }: ShellWord): Iterable<{ readonly name: string; readonly at: Place }> {
  for (const match of raw.matchAll(platformUse)) {
    const name = match[1] ?? match[2] ?? '';
    const before = raw.slice(0, match.index);
    const isText = before.endsWith('\\') || before.split("'").length % 2 === 0;
    if (!platformName.test(name) || isText) continue;
    // Where lines are joined inside it, only the word has a place.
    if (at.span.end - at.span.start !== raw.length) yield { name, at };
    else {
      const start = at.span.start + match.index;
      const end = start + match[0].length + (raw.charAt(match.index + match[0].length) === '}' ? 1 : 0);
      yield { name, at: { file: at.file, span: { start, end } } };
    }
  }
}
