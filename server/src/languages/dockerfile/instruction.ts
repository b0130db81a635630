// One instruction of a Dockerfile as the model sees it.

import type { Flag, FlagOption, Instruction, Interpreter, VariableUse } from '../../model/dockerfile/instruction.js';
import type { ShellFindings } from '../../model/dockerfile/shell-script.js';
import type { Stage } from '../../model/dockerfile/stage.js';
import type { EnvironmentVariable } from '../../model/environment.js';
import { type Located, mapLocated, type Slot } from '../../model/located.js';
import { type ContainerUser, containerUser } from '../../model/user.js';
import { leading } from '../../text/leading.js';
import { type MappedText, verbatim } from '../../text/mapped-text.js';
import type { Place, Span } from '../../text/span.js';
import { blankLinesOf } from './blank-lines.js';
import { mountOptions } from './mount-options.js';
import { type CheckedScript, checkedScript, placed } from './script/checked-script.js';
import { readCommands, runsCommands } from './script/commands.js';
import { execScript } from './script/exec-script.js';
import { hasPlaceholder, placeholdersIn } from './script/placeholders.js';
import { scriptOf } from './script/script.js';
import type { DockerfileSlot, Target } from './slot.js';
import type { RawInstruction, Split } from './split.js';
import { readStageReferences, type StageIndex } from './stage-references.js';
import type { Escape, RawFlag, Statement } from './statement.js';
import { swallowedBy } from './swallowed.js';
import { expand, isLiteral, noVariables } from './variables/expand.js';
import { type Lookup, lookUp, namesIn, type Scope, type Variable } from './variables/scope.js';
import { declaredVariable, readScriptUses, readVariableUses } from './variables/variable-uses.js';
import { argumentSpans, isOldForm } from './words.js';

export interface ReadInstruction {
  /** Whether its variables answer as they did when rules asked for them. */
  answersAs(part: AskedPart): boolean;
  readonly raw: RawInstruction;
  /** The instruction itself, or the trigger of ONBUILD. */
  readonly statement: Statement;
  readonly instruction: Instruction;
  /** Told when the whole file has been read, see {@link Instruction.part}. */
  takePart(commands: CommandsPart | undefined, own: AskedPart): void;
}

/** What rules wanted to know of what is in front of an instruction. */
export interface AskedPart {
  /** By the name of a variable, or one of {@link inForce}: what the answer was, without its place. */
  asked: Map<string, string> | undefined;
  /** Whether they wanted to know all names. */
  askedForAll: boolean;
}

/** The last commands that were read from a part, and where it began then: moved, they would be others. */
export interface CommandsPart {
  last?: { readonly start: number; readonly commands: WeakRef<Instruction['commands']> };
}

/** BuildKit itself resolves variables in the arguments of these. */
const expanding: ReadonlySet<string> = new Set([
  'ADD',
  'ARG',
  'COPY',
  'ENV',
  'EXPOSE',
  'FROM',
  'LABEL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

/** What is in force at a place: the same object as long as it does not change. */
export interface Situation {
  /** What runs the shell form. */
  readonly interpreter: Interpreter;
  readonly runsAs: Located<ContainerUser>;
  readonly workdir: Located<string>;
  readonly shell: Instruction | undefined;
  /** The shell that a comment names, where no SHELL does. */
  readonly toldShell?: string | undefined;
}

interface InstructionParts {
  readonly raw: RawInstruction;
  readonly statement: Statement;
  readonly stage: Stage | undefined;
  readonly onbuild: boolean;
  readonly scope: Scope;
  /** Its position among all instructions, which says what of the scope it sees. */
  readonly order: number;
  readonly situation: Situation;
  /** Complete when the whole file has been read. */
  readonly index: StageIndex;
  /** What is known of scripts; undefined where nobody asks ShellCheck. */
  readonly shellFindings: ShellFindings | undefined;
}

export function makeInstruction(split: Split, parts: InstructionParts): ReadInstruction {
  const { raw, statement } = parts;
  const instruction = new LazyInstruction(split, parts);
  return {
    raw,
    statement,
    instruction,
    takePart: (commands, own) => instruction.takePart(commands, own),
    answersAs: (part) => instruction.answersAs(part),
  };
}

/**
 * Many files are read and few of their arguments looked at: what is dear is read when it is asked for. A class, since an
 * object with getters of its own takes kilobytes, and a file has hundreds of instructions.
 */
class LazyInstruction implements Instruction {
  readonly keyword: string;
  readonly keywordAt: Place;
  readonly at: Place;
  readonly slot: Slot;
  readonly stage: Stage | undefined;
  readonly onbuild: boolean;
  readonly form: Instruction['form'];
  readonly user: Instruction['user'];
  readonly #split: Split;
  readonly #parts: InstructionParts;
  readonly #lookup: Lookup;
  #arguments: Instruction['arguments'] | undefined;
  #flags: Instruction['flags'] | undefined;
  #assignments: Instruction['assignments'] | undefined;
  #stageReferences: Instruction['stageReferences'] | undefined;
  #part: CommandsPart | undefined;
  #asked: AskedPart | undefined;
  /** Looked at by many rules in a row and then no more; kept, they would be most of what a file leaves in memory. */
  #commands: WeakRef<Instruction['commands']> | undefined;

  constructor(split: Split, parts: InstructionParts) {
    const { raw, statement, stage, onbuild, scope, order } = parts;
    const { line, keyword } = statement;
    const { file } = split;
    this.#split = split;
    this.#parts = parts;
    this.#lookup = lookUp(scope, order);
    this.keyword = keyword;
    this.keywordAt = placeOf(line, statement.keywordSpan);
    this.at = { file, span: { start: onbuild ? this.keywordAt.span.start : raw.span.start, end: raw.span.end } };
    this.slot = slotOf(split, raw, statement, { part: 'instruction' });
    this.stage = stage;
    this.onbuild = onbuild;
    this.form = statement.json?.onlyStrings === true ? 'json' : 'shell';
    this.user = keyword === 'USER' ? readUser(split, raw, statement, this.#lookup) : undefined;
  }

  get written(): Instruction['written'] {
    const { line, keywordSpan, rest } = this.#parts.statement;
    return { keyword: textOf(line, keywordSpan), rest: textOf(line, rest) };
  }

  get part(): object | undefined {
    return this.#part;
  }

  takePart(commands: CommandsPart | undefined, own: AskedPart): void {
    this.#part = commands;
    this.#asked = own;
  }

  answersAs({ asked, askedForAll }: AskedPart): boolean {
    if (askedForAll) return false;
    for (const [name, answer] of asked ?? []) {
      const read = inForce.get(name);
      const now = read === undefined ? answerOf(this.#lookup(name)) : read(this.#parts.situation);
      if (now !== answer) return false;
    }
    return true;
  }

  #remember(name: string, answer: string): void {
    if (this.#asked === undefined) return;
    this.#asked.asked ??= new Map();
    this.#asked.asked.set(name, answer);
  }

  /** What is in force in front of it, remembered as asked for. */
  #situationFor(name: string): Situation {
    const { situation } = this.#parts;
    if (this.#asked !== undefined) this.#remember(name, inForce.get(name)?.(situation) ?? '');
    return situation;
  }

  get rest(): Place {
    const { line, rest } = this.#parts.statement;
    return placeOf(line, rest);
  }

  get arguments(): Instruction['arguments'] {
    this.#arguments ??= readArguments(this.#split, this.#parts, this.#lookup);
    return this.#arguments;
  }

  get writtenArguments(): Instruction['writtenArguments'] {
    const { statement } = this.#parts;
    const offset = statement.subcommand === undefined ? 0 : 1;
    return argumentSpans(statement).map(
      (span, index) => statement.json?.items[index - offset]?.value.value ?? textOf(statement.line, span),
    );
  }

  get assignments(): Instruction['assignments'] {
    const isPaired = this.keyword === 'ENV' || this.keyword === 'ARG' || this.keyword === 'LABEL';
    this.#assignments ??= isPaired ? readAssignments(this.#split, this.#parts, this.#lookup) : none;
    return this.#assignments;
  }

  get oldForm(): boolean {
    const { statement } = this.#parts;
    const mayBe = this.keyword === 'ENV' || this.keyword === 'LABEL';
    return mayBe && isOldForm(statement, argumentSpans(statement));
  }

  get heredocs(): readonly string[] {
    const { text } = this.#split;
    return this.#parts.raw.heredocs.map(({ body }) => text.slice(body.start, body.end));
  }

  get flags(): Instruction['flags'] {
    const { statement } = this.#parts;
    if (statement.flags.length === 0) return none;
    this.#flags ??= statement.flags.map((flag, index) => readFlag(this.#split, this.#parts, this.#lookup, flag, index));
    return this.#flags;
  }

  get commands(): Instruction['commands'] {
    const { raw, statement, situation } = this.#parts;
    const { start } = raw.span;
    const last = this.#part?.last;
    const known = this.#commands?.deref() ?? (last?.start === start ? last.commands.deref() : undefined);
    if (known !== undefined) return known;
    const commands = readCommands(this.#split, raw, statement, situation.interpreter);
    if (commands.length === 0) return commands;
    this.#commands = new WeakRef(commands);
    if (this.#part !== undefined) this.#part.last = { start, commands: this.#commands };
    return commands;
  }

  get script(): Instruction['script'] {
    return readCheckedScript(this.#split, this.#parts, this.#lookup)?.input;
  }

  get scriptFindings(): Instruction['scriptFindings'] {
    const { shellFindings } = this.#parts;
    if (shellFindings === undefined) return none;
    const script = readCheckedScript(this.#split, this.#parts, this.#lookup);
    const findings = script === undefined ? none : (shellFindings(script.input) ?? none);
    return script === undefined || findings.length === 0 ? none : placed(script, findings);
  }

  get interpreter(): Interpreter {
    return this.#parts.situation.interpreter;
  }

  get stageReferences(): Instruction['stageReferences'] {
    const { statement, stage, index } = this.#parts;
    if (statement.flags.length === 0 && statement.keyword !== 'FROM') return none;
    this.#stageReferences ??= readStageReferences(statement, stage, this.#lookup, index);
    return this.#stageReferences;
  }

  get variables(): Instruction['variables'] {
    const { statement } = this.#parts;
    const { line, keywordSpan, rest, escape } = statement;
    if (!expanding.has(this.keyword) || !line.value.includes('$')) return none;
    return readVariableUses(line.slice(keywordSpan.end, rest.end), escape, this.#lookup);
  }

  get textVariables(): Instruction['textVariables'] {
    return readTextVariables(this.#split, this.#parts, this.#lookup);
  }

  get declared(): Instruction['declared'] {
    if (this.onbuild || (this.keyword !== 'ARG' && this.keyword !== 'ENV')) return none;
    const behind = lookUp(this.#parts.scope, this.#parts.order + 1);
    return this.assignments.map(({ name, nameAt }) => declaredVariable(name, nameAt, behind));
  }

  get blankLines(): Instruction['blankLines'] {
    return blankLinesOf(this.#split, this.#parts.raw);
  }

  get swallowed(): Instruction['swallowed'] {
    return swallowedBy(this.#split, this.#parts.raw);
  }

  get runsAs(): Instruction['runsAs'] {
    return this.#situationFor(' runsAs').runsAs;
  }

  get workdir(): Instruction['workdir'] {
    return this.#situationFor(' workdir').workdir;
  }

  get shell(): Instruction | undefined {
    return this.#situationFor(' shell').shell;
  }

  environment(name: string): Located<string> {
    const variable = this.#lookup(name);
    this.#remember(name, answerOf(variable));
    const { slot } = this;
    switch (variable.kind) {
      case 'set':
        return { kind: 'known', value: variable.value, at: variable.at, via: [], slot };
      case 'undeclared':
        return { kind: 'absent', at: this.keywordAt, slot };
      default:
        return { kind: 'unknown', at: variable.at ?? this.keywordAt, via: [], slot };
    }
  }

  mentions(name: string): boolean {
    const { span } = this.#parts.raw;
    const text = this.#split.text.slice(span.start, span.end);
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      if (!/\w/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + name.length))) return true;
    }
    return false;
  }

  variableNames(): readonly string[] {
    if (this.#asked !== undefined) this.#asked.askedForAll = true;
    return namesIn(this.#parts.scope, this.#parts.order);
  }
}

/** What is in force in front of an instruction beside variables, whose names begin with no blank. */
const inForce: ReadonlyMap<string, (situation: Situation) => string> = new Map([
  [' runsAs', ({ runsAs }) => (runsAs.kind === 'known' ? `known ${runsAs.value.text}` : runsAs.kind)],
  [' workdir', ({ workdir }) => (workdir.kind === 'known' ? `known ${workdir.value}` : workdir.kind)],
  [' shell', ({ shell }) => (shell === undefined ? '' : `known ${shell.written.rest}`)],
]);

/** What a variable comes to, wherever it is set. */
function answerOf(variable: Variable): string {
  return variable.kind === 'set' ? `set ${variable.value}` : variable.kind;
}

const none: readonly [] = [];

function readCheckedScript(
  split: Split,
  { raw, statement, situation, scope, order }: InstructionParts,
  lookup: Lookup,
): CheckedScript | undefined {
  const { keyword, json, line, subcommand } = statement;
  if (!runsCommands(keyword)) return undefined;
  if (subcommand !== undefined && textOf(line, subcommand).toUpperCase() !== 'CMD') return undefined;
  const exec = json === undefined ? undefined : execScript(json);
  const text = exec?.text ?? scriptOf(split, raw, statement, situation.interpreter);
  if (text === undefined) return undefined;
  const variables = new Map<string, string | undefined>();
  for (const name of exec?.names ?? none) variables.set(name, undefined);
  if (keyword === 'RUN') {
    for (const name of secretVariables(statement)) variables.set(name, undefined);
    for (const name of namesIn(scope, order)) {
      const variable = lookup(name);
      // What the builder sets is a word: `linux/amd64`, a URL, a number.
      const isWord = variable.kind === 'unknown' && variable.builtin === true;
      variables.set(name, variable.kind === 'set' ? variable.value : isWord ? 'word' : undefined);
    }
  } else {
    // Whoever starts a container sets them, and some are meant to be split: `java $JAVA_OPTS`.
    for (const [, name = ''] of text.value.matchAll(/\$\{?([A-Za-z_]\w*)/g)) variables.set(name, 'word');
  }
  const { toldShell } = situation;
  const words = situation.shell?.arguments.map((word) => (word.kind === 'known' ? word.value : ''));
  const shell = exec?.shell ?? (toldShell === undefined ? words : [toldShell]);
  return checkedScript(text, { shell, variables, isJson: exec !== undefined });
}

/** The variables that `--mount=type=secret,env=NAME` sets. */
function secretVariables({ flags }: Statement): readonly string[] {
  return flags.flatMap(({ name, value }) => {
    const options = name === 'mount' && value !== undefined ? mountOptions(value) : [];
    return options.flatMap((option) => (option.name === 'env' ? (option.value?.value ?? none) : none));
  });
}

function readTextVariables(
  split: Split,
  { raw, statement, situation }: InstructionParts,
  lookup: Lookup,
): readonly VariableUse[] {
  const { keyword, escape, flags } = statement;
  if (keyword === 'COPY' || keyword === 'ADD') {
    const { file, text } = split;
    return raw.heredocs.flatMap(({ body, expand: expands }) =>
      expands
        ? readVariableUses(verbatim(text.slice(body.start, body.end), { file, span: body }), '\\', lookup, false)
        : none,
    );
  }
  if (keyword !== 'RUN') return none;
  const options = flags.flatMap(({ name, value }) =>
    name === 'mount' && value !== undefined ? mountOptions(value) : [],
  );
  const script = scriptOf(split, raw, statement, situation.interpreter);
  return [
    ...options.flatMap(({ name, value }) =>
      name === 'from' || value === undefined ? none : readVariableUses(value, escape, lookup),
    ),
    ...(script === undefined ? none : readScriptUses(script, lookup)),
  ];
}

function readArguments(split: Split, { raw, statement }: InstructionParts, lookup: Lookup): readonly Located<string>[] {
  const { line, json, escape, keyword } = statement;
  const variables = expanding.has(keyword);
  const offset = statement.subcommand === undefined ? 0 : 1;
  const open = placeholdersIn(line.value);
  return argumentSpans(statement).map((span, index) => {
    const item = json?.items[index - offset];
    const first = open[leading(open, ({ end }) => end <= span.start)];
    const isOpen = first !== undefined && first.start < span.end;
    const value = isOpen
      ? undefined
      : item === undefined
        ? expandPart(line, span, variables ? escape : '\\', variables ? lookup : noVariables)
        : variables
          ? expand(item.value, escape, lookup)?.value
          : item.value.value;
    return located(value, placeOf(line, span), slotOf(split, raw, statement, { part: 'argument', index }));
  });
}

function readFlag(
  split: Split,
  { raw, statement }: InstructionParts,
  lookup: Lookup,
  flag: RawFlag,
  index: number,
): Flag {
  const { line, escape } = statement;
  const at = placeOf(line, flag.span);
  const slot = slotOf(split, raw, statement, { part: 'flag', index });
  const optionSlot = slotOf(split, raw, statement, { part: 'none' });
  const valueIn = (source: MappedText | undefined, own: Slot): Located<string> =>
    source === undefined
      ? { kind: 'absent', at, slot: own }
      : located(hasPlaceholder(source.value) ? undefined : expand(source, escape, lookup)?.value, source.place, own);
  const options: FlagOption[] =
    flag.name === 'mount' && flag.value !== undefined
      ? mountOptions(flag.value).map(({ name, value }) => ({ name, value: valueIn(value, optionSlot) }))
      : [];
  return { name: flag.name, at, value: valueIn(flag.value, slot), options };
}

function readUser(split: Split, raw: RawInstruction, statement: Statement, lookup: Lookup): Located<ContainerUser> {
  const { line, rest, escape } = statement;
  const isEmpty = rest.start >= rest.end;
  const at = placeOf(line, isEmpty ? statement.keywordSpan : rest);
  const slot = slotOf(split, raw, statement, { part: 'argument', index: 0 });
  if (isEmpty) return { kind: 'unknown', at, via: [], slot };
  return mapLocated(located(expandPart(line, rest, escape, lookup), at, slot), containerUser);
}

function readAssignments(
  split: Split,
  { raw, statement }: InstructionParts,
  before: Lookup,
): readonly EnvironmentVariable[] {
  const { line, escape } = statement;
  const spans = argumentSpans(statement);
  // What an ARG has in front of a value counts in it already; with ENV the whole instruction counts at once.
  const earlier = new Map<string, Variable>();
  const lookup: Lookup = statement.keyword === 'ARG' ? (name) => earlier.get(name) ?? before(name) : before;
  const make = (index: number, nameSpan: Span, valueSpan: Span | undefined): EnvironmentVariable => {
    const slot = slotOf(split, raw, statement, { part: 'assignment', index });
    const nameAt = placeOf(line, nameSpan);
    const name = expandPart(line, nameSpan, escape, lookup) ?? textOf(line, nameSpan);
    const rest = { name, nameAt, slot, externalise: undefined };
    if (valueSpan === undefined) return { ...rest, value: { kind: 'absent', at: nameAt, slot }, literal: true };
    const literal = expandPart(line, valueSpan, escape, noVariables);
    const value = literal ?? expandPart(line, valueSpan, escape, lookup);
    earlier.set(name, value === undefined ? { kind: 'unknown', at: nameAt } : { kind: 'set', value, at: nameAt });
    return { ...rest, value: located(value, placeOf(line, valueSpan), slot), literal: literal !== undefined };
  };
  if (isOldForm(statement, spans)) {
    const [name, value] = spans;
    return name === undefined ? [] : [make(0, name, value)];
  }
  return spans.map((span, index) => {
    const equals = textOf(line, span).indexOf('=');
    if (equals < 0) return make(index, span, undefined);
    const nameEnd = span.start + equals;
    return make(index, { start: span.start, end: nameEnd }, { start: nameEnd + 1, end: span.end });
  });
}

/** The value of a part of a line; most parts need no mapped text of their own. */
function expandPart(line: MappedText, span: Span, escape: Escape, lookup: Lookup): string | undefined {
  const text = textOf(line, span);
  if (hasPlaceholder(text)) return undefined;
  return isLiteral(text) ? text : expand(line.slice(span.start, span.end), escape, lookup)?.value;
}

export function placeOf(line: MappedText, span: Span): Place {
  return line.part(span.start, span.end);
}

export function textOf(line: MappedText, span: Span): string {
  return line.value.slice(span.start, span.end);
}

export function slotOf(split: Split, raw: RawInstruction, statement: Statement, target: Target): DockerfileSlot {
  return { language: 'dockerfile', file: split.file, split, raw, statement, target };
}

function located(value: string | undefined, at: Place, slot: Slot): Located<string> {
  return value === undefined ? { kind: 'unknown', at, via: [], slot } : { kind: 'known', value, at, via: [], slot };
}
