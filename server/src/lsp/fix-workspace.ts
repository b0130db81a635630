// Fixes all over the workspace, each file in the state that the client knows, for a person to confirm.
import type { ChangeAnnotation, Connection } from 'vscode-languageserver';
import { FilesError } from '../service/files.js';
import { fixesOfFile } from '../service/fix.js';
import type { Abilities } from './capabilities.js';
import type { Documents } from './documents.js';
import { logUnreadable } from './log.js';
import type { Scan } from './scan.js';
import { uriOf } from './uris.js';
import { type FileEdits, workspaceEdit } from './workspace-edit.js';

export interface FixWorkspaceRequest {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly scan: Scan;
  readonly abilities: Abilities;
  readonly turn: () => Promise<void>;
}

export interface FixedWorkspace {
  /** How many files and fixes were handed to the client. */
  readonly files: number;
  readonly fixes: number;
  /** Whether the client took them. */
  readonly applied: boolean;
}

/** Unsafe fixes are among them: nothing is done before somebody has looked. Without annotations only safe ones are. */
export async function fixWorkspace(request: FixWorkspaceRequest): Promise<FixedWorkspace> {
  const { connection, scan, abilities, turn } = request;
  const files: FileEdits[] = [];
  const annotations: { [id: string]: ChangeAnnotation } = {};
  let fixes = 0;
  for (const target of scan.targets) {
    const uri = uriOf(target.root.space, target.path);
    if ((scan.reports.get(uri)?.diagnostics.length ?? 1) === 0) continue;
    await turn();
    const file = await lintedFile(request, target, uri);
    if (file === undefined) continue;
    const batch = fixesOfFile(file.linted, (text) => file.lint(text), abilities.annotations ? 'all' : 'safe');
    if (batch.length === 0) continue;
    const edits = batch.flatMap(({ edits: own, title, rule, safety }) => {
      const id = `${rule}: ${title}`;
      annotations[id] ??= {
        label: title,
        description: safety === 'safe' ? rule : `${rule}, to review`,
        needsConfirmation: true,
      };
      return own.map((edit) => ({ edit, id }));
    });
    edits.sort((a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end);
    fixes += batch.length;
    files.push({
      uri: file.uri,
      version: file.version,
      text: file.linted.file.text,
      edits: edits.map(({ edit }) => edit),
      annotations: edits.map(({ id }) => id),
    });
  }
  if (files.length === 0 || !abilities.appliesEdits) return { files: files.length, fixes, applied: false };
  const edit = workspaceEdit(files, abilities, annotations);
  const { applied } = await connection.workspace.applyEdit({ label: 'Plimsoll: fix all in workspace', edit });
  return { files: files.length, fixes, applied };
}

type Target = Scan['targets'][number];

async function lintedFile({ connection, documents }: FixWorkspaceRequest, { root, path }: Target, uri: string) {
  const open = documents.get(uri);
  if (open !== undefined) {
    const found = await documents.lint(open.uri);
    return found && { uri: open.uri, version: found.version, linted: found.linted, lint: found.lint };
  }
  try {
    logUnreadable(connection, await root.workspace.prepare(path));
    const linted = await root.workspace.lintPath(path);
    return typeof linted === 'string' ? undefined : { uri, version: null, linted, lint: linted.relint };
  } catch (error) {
    if (!(error instanceof FilesError)) throw error;
    logUnreadable(connection, [{ path, message: error.message }]);
    return undefined;
  }
}
