// Which ignores of config files silence something, so that the others can be taken out.
import type { CentralIgnore } from '../engine/central-ignores.js';
import type { Rule } from '../engine/rule.js';
import { activation, type Settings } from '../engine/settings.js';
import type { FileId } from '../text/span.js';
import type { Linted } from './lint-text.js';

/** A config file that was read, with the settings of the files that no pattern of it speaks of. */
export interface JudgedConfig {
  readonly ignores: readonly CentralIgnore[];
  /** The folder that it speaks for. */
  readonly base: string;
  readonly settings: Settings;
}

export class IgnoreUses {
  readonly #used = new Set<string>();
  /** Config files that were told of an ignore that silences something since. */
  readonly #outdated = new Set<FileId>();
  #covers: ((base: string) => boolean) | undefined;

  /** Takes in what was found in a file with these settings. */
  take({ file, findings, failures, unasked }: Linted, { ignores }: Settings): void {
    if (ignores.length === 0) return;
    for (const { suppressed } of findings) {
      if (suppressed?.ignore !== undefined) this.#use(suppressed.ignore);
    }
    // What could not be read whole may hide the very finding that an ignore is for.
    const isComplete = failures.length === 0 && file.source.problems.every(({ kind }) => kind === 'config');
    for (const ignore of ignores) {
      if (!isComplete || ignore.rules.some((rule) => unasked?.has(rule))) this.#use(ignore);
    }
  }

  #use(ignore: CentralIgnore): void {
    const key = keyOf(ignore);
    if (this.#used.has(key)) return;
    this.#used.add(key);
    if (this.#covers !== undefined) this.#outdated.add(ignore.at.file);
  }

  /** Config files of which less is unused than they were told; each is named once. */
  takeOutdated(): readonly FileId[] {
    const outdated = [...this.#outdated];
    this.#outdated.clear();
    return outdated;
  }

  /** All files in the folders that `covers` accepts have been taken in. */
  settle(covers: (base: string) => boolean): void {
    this.#covers = covers;
  }

  /** Where the ignores of a config file begin that silence nothing, as far as that is known. */
  unusedIn(path: string, configs: Iterable<JudgedConfig>, rules: readonly Rule[]): ReadonlySet<number> {
    const unused = new Set<number>();
    for (const { ignores, base, settings } of configs) {
      if (this.#covers?.(base) !== true) continue;
      for (const ignore of ignores) {
        if (ignore.at.file !== path || this.#used.has(keyOf(ignore))) continue;
        if (ignore.rules.every((id) => runs(id, settings, rules))) unused.add(ignore.at.span.start);
      }
    }
    return unused;
  }
}

function keyOf({ at }: CentralIgnore): string {
  return `${at.span.start} ${at.file}`;
}

function runs(id: string, settings: Settings, rules: readonly Rule[]): boolean {
  const rule = rules.find(({ meta }) => meta.id === id);
  return rule?.meta.formats.some((kind) => activation(rule, settings, kind) !== 'off') ?? false;
}
