// What the code of bundles reaches for, by the compiler's own tree: text search finds words in messages, too.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Identifier, type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast';
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
} from 'typescript/unstable/ast/is';
import { API } from 'typescript/unstable/sync';

export interface Reached {
  /** Global names out of those that were asked for, with what stands around them. */
  readonly globals: readonly string[];
  /** Modules that are required or imported by name. */
  readonly modules: readonly string[];
  /** `require` and `import` of something that is no literal. */
  readonly computed: readonly string[];
}

/** Reads JavaScript files. */
export function readCode(files: readonly string[], names: ReadonlySet<string>): ReadonlyMap<string, Reached> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll-code-')));
  const config = join(folder, 'tsconfig.json');
  writeFileSync(
    config,
    JSON.stringify({ compilerOptions: { allowJs: true, noResolve: true, noLib: true, types: [] }, files }),
  );
  const api = new API({ cwd: folder });
  try {
    const program = api.updateSnapshot({ openProjects: [config] }).getProject(config)?.program;
    return new Map(
      files.map((file) => {
        const source = program?.getSourceFile(file);
        if (source === undefined) throw new Error(`${file} could not be read.`);
        return [file, reachedIn(source, names)];
      }),
    );
  } finally {
    api.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function reachedIn(source: SourceFile, names: ReadonlySet<string>): Reached {
  const { text } = source;
  const globals: string[] = [];
  const modules = new Set<string>();
  const computed: string[] = [];
  const around = (node: Node) => text.slice(Math.max(0, node.end - 60), node.end + 40).replaceAll(/\s+/g, ' ');
  const waiting: Node[] = [source];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const parent = node;
    parent.forEachChild((child) => {
      if (isIdentifier(child) && names.has(child.text) && isGlobal(child, parent, text)) {
        globals.push(`${child.text}: ${around(child)}`);
      }
      waiting.push(child);
    });
    if (!isCallExpression(node)) continue;
    const { expression } = node;
    const loads =
      (isIdentifier(expression) && expression.text === 'require') || expression.kind === SyntaxKind.ImportKeyword;
    if (!loads) continue;
    const [module] = node.arguments;
    if (module !== undefined && isStringLiteral(module)) modules.add(module.text);
    else computed.push(around(node));
  }
  return { globals, modules: [...modules].sort(), computed };
}

/** Whether a name is no member of something, nor the name that something is given. */
function isGlobal(name: Identifier, parent: Node, text: string): boolean {
  if (isPropertyAccessExpression(parent) && parent.name === name) {
    const owner = text.slice(parent.expression.pos, parent.expression.end).trim();
    return /^(?:globalThis|self|window|global)$/.test(owner);
  }
  if (isPropertyAssignment(parent) && parent.name === name) return false;
  return ![SyntaxKind.MethodDeclaration, SyntaxKind.PropertyDeclaration, SyntaxKind.GetAccessor].includes(parent.kind);
}
