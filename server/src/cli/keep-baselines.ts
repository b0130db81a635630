// What `plimsoll lint` does with baselines that have lost findings: they shrink.
import { FilesError } from '../service/files.js';
import type { ShrinkingBaselines } from '../service/shrink-baseline.js';
import type { Io } from './io.js';
import type { LintOptions } from './lint-options.js';
import { relativeTo } from './report.js';
import { count } from './words.js';

/**
 * Writes the baselines anew, and tells what was done. In CI nothing is written: a checkout there is thrown away, and
 * somebody may look whether it has changed. That a baseline cannot be written is no fault of what was linted.
 */
export async function keepBaselines(
  baselines: ShrinkingBaselines,
  options: LintOptions,
  { cwd, env, files }: Io,
): Promise<readonly string[]> {
  if (!seesEverything(options)) return [];
  const notes: string[] = [];
  for (const { baseline, gone, text } of await baselines.shrunk(files, options.paths)) {
    const name = relativeTo(cwd, baseline.path);
    const what = `${count(gone, 'finding', 'findings')} of the baseline ${gone === 1 ? 'is' : 'are'} gone`;
    if (env.CI !== undefined && env.CI !== '') {
      notes.push(`${name}: ${what}; where CI is not set, 'plimsoll lint' takes them out`);
      continue;
    }
    try {
      await files.replace(baseline.path, baseline.bytes, new TextEncoder().encode(text));
      notes.push(`${name}: ${what} and taken out of it; commit the change`);
    } catch (error) {
      if (!(error instanceof FilesError)) throw error;
      notes.push(`${name}: ${what}, but it could not be written: ${error.message}`);
    }
  }
  return notes;
}

/** Whether findings are missing because they are gone, and not because somebody asked for fewer this time. */
function seesEverything({ config, baseline, overrides, stdinPath }: LintOptions): boolean {
  const { profile, severities, only, kubernetesMinor } = overrides;
  const isAsSaid =
    profile === undefined && only === undefined && kubernetesMinor === undefined && (severities?.size ?? 0) === 0;
  return isAsSaid && config.from === 'nearest' && baseline.from !== 'none' && stdinPath === undefined;
}
