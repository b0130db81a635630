// Shell text into flat lists of simple commands, with the commands that they run themselves.
import {
  type Assignment,
  type Command,
  type CommandArgument,
  forEachChild,
  parse,
  type Redirection,
  type SyntaxNode,
  type Word,
} from 'unbash';
import type { Format } from '../../model/format.js';
import type { Slot } from '../../model/located.js';
import type { ShellCommand, ShellRedirect, ShellSubstitution, ShellWord } from '../../model/shell-command.js';
import { MappedText } from '../../text/mapped-text.js';
import type { Place } from '../../text/span.js';
import { contentsOf, dequoted, isSubstitution, type Substitution } from './word.js';
import { innerCommand, isWrapper, scriptSource, takesScript } from './wrappers.js';

/** Scripts in scripts, substitutions in substitutions, wrappers around wrappers: deeper ones are left out. */
const maxDepth = 20;
/** Nested constructs (groups, loops, arithmetic) of one script: deeper ones are left out. */
const maxLevels = 200;
/** Commands of one text, nested ones included: those behind are left out. */
export const maxCommands = 5000;
/** A longer text is left out: each of its words costs a kilobyte. In UTF-16 units. */
const maxLength = 1024 * 1024;
/** Where the parser recurses without a bound of its own (`f() f() …`, `coproc coproc …`): a text with more is left out. */
const maxDefinitions = 500;
/** The parser's time grows with the square of these: a text with more is left out. */
const maxHeredocs = 1000;

/** The commands of a shell text in the order of the text, whatever stands between and around them. Never throws. */
export function readShell(source: MappedText, format: Format): readonly ShellCommand[] {
  return readScript(source, { format, budget: { left: maxCommands } }, 0);
}

/**
 * The command of an exec form, whose words no shell has seen. Undefined without words. `slots` are those of the words,
 * where they are items of a list.
 */
export function readArguments(
  words: readonly MappedText[],
  format: Format,
  slots: readonly (Slot | undefined)[] = [],
): ShellCommand | undefined {
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const script: Script = { text: first, format, budget: { left: maxCommands }, depth: 0, commands: [] };
  addCommand(script, {
    words: words.map((word, index) => ({
      word: {
        text: word.value,
        raw: word.value,
        at: word.place,
        slot: slots[index],
        isListItem: true,
        substitutions: [],
        ...filledIn(word, 0, word.value.length),
      },
      mapped: () => word,
    })),
    assignments: [],
    redirects: [],
    stdin: undefined,
    position: alone,
    // The words of one command may stand in any order (Compose: `command` above `entrypoint`).
    at: {
      file: first.place.file,
      span: { start: first.place.span.start, end: Math.max(first.place.span.end, last.place.span.end) },
    },
  });
  return script.commands[0];
}

/** Most words have no such part, and memory is dear: there is no field then. */
function filledIn(text: MappedText, start: number, end: number): Pick<ShellWord, 'filledIn'> {
  return text.holdsReference(start, end) ? { filledIn: true } : {};
}

interface Session {
  readonly format: Format;
  /** How many commands may still be read; counted down. */
  readonly budget: { left: number };
}

/** One text while it is read. */
interface Script extends Session {
  readonly text: MappedText;
  readonly depth: number;
  readonly commands: ShellCommand[];
}

interface ReadWord {
  readonly word: ShellWord;
  /** The word without its quotes; undefined where it is not static. */
  mapped(): MappedText | undefined;
}

interface Parts {
  readonly words: readonly ReadWord[];
  readonly assignments: ShellCommand['assignments'];
  readonly redirects: readonly ShellRedirect[];
  /** The body of a heredoc that is its standard input. */
  readonly stdin: MappedText | undefined;
  readonly position: Position;
  readonly at: Place;
}

function readScript(text: MappedText, session: Session, depth: number): readonly ShellCommand[] {
  if (depth > maxDepth || session.budget.left <= 0 || isTooMuch(text.value)) return [];
  const script: Script = { text, format: session.format, budget: session.budget, depth, commands: [] };
  walk(script, parse(text.value), alone, 0);
  return script.commands;
}

/**
 * Whether {@link readShell} leaves a text out because it would take the parser too far. Counts too much rather than too
 * little: words in quotes, too.
 */
export function isTooMuch(text: string): boolean {
  if (text.length > maxLength) return true;
  return exceeds(text, /\(\s*\)|\b(?:coproc|function)\b/g, maxDefinitions) || exceeds(text, /<</g, maxHeredocs);
}

function exceeds(text: string, pattern: RegExp, limit: number): boolean {
  let left = limit;
  for (const _ of text.matchAll(pattern)) if (left-- <= 0) return true;
  return false;
}

function readSubstitution(script: Script, node: Substitution, mayFail: boolean): readonly ShellCommand[] {
  if (script.depth >= maxDepth || script.budget.left <= 0) return [];
  const inner = node.script;
  if (inner === undefined) return [];
  // Backquotes with escapes are decoded by the parser; its offsets are then those of the decoded text.
  const text =
    inner.source === undefined ? script.text : new MappedText(inner.source, script.text.part(node.pos, node.end), []);
  const nested: Script = { ...script, text, depth: script.depth + 1, commands: [] };
  walk(nested, inner, { ...alone, mayFail }, 0);
  return nested.commands;
}

/** Where a node stands among the others of its list. */
interface Position {
  readonly pipedFrom: ShellCommand | undefined;
  readonly connection: ShellCommand['connection'];
  readonly enclosed: boolean;
  readonly mayFail: boolean;
}

const alone: Position = { pipedFrom: undefined, connection: undefined, enclosed: false, mayFail: false };

/** Commands that do not fail: behind `||` they make up for whatever did. */
const neverFailing: ReadonlySet<string> = new Set(['echo', 'printf', 'true', ':']);

function walk(script: Script, node: SyntaxNode, position: Position, level: number): void {
  if (level > maxLevels || script.budget.left <= 0) return;
  if (isSubstitution(node)) {
    // In a place that is no command (`for x in $(…)`): it runs here all the same.
    script.commands.push(...readSubstitution(script, node, true));
    return;
  }
  switch (node.type) {
    case 'Command':
      addSimpleCommand(script, node, position);
      return;
    case 'Pipeline': {
      let next = position;
      for (const part of node.commands) {
        const before = script.commands.length;
        walk(script, part, next, level + 1);
        const pipedFrom = script.commands.length > before ? script.commands.at(-1) : undefined;
        next = { ...position, pipedFrom, connection: '|' };
      }
      return;
    }
    case 'AndOr': {
      // `a && b || true` reads from the left: the last such part makes up for all in front of it.
      const last = node.commands.findLastIndex((part, index) => node.operators[index - 1] === '||' && neverFails(part));
      node.commands.forEach((part, index) => {
        const connection = index === 0 ? position.connection : node.operators[index - 1];
        walk(script, part, { ...position, connection, mayFail: position.mayFail || index < last }, level + 1);
      });
      return;
    }
    case 'Script':
    case 'CompoundList':
      node.commands.forEach((part, index) => {
        walk(script, part, { ...position, connection: index === 0 ? position.connection : ';' }, level + 1);
      });
      return;
    case 'Statement':
      walk(script, node.command, position, level + 1);
      return;
    case 'Function':
    case 'Coproc':
      walk(script, node.body, { ...alone, enclosed: true }, level + 1);
      return;
    default:
      forEachChild(node, (child) => walk(script, child, { ...position, enclosed: true }, level + 1));
  }
}

function neverFails(node: SyntaxNode): boolean {
  return node.type === 'Command' && neverFailing.has(node.name?.value ?? '');
}

function addSimpleCommand(script: Script, node: Command, position: Position): void {
  const assignments: ShellCommand['assignments'][number][] = [];
  for (const part of node.prefix) {
    if (part.type !== 'Assignment') continue;
    // Without a command it ends as its substitution does.
    assignments.push({ name: part.name, value: assignedWord(script, part, node.name !== undefined) });
  }
  const words: ReadWord[] = [];
  if (node.name !== undefined) words.push(readWord(script, node.name));
  for (const argument of node.args) words.push(readArgument(script, argument));
  let stdin: MappedText | undefined;
  const redirects = node.redirects.map((redirect) => {
    const read = readRedirect(script, redirect);
    if (redirect.type === 'HereDoc' && redirect.descriptor === undefined && read.target?.substitutions.length === 0) {
      stdin = script.text.slice(redirect.body.pos, redirect.body.end);
    }
    return read;
  });
  const at = script.text.part(node.pos, node.end);
  addCommand(script, { words, assignments, redirects, stdin, position, at });
}

function addCommand(script: Script, parts: Parts): void {
  const command = makeCommand(script, parts, script.commands.length, script.depth);
  if (command !== undefined) script.commands.push(command);
}

function makeCommand(script: Script, parts: Parts, index: number, depth: number): ShellCommand | undefined {
  if (script.budget.left <= 0) return undefined;
  script.budget.left--;
  const words = parts.words.map((each) => each.word);
  const path = words[0]?.text;
  const name = path === undefined || path === '' ? undefined : path.slice(path.lastIndexOf('/') + 1);
  return new ReadCommand(script.commands, index, {
    format: script.format,
    name,
    nameAt: words[0]?.at ?? parts.at,
    at: parts.at,
    words,
    assignments: parts.assignments,
    redirects: parts.redirects,
    connection: parts.position.connection,
    enclosed: parts.position.enclosed,
    mayFail: parts.position.mayFail,
    pipedFrom: parts.position.pipedFrom,
    runs: name !== undefined && isWrapper(name) ? readInner(script, name, parts, index, depth) : undefined,
    script: name !== undefined && takesScript(name) ? readOwnScript(script, name, parts, depth) : undefined,
  });
}

/** A class, since an object with a getter of its own takes far more memory, and a file has hundreds of commands. */
class ReadCommand implements ShellCommand {
  readonly format: Format;
  readonly name: string | undefined;
  readonly nameAt: Place;
  readonly at: Place;
  readonly words: readonly ShellWord[];
  readonly assignments: ShellCommand['assignments'];
  readonly redirects: readonly ShellRedirect[];
  readonly connection: ShellCommand['connection'];
  readonly enclosed: boolean;
  readonly mayFail: boolean;
  readonly pipedFrom: ShellCommand | undefined;
  readonly runs: ShellCommand | undefined;
  readonly script: readonly ShellCommand[] | undefined;
  readonly #siblings: readonly ShellCommand[];
  readonly #index: number;

  constructor(siblings: readonly ShellCommand[], index: number, command: Omit<ShellCommand, 'earlier' | 'later'>) {
    this.format = command.format;
    this.name = command.name;
    this.nameAt = command.nameAt;
    this.at = command.at;
    this.words = command.words;
    this.assignments = command.assignments;
    this.redirects = command.redirects;
    this.connection = command.connection;
    this.enclosed = command.enclosed;
    this.mayFail = command.mayFail;
    this.pipedFrom = command.pipedFrom;
    this.runs = command.runs;
    this.script = command.script;
    this.#siblings = siblings;
    this.#index = index;
  }

  /** A list of its own per command would be quadratic. */
  get earlier(): readonly ShellCommand[] {
    return this.#siblings.slice(0, this.#index);
  }

  get later(): readonly ShellCommand[] {
    return this.#siblings.slice(this.#index + 1);
  }
}

function readInner(script: Script, name: string, parts: Parts, index: number, depth: number): ShellCommand | undefined {
  if (depth >= maxDepth) return undefined;
  const inner = innerCommand(
    name,
    parts.words.map((each) => each.word.text),
    parts.words.map((each) => each.word.raw),
  );
  if (inner === undefined) return undefined;
  const words = parts.words.slice(inner.start);
  const first = words[0]?.word.at ?? parts.at;
  const last = words.at(-1)?.word.at ?? parts.at;
  const assignments = inner.assignments.flatMap((i) => {
    const word = parts.words[i];
    return word === undefined ? [] : [assignmentOfWord(word)];
  });
  const at = { file: first.file, span: { start: first.span.start, end: Math.max(first.span.end, last.span.end) } };
  return makeCommand(script, { ...parts, words, assignments, at }, index, depth + 1);
}

function readOwnScript(script: Script, name: string, parts: Parts, depth: number): readonly ShellCommand[] | undefined {
  const source = scriptSource(
    name,
    parts.words.map((each) => each.word.text),
  );
  const text = source === undefined ? undefined : scriptText(source, parts);
  return text === undefined ? undefined : readScript(text, script, depth + 1);
}

function scriptText(source: NonNullable<ReturnType<typeof scriptSource>>, parts: Parts): MappedText | undefined {
  switch (source.kind) {
    case 'stdin':
      return parts.stdin;
    case 'word': {
      const mapped = parts.words[source.index]?.mapped();
      return mapped?.slice(source.from, mapped.value.length);
    }
    case 'words': {
      const pieces: (MappedText | string)[] = [];
      const words = parts.words.slice(source.from);
      for (const word of words) {
        const mapped = word.mapped();
        if (mapped === undefined) return undefined;
        if (pieces.length > 0) pieces.push(' ');
        pieces.push(mapped);
      }
      return MappedText.join(pieces, parts.at);
    }
  }
}

/** The `NAME=value` words of `env` and `sudo`. */
function assignmentOfWord({ word, mapped }: ReadWord): ShellCommand['assignments'][number] {
  const equals = word.raw.indexOf('=');
  const text = word.text?.slice(equals + 1);
  const at = mapped()?.part(equals + 1, word.text?.length ?? 0) ?? word.at;
  return {
    name: word.raw.slice(0, equals),
    value: {
      text,
      raw: word.raw.slice(equals + 1),
      at,
      substitutions: word.substitutions,
      ...(word.filledIn && { filledIn: true }),
    },
  };
}

function readWord(script: Script, node: Word, mayFail = true): ReadWord {
  const at = script.text.part(node.pos, node.end);
  if (node.parts === undefined) {
    return {
      word: { text: node.value, raw: node.text, at, substitutions: [], ...filledIn(script.text, node.pos, node.end) },
      mapped: () => dequoted(node, script.text),
    };
  }
  const contents = contentsOf(node.parts);
  return {
    word: {
      text: contents.isStatic ? node.value : undefined,
      raw: node.text,
      at,
      substitutions: readSubstitutions(script, contents.substitutions, mayFail),
      ...filledIn(script.text, node.pos, node.end),
    },
    mapped: () => (contents.isStatic ? dequoted(node, script.text) : undefined),
  };
}

/** An argument; `export A=1` has assignments among them. */
function readArgument(script: Script, node: CommandArgument): ReadWord {
  if (node.type === 'Word') return readWord(script, node);
  const value = assignedWord(script, node, true);
  const start = node.text.length - value.raw.length;
  const text = value.text === undefined ? undefined : node.text.slice(0, start) + value.text;
  const at = script.text.part(node.pos, node.end);
  return {
    word: { ...value, text, raw: node.text, at },
    mapped: () => (text === undefined ? undefined : new MappedText(text, at, [])),
  };
}

function assignedWord(script: Script, { value, index }: Assignment, mayFail: boolean): ShellWord {
  const own = value.type === 'Word' ? readWord(script, value, mayFail).word : undefined;
  const elements = value.type === 'ArrayValue' ? value.elements : [];
  const more = contentsOf([...elements, ...(index === undefined ? [] : [index])]).substitutions;
  const substitutions = readSubstitutions(script, more, mayFail);
  if (own !== undefined) {
    return substitutions.length === 0 ? own : { ...own, substitutions: [...own.substitutions, ...substitutions] };
  }
  return {
    text: undefined,
    raw: script.text.value.slice(value.pos, value.end),
    at: script.text.part(value.pos, value.end),
    substitutions,
  };
}

function readRedirect(script: Script, node: Redirection): ShellRedirect {
  if (node.type !== 'HereDoc') {
    return {
      operator: node.operator,
      target: node.target === undefined ? undefined : readWord(script, node.target).word,
    };
  }
  const { body } = node;
  const contents = contentsOf(body.parts ?? []);
  return {
    operator: node.operator,
    target: {
      text: contents.isStatic ? body.text : undefined,
      raw: body.text,
      at: script.text.part(body.pos, body.end),
      substitutions: readSubstitutions(script, contents.substitutions, true),
    },
  };
}

function readSubstitutions(
  script: Script,
  nodes: readonly Substitution[],
  mayFail: boolean,
): readonly ShellSubstitution[] {
  return nodes.map((node) => ({
    kind: node.type === 'ProcessSubstitution' ? 'process' : 'command',
    commands: readSubstitution(script, node, mayFail),
  }));
}
