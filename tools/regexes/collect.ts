// Collects every regular expression of our sources by the TypeScript compiler's own tree, so that none is overlooked.
import { relative } from 'node:path';
import {
  type CallExpression,
  type Expression,
  type NewExpression,
  type Node,
  type SourceFile,
  SyntaxKind,
} from 'typescript/unstable/ast';
import {
  isCallExpression,
  isNewExpression,
  isPropertyAccessExpression,
  isTemplateExpression,
} from 'typescript/unstable/ast/is';
import { API, type Project, type Type } from 'typescript/unstable/sync';

export interface Regex {
  /** Relative to the folder, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

/** A regular expression that is put together while the program runs. */
export interface ComputedRegex extends Pick<Regex, 'file' | 'line'> {
  readonly code: string;
}

export interface Collected {
  readonly regexes: readonly Regex[];
  readonly computed: readonly ComputedRegex[];
}

/** These make a regular expression of a string that they are given. */
const takers: ReadonlySet<string> = new Set(['match', 'matchAll', 'search']);

/** A part with more values than these counts as unknown. */
const mostValues = 20;

/** The regular expressions in the files of some projects that `isOurs` takes, by their paths relative to `folder`. */
export function collectRegexes(
  folder: string,
  configs: readonly string[],
  isOurs: (file: string) => boolean,
): Collected {
  const regexes: Regex[] = [];
  const computed: ComputedRegex[] = [];
  const api = new API({ cwd: folder });
  try {
    for (const config of configs) {
      const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
      if (project === undefined) throw new Error(`TypeScript does not know the project ${config}.`);
      for (const name of project.program.getSourceFileNames()) {
        const file = relative(folder, name).replaceAll('\\', '/');
        const source = isOurs(file) ? project.program.getSourceFile(name) : undefined;
        if (source !== undefined) collectIn(source, file, project, regexes, computed);
      }
    }
  } finally {
    api.close();
  }
  return { regexes, computed };
}

function collectIn(
  source: SourceFile,
  file: string,
  project: Project,
  regexes: Regex[],
  computed: ComputedRegex[],
): void {
  const { text } = source;
  const waiting: Node[] = [source];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    node.forEachChild((child) => {
      waiting.push(child);
    });
    if (node.kind === SyntaxKind.RegularExpressionLiteral) {
      const literal = text.slice(node.getStart(source), node.end);
      const slash = literal.lastIndexOf('/');
      const line = lineOf(text, node.end);
      regexes.push({ file, line, source: literal.slice(1, slash), flags: literal.slice(slash + 1) });
      continue;
    }
    const made = isNewExpression(node) || isCallExpression(node) ? argumentsOf(node, text, project) : undefined;
    if (made === undefined) continue;
    const line = lineOf(text, node.end);
    const { pattern, flags } = made;
    const sources = pattern === undefined ? undefined : valuesOf(pattern, project);
    const flag = flags === undefined ? [''] : valuesOf(flags, project);
    if (sources === undefined || flag === undefined) {
      computed.push({ file, line, code: text.slice(node.getStart(source), node.end) });
      continue;
    }
    for (const one of sources) for (const letters of flag) regexes.push({ file, line, source: one, flags: letters });
  }
}

interface Made {
  readonly pattern: Expression | undefined;
  readonly flags: Expression | undefined;
}

/** What a regular expression is made of there; undefined where none is made. */
function argumentsOf(node: NewExpression | CallExpression, text: string, project: Project): Made | undefined {
  const { expression } = node;
  const [pattern, flags] = node.arguments ?? [];
  const callee = text.slice(expression.pos, expression.end).trim();
  if (callee === 'RegExp' || callee.endsWith('.RegExp')) {
    // A copy with other flags is judged as the one that it copies.
    return pattern !== undefined && isRegExp(pattern, project) ? undefined : { pattern, flags };
  }
  const isTaker = isPropertyAccessExpression(expression) && takers.has(expression.name.text);
  return isTaker && pattern !== undefined && !isRegExp(pattern, project) ? { pattern, flags: undefined } : undefined;
}

function isRegExp(node: Expression, project: Project): boolean {
  return project.checker.getTypeAtLocation(node)?.getSymbol()?.name === 'RegExp';
}

/** All values that an expression can have, where its type says so: literals, and templates of literals. */
function valuesOf(node: Expression, project: Project): readonly string[] | undefined {
  if (!isTemplateExpression(node)) return valuesOfType(project.checker.getTypeAtLocation(node));
  let values: readonly string[] = [node.head.text];
  for (const { expression, literal } of node.templateSpans) {
    const parts = valuesOf(expression, project);
    if (parts === undefined || parts.length * values.length > mostValues) return undefined;
    values = values.flatMap((before) => parts.map((part) => before + part + literal.text));
  }
  return values;
}

function valuesOfType(type: Type | undefined): readonly string[] | undefined {
  if (type === undefined) return undefined;
  const types: readonly Type[] = type.isUnionType() ? type.getTypes() : [type];
  const values = types.flatMap((one) => (one.isStringLiteralType() ? [one.value] : []));
  return values.length === types.length && values.length <= mostValues ? values : undefined;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
