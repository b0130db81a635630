// Gives every subject of a file to every rule that looks at it, and collects what they say.
import type { Change, Fix } from '../model/change.js';
import type { Hop, Located } from '../model/located.js';
import type { Suppression } from '../model/source-file.js';
import { closest } from '../text/closest.js';
import { oneLine } from '../text/one-line.js';
import type { Place } from '../text/span.js';
import { type CentralIgnore, centralIgnoreOf } from './central-ignores.js';
import type { Finding, RuleFailure, Suppressed } from './finding.js';
import type { ForeignIgnore, Ignore } from './ignores/ignore.js';
import { ignoredBy } from './ignores/ignored.js';
import { type IgnoreComment, ignoreComments } from './ignores/plimsoll.js';
import { foreignIgnores } from './ignores/tools.js';
import type { ReadFile } from './language.js';
import type {
  Context,
  RelatedPlace,
  ReportedFinding,
  ReportedFix,
  Rule,
  Severity,
  SubjectMap,
  SubjectName,
} from './rule.js';
import { activation, effectiveSeverity, type Settings } from './settings.js';

export interface RunRequest {
  readonly file: ReadFile;
  /** All rules there are; which of them run is for the settings to say. */
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  /** Whether a standard speaks of this kind of file. */
  readonly appliesTo: (standard: string, kind: ReadFile['source']['kind']) => boolean;
}

export interface RunResult {
  /** In the order of the text; suppressed ones among them. */
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
}

/** A finding before findings at one place are joined, with the places that an ignore comment may speak of. */
interface RawFinding {
  readonly finding: Finding;
  readonly hops: readonly Place[];
}

interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity | 'default';
  readonly context: Context;
}

/** Runs the rules over one file. A rule that throws is listed in `failures`; the others go on. */
export function runRules(request: RunRequest): RunResult {
  const { file, rules } = request;
  const active = activeRules(request);
  const raw: RawFinding[] = [];
  const failures = new Map<string, RuleFailure>();
  const run = <Name extends SubjectName>(
    name: Name,
    subjects: readonly SubjectMap[Name][],
    only: readonly ActiveRule[],
  ) => {
    if (subjects.length === 0) return;
    for (const { rule, severity, context } of only) {
      const check = rule.check[name];
      if (check === undefined) continue;
      for (const subject of subjects) {
        try {
          check(subject, (reported) => raw.push(rawFinding(request, rule, severity, reported)), context);
        } catch (error) {
          if (!failures.has(rule.meta.id)) failures.set(rule.meta.id, { rule: rule.meta.id, error });
        }
      }
    }
  };
  run('file', [file.source], active);
  run('container', file.subjects.container ?? [], active);
  run('workload', file.subjects.workload ?? [], active);
  run('image', file.subjects.image ?? [], active);
  run('stage', file.subjects.stage ?? [], active);
  run('instruction', file.subjects.instruction ?? [], active);
  run('command', file.subjects.command ?? [], active);
  run('manifest', file.subjects.manifest ?? [], active);
  run('composeProject', file.subjects.composeProject ?? [], active);

  const { inlineIgnores, today, ignores } = request.settings;
  const comments = inlineIgnores ? ignoreComments(file, rules) : [];
  if (comments.length > 0) {
    const used = suppress(raw, comments, byComment);
    const first = raw.length;
    run(
      'suppression',
      suppressionsOf(comments, used, file, rules, new Set(active.map(({ rule }) => rule.meta.id)), failures),
      active,
    );
    suppress(raw, comments, byComment, first);
  }
  const foreign = inlineIgnores && raw.length > 0 ? foreignIgnores(file, rules, today) : [];
  if (foreign.length > 0) suppress(raw, foreign, byForeign);
  if (ignores.length > 0) suppressCentrally(raw, file, ignores);
  return { findings: joined(raw), failures: [...failures.values()] };
}

function activeRules({ file, rules, settings }: RunRequest): readonly ActiveRule[] {
  const active: ActiveRule[] = [];
  for (const rule of rules) {
    const severity = activation(rule, settings, file.source.kind);
    if (severity === 'off') continue;
    const set = settings.rules.get(rule.meta.id)?.options;
    const options = Object.fromEntries(
      Object.entries(rule.meta.options ?? {}).map(([name, option]) => [name, set?.[name] ?? option.default]),
    );
    const context: Context = {
      options,
      kubernetesMinor: settings.kubernetesMinor,
      trustedRegistries: settings.trustedRegistries,
    };
    active.push({ rule, severity, context });
  }
  return active;
}

function rawFinding(
  { file, appliesTo }: RunRequest,
  rule: Rule,
  set: Severity | 'default',
  reported: ReportedFinding,
): RawFinding {
  const { meta } = rule;
  const kind = file.source.kind;
  const at: Place = 'span' in reported.at ? reported.at : reported.at.at;
  const hops = 'span' in reported.at ? [] : hopsOf(reported.at);
  const fixes = reported.fix === undefined ? [] : isList(reported.fix) ? reported.fix : [reported.fix];
  const finding: Finding = {
    rule: meta.id,
    severity: effectiveSeverity(rule, set, reported.severity, kind),
    confidence: meta.confidence,
    message: oneLine(reported.message),
    at,
    related: [...(reported.related ?? []).map(relatedOf), ...hops.map(relatedHop)],
    standards: reported.standards ?? meta.standards.filter((standard) => appliesTo(standard, kind)),
    fixes: fixes.map(fixOf),
    suppressed: undefined,
  };
  return { finding, hops: hops.map((hop) => hop.at) };
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function relatedOf({ at, message }: RelatedPlace): RelatedPlace {
  return { at, message: oneLine(message) };
}

function fixOf(fix: ReportedFix): Fix {
  return {
    title: oneLine(fix.title),
    safety: fix.safety,
    changes: isList<Change>(fix.change) ? fix.change : [fix.change],
  };
}

function hopsOf(field: Located<unknown>): readonly Hop[] {
  return field.kind === 'absent' ? [] : field.via;
}

const hopMessages: { readonly [kind in Hop['kind']]: string } = {
  alias: 'It is used through this alias.',
  'merge-key': 'It is merged in here.',
  extends: 'It is inherited by this `extends`.',
  include: 'It is included here.',
  override: 'It is overridden here.',
  'pod-default': 'It is inherited here.',
};

function relatedHop(hop: Hop): RelatedPlace {
  return { at: hop.at, message: hopMessages[hop.kind] };
}

/**
 * Marks the findings that an ignore speaks of and that nothing else silences, from index `first` on. Returns the ids of
 * ignores that marked something.
 */
function suppress<I extends Ignore>(
  raw: RawFinding[],
  ignores: readonly I[],
  told: (ignore: I) => Suppressed,
  first = 0,
): ReadonlySet<object> {
  const open = [...raw.entries()].filter(([index, { finding }]) => index >= first && finding.suppressed === undefined);
  const findings = open.map(([, { finding, hops }]) => ({ rule: finding.rule, places: [finding.at, ...hops] }));
  const { by, used } = ignoredBy(ignores, findings);
  for (const [position, [index, entry]] of open.entries()) {
    const ignore = by[position];
    if (ignore === undefined) continue;
    raw[index] = { ...entry, finding: { ...entry.finding, suppressed: told(ignore) } };
  }
  return used;
}

function byComment({ reason }: IgnoreComment): Suppressed {
  return { by: 'comment', reason };
}

function byForeign({ by, tool, reason, check }: ForeignIgnore): Suppressed {
  return { by, tool, reason, ...(check === undefined ? {} : { check }) };
}

function suppressCentrally(raw: RawFinding[], file: ReadFile, ignores: readonly CentralIgnore[]): void {
  for (const [index, entry] of raw.entries()) {
    if (entry.finding.suppressed !== undefined) continue;
    const ignore = centralIgnoreOf(entry.finding, file, ignores);
    if (ignore === undefined) continue;
    raw[index] = {
      ...entry,
      finding: { ...entry.finding, suppressed: { by: 'config', reason: ignore.reason, ignore } },
    };
  }
}

function suppressionsOf(
  comments: readonly IgnoreComment[],
  used: ReadonlySet<object>,
  file: ReadFile,
  rules: readonly Rule[],
  active: ReadonlySet<string>,
  failures: ReadonlyMap<string, RuleFailure>,
): readonly Suppression[] {
  const own = rules.map((rule) => rule.meta.id);
  // A file that could not be read whole may hide the very finding that the comment is for.
  const complete = file.source.problems.every((problem) => problem.kind === 'config');
  const variables = variablesOf(file);
  return comments.flatMap((comment) =>
    comment.ids.map((ignored): Suppression => {
      const ran = ignored.rules.every((id) => active.has(id) && !failures.has(id));
      const checked = complete && ran && !dependsOnEnvironment(comment, variables);
      const state = used.has(ignored)
        ? 'used'
        : ignored.rules.length === 0
          ? 'unknown-rule'
          : checked
            ? 'unused'
            : 'not-checked';
      const suggestion = state === 'unknown-rule' ? closest(ignored.id, own) : undefined;
      return { file: file.source.id, id: ignored.id, idAt: ignored.at, state, suggestion, removal: ignored.removal };
    }),
  );
}

/** Where variables stand in a Compose file, in order; none in another file. */
function variablesOf({ source, text }: ReadFile): readonly number[] {
  return source.kind === 'compose' ? [...text.matchAll(/\$\{?[A-Za-z_]/g)].map((match) => match.index) : [];
}

/**
 * Whether a variable of a Compose file stands where a comment speaks of: what is found there may differ from machine to
 * machine, with the `.env` file and the environment.
 */
function dependsOnEnvironment({ scope }: IgnoreComment, variables: readonly number[]): boolean {
  if (scope === undefined) return variables.length > 0;
  let low = 0;
  let high = variables.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((variables[middle] ?? 0) < scope.start) low = middle + 1;
    else high = middle;
  }
  const next = variables[low];
  return next !== undefined && next < scope.end;
}

/**
 * Findings of one rule at one place are one finding: a value in an anchor has one writer and many users. Their users
 * become related places, and a fix mends them all or is not offered. Suppressed ones stand apart.
 */
function joined(raw: readonly RawFinding[]): readonly Finding[] {
  const byPlace = new Map<string, [Finding, ...Finding[]]>();
  for (const { finding } of raw) {
    const { file, span } = finding.at;
    const key = `${finding.suppressed === undefined ? '' : 's'}\0${finding.rule}\0${span.start}\0${span.end}\0${file}`;
    const same = byPlace.get(key);
    if (same === undefined) byPlace.set(key, [finding]);
    else same.push(finding);
  }
  return [...byPlace.values()]
    .map(join)
    .sort((a, b) => a.at.span.start - b.at.span.start || a.at.span.end - b.at.span.end || compare(a.rule, b.rule));
}

const loudness: { readonly [severity in Severity]: number } = { error: 3, warning: 2, info: 1, hint: 0 };

function join(same: readonly [Finding, ...Finding[]]): Finding {
  const [first, ...others] = same;
  if (others.length === 0) return first;
  const related = [...first.related];
  const known = new Set(related.map(({ at }) => placeKey(at)));
  for (const place of others.flatMap((other) => other.related)) {
    const key = placeKey(place.at);
    if (!known.has(key)) related.push(place);
    known.add(key);
  }
  const loudest = others.reduce((a, b) => (loudness[b.severity] > loudness[a.severity] ? b : a), first);
  const fixes = first.fixes.flatMap((fix, index) => {
    if (others.some((other) => other.fixes[index]?.title !== fix.title)) return [];
    return [{ ...fix, changes: same.flatMap((one) => one.fixes[index]?.changes ?? []) }];
  });
  return { ...loudest, related, fixes };
}

function placeKey({ file, span }: Place): string {
  return `${span.start} ${span.end} ${file}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
