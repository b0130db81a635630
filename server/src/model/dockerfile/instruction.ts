// One instruction of a Dockerfile, with what is in force where it stands.
import type { Place } from '../../text/span.js';
import type { EnvironmentVariable } from '../environment.js';
import type { Located, Slot } from '../located.js';
import type { Parted } from '../parted.js';
import type { ShellCommand } from '../shell-command.js';
import type { ContainerUser } from '../user.js';
import type { ScriptFinding } from './shell-script.js';
import type { Stage } from './stage.js';

/**
 * What runs the shell form. `powershell` and `cmd` stand for Windows and for a SHELL that names them; `other` is a
 * program whose language nobody here reads.
 */
export type Interpreter = 'shell' | 'powershell' | 'cmd' | 'other';

export interface Instruction extends Parted {
  /** What its commands were read from, and what runs them. */
  readonly part: object | undefined;
  /** Upper case. */
  readonly keyword: string;
  readonly keywordAt: Place;
  /** As it is written: the keyword, and what stands behind it and its flags, continuation lines joined. */
  readonly written: { readonly keyword: string; readonly rest: string };
  /** The whole instruction with its continuation lines and heredocs. */
  readonly at: Place;
  readonly slot: Slot;
  /** Undefined before the first FROM. */
  readonly stage: Stage | undefined;
  /** True for the trigger inside ONBUILD. */
  readonly onbuild: boolean;
  /** What stands behind the keyword and its flags, without the heredocs. Empty where nothing does. */
  readonly rest: Place;
  /**
   * The words behind the keyword and its flags, variables resolved where they are known. JSON form: its strings. The
   * first one of HEALTHCHECK is CMD or NONE.
   */
  readonly arguments: readonly Located<string>[];
  /** The same as they are written, with their quotes and variables; strings of JSON are decoded. */
  readonly writtenArguments: readonly string[];
  readonly form: 'shell' | 'json';
  /** The bodies of its heredocs. */
  readonly heredocs: readonly string[];
  readonly flags: readonly Flag[];
  /** The assignments of ENV and ARG (whose value may be absent), and the pairs of LABEL. */
  readonly assignments: readonly EnvironmentVariable[];
  /** Whether ENV or LABEL is written without `=`: `ENV NAME value`. */
  readonly oldForm: boolean;
  /** The user of USER. */
  readonly user: Located<ContainerUser> | undefined;
  /**
   * The commands of RUN, CMD, ENTRYPOINT and HEALTHCHECK in the order of the text, nested ones included: see
   * {@link ShellCommand}. None where no shell that can be read runs them.
   */
  readonly commands: readonly ShellCommand[];
  /**
   * The script of RUN, CMD, ENTRYPOINT or HEALTHCHECK as ShellCheck is given it, with the variables that are set in front
   * of it. Undefined where there is none, or none that ShellCheck reads.
   */
  readonly script: string | undefined;
  /** What ShellCheck says about the script. None where nobody has asked it. */
  readonly scriptFindings: readonly ScriptFinding[];
  /** What runs its shell form, heredocs that choose for themselves aside. */
  readonly interpreter: Interpreter;
  /** The stages that it names: FROM, `COPY --from`, `RUN --mount=from=`. Images from outside are not among them. */
  readonly stageReferences: readonly StageReference[];
  /** The variables in what the builder itself resolves: not those of shell commands. */
  readonly variables: readonly VariableUse[];
  /**
   * Uses outside those words: in the heredocs of COPY and ADD, in `RUN --mount`, and in scripts of RUN, there only of what
   * ARG and ENV set, as far as the script itself leaves it alone. For a person who points at one: rules do not ask.
   */
  readonly textVariables: readonly VariableUse[];
  /** What ARG and ENV name, as it is behind them. */
  readonly declared: readonly VariableUse[];
  /** The lines without text between its own, which Docker warns of. */
  readonly blankLines: readonly BlankLine[];
  /**
   * The keywords that begin a later line of it: a line above goes on by mistake, most probably, or a heredoc is not ended.
   * Docker takes them for a part of this one.
   */
  readonly swallowed: ReadonlySet<string>;
  /** The USER in force in front of it, inherited through the stages below; absent where the base image decides. */
  readonly runsAs: Located<ContainerUser>;
  /** The WORKDIR in force in front of it, absolute where that is known; absent where the base image decides. */
  readonly workdir: Located<string>;
  /** The SHELL in force in front of it. */
  readonly shell: Instruction | undefined;
  /**
   * The value of a variable in front of it, set by ENV or ARG of its stage or ENV of a stage below; its place is where
   * it is set. Absent where nobody in the file sets it: the base image may. ARG without a default is unknown.
   */
  environment(name: string): Located<string>;
  /** Whether a name stands anywhere in its text, heredocs, flags and comments among it, as a word. */
  mentions(name: string): boolean;
  /** The names of the variables that are declared in front of it. */
  variableNames(): readonly string[];
}

export interface BlankLine {
  /** From line start to line end. */
  readonly at: Place;
  /** With its line end. */
  readonly whole: Place;
}

/** `--name=value`; a `--mount` has its options in `options`. */
export interface Flag {
  /** Without the dashes, lower case. */
  readonly name: string;
  readonly at: Place;
  /** Its slot takes the whole flag away. */
  readonly value: Located<string>;
  readonly options: readonly FlagOption[];
}

export interface FlagOption {
  readonly name: string;
  readonly value: Located<string>;
}

/** The name or number of a stage where it is used. */
export interface StageReference {
  readonly by: 'from' | 'copy' | 'mount';
  readonly text: string;
  readonly at: Place;
  /** Whether it is a number: `COPY --from=0`. */
  readonly isNumber: boolean;
  /**
   * The stage that is meant, wherever it stands; undefined where a number is too large, or for a name that is an image
   * at most by its looks: see {@link StageReference.mayBeImage}.
   */
  readonly stage: Stage | undefined;
  /** Whether a name that no stage has could be that of an image. */
  readonly mayBeImage: boolean;
}

/** A use of a variable, or where it is declared. */
export interface VariableUse {
  readonly name: string;
  /** From the dollar sign to the end, braces included; of a declaration the name. */
  readonly at: Place;
  readonly nameAt: Place;
  /** `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/`, `//`; undefined for `$NAME` and `${NAME}`. */
  readonly operator: string | undefined;
  /** What stands behind the operator, as it is written; undefined where there is none. */
  readonly operand: { readonly text: string; readonly at: Place } | undefined;
  /**
   * `unset`: an ARG without a default. `builtin`: one that the builder sets. `undeclared`: nobody in this file names it,
   * where it is used; a base image may.
   */
  readonly state: 'set' | 'unset' | 'unknown' | 'builtin' | 'undeclared';
  /** Its value, where it is known. */
  readonly value: string | undefined;
  /** What the whole comes to, operator and operand included, where that is known. */
  readonly result: string | undefined;
  /** Where it is set or declared. */
  readonly setAt: Place | undefined;
}
