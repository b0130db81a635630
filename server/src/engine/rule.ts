// The shape of a rule: what it looks at, and what it may say.
import type { Change, Fix, Safety } from '../model/change.js';
import type { ComposeFile } from '../model/compose/file.js';
import type { ComposeProject } from '../model/compose/project.js';
import type { ComposeService } from '../model/compose/service.js';
import type { VariableReference } from '../model/compose/variable-reference.js';
import type { Dockerfile } from '../model/dockerfile/dockerfile.js';
import type { Instruction } from '../model/dockerfile/instruction.js';
import type { Stage } from '../model/dockerfile/stage.js';
import type { FileKind } from '../model/format.js';
import type { ImageUse } from '../model/image-reference.js';
import type { Manifest } from '../model/kubernetes/manifest.js';
import type { Pod } from '../model/kubernetes/pod.js';
import type { Located } from '../model/located.js';
import type { ShellCommand } from '../model/shell-command.js';
import type { SourceFile, Suppression } from '../model/source-file.js';
import type { Container, Workload } from '../model/workload.js';
import type { WrittenTexts } from '../model/written-text.js';
import type { Place } from '../text/span.js';

/** How bad it is if it is true. `error`: broken, or a clear breach; `hint`: a matter of opinion. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';
/** The chance that a finding is true. */
export type Confidence = 'high' | 'medium' | 'low';
/** Who sees a rule; each one contains those before it. */
export type Profile = 'recommended' | 'strict' | 'all';

/** What a rule can be given, one at a time. */
export interface SubjectMap {
  readonly container: Container;
  readonly workload: Workload;
  /** Only in Kubernetes. */
  readonly pod: Pod;
  readonly image: ImageUse;
  /** Judged by all that it holds, and by the stages it is built on. */
  readonly stage: Stage;
  /**
   * Judged by itself, by what is in force in front of it, and by what its stages are: never by other instructions, for a
   * rule is not asked again when only those change.
   */
  readonly instruction: Instruction;
  /** One for each Dockerfile. */
  readonly dockerfile: Dockerfile;
  readonly command: ShellCommand;
  readonly file: SourceFile;
  /** One for each file: all that is written in it. */
  readonly texts: WrittenTexts;
  readonly manifest: Manifest;
  /** Only in Compose. */
  readonly service: ComposeService;
  readonly composeProject: ComposeProject;
  /** What one Compose file says by itself, whatever is merged with it. */
  readonly composeFile: ComposeFile;
  /** Only in Compose. */
  readonly variableReference: VariableReference;
  /** An id of an ignore comment, after everything else has run. */
  readonly suppression: Suppression;
}

export type SubjectName = keyof SubjectMap;

/** All subjects of a file, by name. */
export type Subjects = {
  readonly [Name in Exclude<SubjectName, 'file' | 'suppression'>]?: readonly SubjectMap[Name][];
};

export type OptionValue = boolean | number | string | readonly string[];

/** One option of a rule. Its type is that of its default. */
export interface Option<T extends OptionValue = OptionValue> {
  readonly default: T;
  readonly description: string;
}

export type OptionSchema = { readonly [name: string]: Option };

type Widen<T> = T extends boolean ? boolean : T extends number ? number : T extends string ? string : readonly string[];
export type OptionsOf<S extends OptionSchema> = { readonly [Name in keyof S]: Widen<S[Name]['default']> };

export interface RuleMeta<S extends OptionSchema = OptionSchema> {
  /** Kebab-case; names the fault. Also the folder, the diagnostic code, the page and the setting key. */
  readonly id: string;
  /** One sentence with its full stop. */
  readonly summary: string;
  readonly severity: Severity | { readonly [kind in FileKind]?: Severity };
  readonly confidence: Confidence;
  readonly profile: Profile;
  /** The version that brought it. */
  readonly since: string;
  /** What it covers. Its page shows each. */
  readonly formats: readonly FileKind[];
  /** Ids of `standards/`; a finding carries those that speak of its format, out of the ones that `report` chooses. */
  readonly standards: readonly string[];
  /** The checks of other tools that judge the same, by tool. One that ends in `*` stands for all that begin so. */
  readonly peers: { readonly [tool: string]: readonly string[] };
  readonly options?: S;
  /** What it marks is a secret: reports that leave the machine cover it. */
  readonly marksSecrets?: true;
}

/** Plain data, resolved for the file before the rule runs. */
export interface Context<S extends OptionSchema = OptionSchema> {
  readonly options: OptionsOf<S>;
  /** The minor number of the Kubernetes version that manifests are judged for: 31 for 1.31. */
  readonly kubernetesMinor: number;
  readonly trustedRegistries: readonly string[];
}

export interface RelatedPlace {
  readonly at: Place;
  readonly message: string;
}

export interface ReportedFix {
  /** An imperative phrase without full stop. */
  readonly title: string;
  readonly safety: Safety;
  readonly change: Change | readonly Change[];
}

/** A fix that the reader of the file has made already. */
export function reportedFix(fix: Fix | undefined): ReportedFix | undefined {
  return fix === undefined ? undefined : { title: fix.title, safety: fix.safety, change: fix.changes };
}

export interface ReportedFinding {
  /** Where it goes; a located field also brings its hops, which become related places. */
  readonly at: Place | Located<unknown>;
  /** Subject first, in quotes; what is wrong; colon; consequence. One sentence, full stop, at most 100 characters. */
  readonly message: string;
  /** The check of another tool that speaks, where the rule passes on what that says: `SC2086`. Ignores may name it. */
  readonly check?: string;
  readonly related?: readonly RelatedPlace[];
  /** Another severity than that of the rule, for a reason that its page gives. */
  readonly severity?: Severity;
  /** A choice among the standards of the rule; those that do not speak of the format are left out here too. */
  readonly standards?: readonly string[];
  /** The first one is the preferred one. */
  readonly fix?: ReportedFix | readonly ReportedFix[] | undefined;
}

export type Report = (finding: ReportedFinding) => void;

export type Checks<S extends OptionSchema = OptionSchema> = {
  readonly [Name in SubjectName]?: (subject: SubjectMap[Name], report: Report, context: Context<S>) => void;
};

export interface Rule<S extends OptionSchema = OptionSchema> {
  readonly meta: RuleMeta<S>;
  readonly check: Checks<S>;
}

/** Gives a rule its types: options in `context` are inferred from their schema. */
export function defineRule<const S extends OptionSchema = Record<never, never>>(rule: Rule<S>): Rule {
  return rule as unknown as Rule;
}

/** The severity of a rule for a kind of file, before configuration. */
export function severityOf(meta: RuleMeta, kind: FileKind): Severity {
  if (typeof meta.severity === 'string') return meta.severity;
  return meta.severity[kind] ?? 'warning';
}
