// Takes out of a baseline what is no longer there, so that a finding that was mended stays mended.

import { below, folderOf } from '../model/paths.js';
import { type Baseline, baselineText, countOf, type HeldBack, present, stillThere } from './baseline.js';
import type { Files } from './files.js';
import type { Linted } from './lint-text.js';

export interface Shrunk {
  readonly baseline: Baseline;
  /** How many findings it has lost. */
  readonly gone: number;
  readonly text: string;
}

/** Looks at every file of a run, then says which baselines have lost something. */
export class ShrinkingBaselines {
  readonly #left = new Map<Baseline, Map<string, HeldBack>>();

  take(baseline: Baseline | undefined, linted: Linted): void {
    if (baseline === undefined) return;
    const { id, problems } = linted.file.source;
    const left = this.#left.get(baseline) ?? new Map(baseline.files);
    this.#left.set(baseline, left);
    const known = baseline.files.get(id);
    // What could not be read whole may hide what is still there, and so may what is new: a privileged container, for
    // one, is not told of its capabilities.
    const isSettled = linted.findings.every(({ suppressed }) => suppressed !== undefined);
    const isComplete = linted.failures.length === 0 && problems.length === 0;
    if (known !== undefined && isComplete && isSettled)
      left.set(id, stillThere(known, present(linted), linted.unasked));
  }

  /** `walked` are the folders that the run was over: what a baseline names in them and is not there any more is gone. */
  async shrunk(files: Files, walked: readonly string[]): Promise<readonly Shrunk[]> {
    const found: Shrunk[] = [];
    for (const [baseline, left] of this.#left) {
      for (const path of baseline.files.keys()) {
        const isWalked = walked.some((folder) => below(folder, path) !== undefined);
        if (isWalked && (await files.stat(path)) === undefined) left.delete(path);
      }
      const gone = total(baseline.files) - total(left);
      if (gone === 0) continue;
      const folder = folderOf(baseline.path);
      const text = baselineText(left, (path) => below(folder, path) ?? path);
      found.push({ baseline, gone, text });
    }
    return found;
  }
}

function total(files: ReadonlyMap<string, HeldBack>): number {
  return [...files.values()].reduce((sum, held) => sum + countOf(held), 0);
}
