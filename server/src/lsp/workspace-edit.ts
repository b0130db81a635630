// Our edits as the edits of the protocol, in the form that the client takes.
import type {
  ChangeAnnotation,
  CreateFile,
  TextEdit as ProtocolEdit,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextEdit } from '../text/edit.js';
import { LineIndex } from '../text/line-index.js';
import type { Abilities } from './capabilities.js';

/** Edits of one file. */
export interface FileEdits {
  readonly uri: string;
  /** The version that the edits are for; null for a file that is not open. */
  readonly version: number | null;
  readonly text: string;
  readonly edits: readonly TextEdit[];
  /** The text of a file that is not there yet. */
  readonly creates?: string;
  /** What the edits do, where each of them is to be confirmed: ids of annotations, one for each edit. */
  readonly annotations?: readonly string[];
}

export function workspaceEdit(
  files: readonly FileEdits[],
  abilities: Abilities,
  annotations: { readonly [id: string]: ChangeAnnotation } = {},
): WorkspaceEdit {
  if (!abilities.documentChanges) {
    return { changes: Object.fromEntries(files.map((file) => [file.uri, protocolEdits(file, false)])) };
  }
  const documentChanges = files.flatMap((file): (TextDocumentEdit | CreateFile)[] => {
    const textDocument = { uri: file.uri, version: file.version };
    if (file.creates === undefined) return [{ textDocument, edits: protocolEdits(file, abilities.annotations) }];
    const start = { line: 0, character: 0 };
    return [
      { kind: 'create', uri: file.uri, options: { ignoreIfExists: true } },
      {
        textDocument: { uri: file.uri, version: null },
        edits: [{ range: { start, end: start }, newText: file.creates }],
      },
    ];
  });
  const annotated = abilities.annotations && Object.keys(annotations).length > 0;
  return { documentChanges, ...(annotated ? { changeAnnotations: { ...annotations } } : {}) };
}

function protocolEdits({ text, edits, annotations }: FileEdits, annotates: boolean): ProtocolEdit[] {
  const lines = new LineIndex(text);
  return edits.map(({ span, newText }, index) => {
    const range = { start: lines.positionAt(span.start), end: lines.positionAt(span.end) };
    const annotationId = annotates ? annotations?.[index] : undefined;
    return { range, newText, ...(annotationId === undefined ? {} : { annotationId }) };
  });
}
