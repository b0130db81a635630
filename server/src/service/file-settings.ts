// The settings of single files: those of their folder, with the overrides and ignores whose patterns take them in.
import { type Config, type Overrides, rulesOver, settingsOf } from '../engine/config.js';
import type { Settings } from '../engine/settings.js';
import { below } from '../model/paths.js';
import type { Place } from '../text/span.js';
import { type Patterns, parsePatterns, selects } from './gitignore.js';

/** What is in force for a file, and who says so. */
export interface Effective {
  readonly settings: Settings;
  /** Where each thing is said: `profile`, `rules.privileged`. What is not in it comes from elsewhere. */
  readonly places: ReadonlyMap<string, Place>;
}

/** The settings of a file. Files that the same patterns take in share them. */
export type FileSettings = (path: string) => Effective;

/** `base` is the folder that patterns are relative to. */
export function fileSettings(config: Config, base: string, overrides: Overrides): FileSettings {
  const targets = config.dockerfileTargets ?? [];
  const isSame = config.overrides.length === 0 && config.ignores.every(({ files }) => files === undefined);
  if (isSame && targets.length === 0) {
    const folder: Effective = { settings: settingsOf(config, overrides), places: config.places };
    return () => folder;
  }
  const overriding = config.overrides.map(({ files }) => ({ patterns: parsePatterns(files) }));
  const ignoring = config.ignores.map(({ files }) => ({
    patterns: files === undefined ? undefined : parsePatterns(files),
  }));
  const targeting = targets.map(({ files }) => ({ patterns: parsePatterns([files]) }));
  const known = new Map<string, Effective>();
  return (path) => {
    const relative = below(base, path);
    const matches = [...overriding, ...ignoring, ...targeting].map(({ patterns }) => takesIn(patterns, relative));
    const key = matches.map(Number).join('');
    const effective = known.get(key) ?? together(config, matches, overrides);
    known.set(key, effective);
    return effective;
  };
}

/** A file outside the folder of its config is taken in by no pattern. */
function takesIn(patterns: Patterns | undefined, relative: string | undefined): boolean {
  return patterns === undefined || (relative !== undefined && selects(patterns, relative));
}

/** `matches`: of the overrides in order, then of the ignores and of the targets, whether they speak of the file. */
function together(config: Config, matches: readonly boolean[], overrides: Overrides): Effective {
  let { rules } = config;
  const places = new Map(config.places);
  for (const [index, override] of config.overrides.entries()) {
    if (matches[index] !== true) continue;
    rules = rulesOver(rules, override.rules);
    for (const [what, at] of override.places) places.set(what, at);
  }
  const firstTarget = config.overrides.length + config.ignores.length;
  const ignores = config.ignores.filter((_, index) => matches[config.overrides.length + index] === true);
  const dockerfileTargets = config.dockerfileTargets?.filter((_, index) => matches[firstTarget + index] === true);
  return { settings: settingsOf({ ...config, rules, ignores, dockerfileTargets }, overrides), places };
}
