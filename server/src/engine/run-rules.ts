// Gives every subject of a file to every rule that looks at it, and collects what they say.
import type { Change, Fix } from '../model/change.js';
import type { Hop, Located } from '../model/located.js';
import { oneLine } from '../text/one-line.js';
import type { Place } from '../text/span.js';
import type { Finding, RuleFailure } from './finding.js';
import { judgedIds } from './ignores/judged-ids.js';
import { hasEnded, ignoreComments } from './ignores/plimsoll.js';
import { type RawFinding, suppressByComments, suppressByForeign, suppressCentrally } from './ignores/suppress.js';
import { foreignIgnores } from './ignores/tools.js';
import type { ReadFile, SubjectGroup, SubjectGroups } from './language.js';
import type {
  Context,
  RelatedPlace,
  ReportedFinding,
  ReportedFix,
  Rule,
  Severity,
  SubjectMap,
  SubjectName,
  Subjects,
} from './rule.js';
import { activation, effectiveSeverity, loudness, type Settings } from './settings.js';

export interface RunRequest {
  readonly file: ReadFile;
  /** All rules there are, the same list each time: what one had nothing to say of, it is not asked again. The settings say which run. */
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  /** What was found in texts of other formats inside the file. Comments around them count for it. */
  readonly embedded?: readonly Finding[] | undefined;
  /** Rules that cannot judge the whole file yet: that an ignore of theirs silences nothing says nothing. */
  readonly unasked?: ReadonlySet<string> | undefined;
  /** Whether a standard speaks of this kind of file. */
  readonly appliesTo: (standard: string, kind: ReadFile['source']['kind']) => boolean;
}

export interface RunResult {
  /** In the order of the text; suppressed ones among them. */
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
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
  const raw: RawFinding[] = (request.embedded ?? []).map((finding) => ({ finding, hops: [], lacks: undefined }));
  const failures = new Map<string, RuleFailure>();
  // A project has several files, and each finding is told where a person has to edit.
  const report = (rule: Rule, severity: Severity | 'default', reported: ReportedFinding) => {
    if (placeOf(reported).file === file.source.id) raw.push(rawFinding(request, rule, severity, reported));
    else told++;
  };
  let told = 0;
  const run = <Name extends SubjectName>(
    name: Name,
    groupsFor: (judges: readonly ActiveRule[]) => readonly Group<SubjectMap[Name]>[],
  ) => {
    const judges = active.judging(name);
    if (judges.length === 0) return;
    const groups = groupsFor(judges);
    for (const { silence, size, members } of groups) {
      const asked = silence?.size === size ? silence.speaking : judges;
      if (asked.length === 0) continue;
      const speaking: ActiveRule[] = [];
      for (const judge of asked) {
        const { rule, severity, context } = judge;
        const check = rule.check[name];
        if (check === undefined) continue;
        const before = raw.length + told;
        let failed = false;
        for (const subject of members()) {
          try {
            check(subject, (reported) => report(rule, severity, reported), context);
          } catch (error) {
            failed = true;
            if (!failures.has(rule.meta.id)) failures.set(rule.meta.id, { rule: rule.meta.id, error });
          }
        }
        if (raw.length + told > before || failed) speaking.push(judge);
      }
      if (silence === undefined) continue;
      silence.size = size;
      silence.speaking = speaking.length === 0 ? none : speaking;
    }
  };
  run('file', () => [alone([file.source])]);
  for (const name of names) run(name, (judges) => groupsOf(file, name, judges));

  const { inlineIgnores, unheardTools, today, ignores } = request.settings;
  const comments = inlineIgnores ? ignoreComments(file, rules) : [];
  if (comments.length > 0) {
    const valid = comments.filter((comment) => !hasEnded(comment, today));
    const used = suppressByComments(raw, valid);
    const first = raw.length;
    // What speaks of the comments themselves has not spoken yet.
    const spoken = active.rules.filter(({ rule }) => rule.check.suppression === undefined);
    const isWhole = (id: string) => !failures.has(id) && request.unasked?.has(id) !== true;
    const ran = new Set(spoken.map(({ rule }) => rule.meta.id).filter(isWhole));
    run('suppression', () => [alone(judgedIds({ file, comments, used, rules, ran, today }))]);
    suppressByComments(raw, valid, first);
  }
  const foreign = inlineIgnores && raw.length > 0 ? foreignIgnores(file, rules, { today, unheard: unheardTools }) : [];
  if (foreign.length > 0) suppressByForeign(raw, foreign, file);
  if (ignores.length > 0) suppressCentrally(raw, ignores, file);
  return { findings: joined(raw), failures: [...failures.values()] };
}

/** The subjects that files have, in the order in which rules are asked about them. */
const names = [
  'texts',
  'container',
  'workload',
  'pod',
  'service',
  'image',
  'stage',
  'dockerfile',
  'instruction',
  'command',
  'manifest',
  'composeProject',
  'composeFile',
  'variableReference',
] as const satisfies readonly (keyof Subjects)[];

/** Subjects that were read from the same part of the file. */
interface Group<T> {
  readonly silence: Silence | undefined;
  /** How many there are; as far as is known without reading them. */
  readonly size: number;
  readonly members: () => readonly T[];
}

function alone<T>(subjects: readonly T[]): Group<T> {
  return { silence: undefined, size: subjects.length, members: () => subjects };
}

function groupsOf<Name extends keyof Subjects>(
  file: ReadFile,
  name: Name,
  judges: readonly ActiveRule[],
): readonly Group<SubjectMap[Name]>[] {
  const groups: SubjectGroups = file.groups ?? {};
  const known: readonly SubjectGroup<SubjectMap[Name]>[] | undefined = groups[name];
  if (known !== undefined) {
    return known.map(({ part, members }) => ({ silence: silenceOf(judges, part), size: 0, members }));
  }
  const subjects: readonly SubjectMap[Name][] = file.subjects[name] ?? [];
  return subjects.length === 0 ? [] : neighbours(file, subjects, judges);
}

/** Neighbours that were read from the same part of the file. */
function neighbours<T extends object>(
  { partOf }: ReadFile,
  subjects: readonly T[],
  judges: readonly ActiveRule[],
): readonly Group<T>[] {
  if (partOf === undefined) return [alone(subjects)];
  const found: { readonly part: object | undefined; readonly members: T[] }[] = [];
  for (const subject of subjects) {
    const part = partOf(subject);
    const last = found.at(-1);
    if (last !== undefined && last.part === part) last.members.push(subject);
    else found.push({ part, members: [subject] });
  }
  return found.map(({ part, members }) => ({
    silence: part === undefined ? undefined : silenceOf(judges, part),
    size: members.length,
    members: () => members,
  }));
}

/** Which rules have something to say of a part: the others need not be asked again. */
interface Silence {
  /** Of how many subjects, as far as that was known; undefined where nobody was asked. */
  size: number | undefined;
  speaking: readonly ActiveRule[];
}

/** One list for all parts of which nobody has anything to say: they are most. */
const none: readonly ActiveRule[] = [];

/**
 * By the rules that look at one kind of subject with certain settings, and by part: several kinds of subjects may be read
 * from the same one. Rules are pure: where neither has changed, they have nothing to say again, and most of them never have.
 */
const silences = new WeakMap<readonly ActiveRule[], WeakMap<object, Silence>>();

function silenceOf(judges: readonly ActiveRule[], part: object): Silence {
  const byPart = silences.get(judges) ?? new WeakMap<object, Silence>();
  silences.set(judges, byPart);
  const silent: Silence = byPart.get(part) ?? { size: undefined, speaking: none };
  byPart.set(part, silent);
  return silent;
}

/** The rules that run on a kind of file with certain settings. */
interface Active {
  readonly of: readonly Rule[];
  readonly rules: readonly ActiveRule[];
  /** Those that look at a subject: the same list each time. */
  judging(name: SubjectName): readonly ActiveRule[];
}

/** Settings stay the same from one keystroke to the next, while files of other kinds are linted in between. */
const lastActive = new WeakMap<Settings, Map<ReadFile['source']['kind'], Active>>();

function activeRules({ file, rules, settings }: RunRequest): Active {
  const { kind } = file.source;
  const byKind = lastActive.get(settings) ?? new Map<typeof kind, Active>();
  lastActive.set(settings, byKind);
  const last = byKind.get(kind);
  if (last?.of === rules) return last;
  const active: ActiveRule[] = [];
  for (const rule of rules) {
    const severity = activation(rule, settings, kind);
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
  const byName = new Map<SubjectName, readonly ActiveRule[]>();
  const judging = (name: SubjectName): readonly ActiveRule[] => {
    const found = byName.get(name) ?? active.filter(({ rule }) => rule.check[name] !== undefined);
    byName.set(name, found);
    return found;
  };
  const all = { of: rules, rules: active, judging };
  byKind.set(kind, all);
  return all;
}

function rawFinding(
  { file, appliesTo }: RunRequest,
  rule: Rule,
  set: Severity | 'default',
  reported: ReportedFinding,
): RawFinding {
  const { meta } = rule;
  const kind = file.source.kind;
  const at = placeOf(reported);
  const hops = 'span' in reported.at ? [] : hopsOf(reported.at);
  const fixes = reported.fix === undefined ? [] : isList(reported.fix) ? reported.fix : [reported.fix];
  const finding: Finding = {
    rule: meta.id,
    severity: effectiveSeverity(rule, set, reported.severity, kind),
    confidence: meta.confidence,
    message: oneLine(reported.message),
    ...(reported.check === undefined ? {} : { check: reported.check }),
    at,
    related: [...(reported.related ?? []).map(relatedOf), ...hops.map(relatedHop)],
    standards: (reported.standards ?? meta.standards).filter((standard) => appliesTo(standard, kind)),
    fixes: fixes.map((fix) => fixOf(fix, file)),
    ...(meta.marksSecrets === true ? { secret: true as const } : {}),
    suppressed: undefined,
  };
  const lacks = 'span' in reported.at || reported.at.kind !== 'absent' ? undefined : reported.at.slot;
  const here = hops.flatMap((hop) => (hop.at.file === at.file ? hop.at : []));
  return { finding, hops: here, lacks };
}

function placeOf({ at }: ReportedFinding): Place {
  return 'span' in at ? at : at.at;
}

function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

function relatedOf({ at, message }: RelatedPlace): RelatedPlace {
  return { at, message: oneLine(message) };
}

function fixOf(fix: ReportedFix, { source }: ReadFile): Fix {
  return {
    title: oneLine(fix.title),
    safety: source.problems.some(({ isTemplate }) => isTemplate) ? 'unsafe' : fix.safety,
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
  override: 'It overrides what is here.',
  'pod-default': 'It is inherited here.',
};

function relatedHop(hop: Hop): RelatedPlace {
  return { at: hop.at, message: hopMessages[hop.kind] };
}

/**
 * Findings of one rule (or of one check that it passes on) at one place are one finding: a value in an anchor has one writer and many users. Their users
 * become related places, what they breach counts together, and a fix mends them all or is not offered.
 * Suppressed ones stand apart.
 */
function joined(raw: readonly RawFinding[]): readonly Finding[] {
  const byPlace = new Map<string, [Finding, ...Finding[]]>();
  for (const { finding } of raw) {
    const { file, span } = finding.at;
    const rule = `${finding.rule} ${finding.check ?? ''}`;
    const key = `${finding.suppressed === undefined ? '' : 's'}\0${rule}\0${span.start}\0${span.end}\0${file}`;
    const same = byPlace.get(key);
    if (same === undefined) byPlace.set(key, [finding]);
    else same.push(finding);
  }
  return [...byPlace.values()].map(join).sort(inOrder);
}

/** The order of findings in a text. */
export function inOrder(a: Finding, b: Finding): number {
  return a.at.span.start - b.at.span.start || a.at.span.end - b.at.span.end || compare(a.rule, b.rule);
}

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
  const standards = [...new Set(same.flatMap((one) => one.standards))];
  return { ...loudest, related, standards, fixes };
}

function placeKey({ file, span }: Place): string {
  return `${span.start} ${span.end} ${file}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
