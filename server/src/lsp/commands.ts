// What `workspace/executeCommand` does.
import { type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { below, folderOf } from '../model/paths.js';
import { allRules } from '../rules/all.js';
import { effectiveConfig } from '../service/effective.js';
import { loadPages } from '../service/explain.js';
import type { Abilities } from './capabilities.js';
import type { CodeActions } from './code-actions.js';
import type { Documents } from './documents.js';
import { effectiveCompose } from './effective-compose.js';
import { fixWorkspace } from './fix-workspace.js';
import { type IgnoreParams, serverCommands } from './protocol.js';
import type { Roots } from './roots.js';
import type { Scan } from './scan.js';
import { pathOf, uriOf } from './uris.js';
import { workspaceEdit } from './workspace-edit.js';

export interface CommandsRequest {
  readonly connection: Connection;
  readonly abilities: Abilities;
  readonly roots: Roots;
  readonly documents: Documents;
  readonly scan: Scan;
  readonly actions: CodeActions;
  readonly turn: () => Promise<void>;
  /** Scans all of the workspace; resolves when it is done. */
  readonly scanNow: () => Promise<void>;
}

/** Rejects for a command that is not there; a value that is not understood is answered with null or false. */
export async function execute(command: string, values: readonly unknown[], request: CommandsRequest): Promise<unknown> {
  const { scan, scanNow } = request;
  const [value] = values;
  switch (command) {
    case serverCommands.scan:
      await scanNow();
      return null;
    case serverCommands.cancelScan:
      scan.cancel();
      return null;
    case serverCommands.fixWorkspace:
      if (scan.state !== 'done') await scanNow();
      return fixWorkspace(request);
    case serverCommands.ignore:
      return ignore(value, request);
    case serverCommands.configuration:
      return configuration(value, request);
    case serverCommands.rulePage:
      return typeof value === 'string' ? ((await loadPages()).pageOf(value) ?? null) : null;
    case serverCommands.effectiveCompose:
      return effectiveCompose(value, request);
    default:
      throw new ResponseError(LSPErrorCodes.RequestFailed, `There is no command '${command}'.`);
  }
}

/** Whether the finding is silent now. */
async function ignore(
  value: unknown,
  { connection, abilities, documents, actions }: CommandsRequest,
): Promise<boolean> {
  const params = readIgnoreParams(value);
  const target = params === undefined ? undefined : await documents.lint(params.uri);
  const edits = params === undefined || target === undefined ? undefined : actions.ignoreEdits(target, params);
  if (edits === undefined) return false;
  const edit = workspaceEdit([edits], abilities);
  return (await connection.workspace.applyEdit({ label: 'Ignore a finding', edit })).applied;
}

function readIgnoreParams(value: unknown): IgnoreParams | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const params: { readonly [key: string]: unknown } = { ...value };
  const { uri, rule, range, reason } = params;
  if (typeof uri !== 'string' || typeof rule !== 'string' || typeof range !== 'object' || range === null)
    return undefined;
  return { uri, rule, range: range as IgnoreParams['range'], reason: typeof reason === 'string' ? reason : '' };
}

/** The settings that are in force for a file, as a config file would say them, and which file says so. */
async function configuration(
  value: unknown,
  { roots }: CommandsRequest,
): Promise<{ readonly text: string; readonly source: string | null } | null> {
  const uri = typeof value === 'object' && value !== null && 'uri' in value ? value.uri : undefined;
  if (typeof uri !== 'string') return null;
  const at = URI.parse(uri);
  const path = pathOf(at);
  const root = await roots.of(at);
  await root.workspace.prepare(path);
  const { configurations } = root.workspace;
  const found = await configurations.of(folderOf(path));
  const hadolint = root.workspace.hadolint(path);
  const text = effectiveConfig({
    effective: root.workspace.effective(path),
    found,
    hadolint,
    overrides: {},
    rules: allRules,
    subject: shortened(root.path, path),
    nameOf: (file) => shortened(root.path, file),
  });
  const source = found.path ?? hadolint?.path;
  return { text, source: source === undefined ? null : uriOf(root.space, source) };
}

/** A path below a folder without the folder; any other one as it is. */
function shortened(folder: string, path: string): string {
  return below(folder, path) || path;
}
