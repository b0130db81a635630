// What the client can do, as far as the server asks.
import type { ClientCapabilities } from 'vscode-languageserver';

/**
 * How findings reach the client. `pull`: it asks, for open documents and for the workspace. `mixed`: it asks for open
 * documents, the others are pushed. `push`: everything is pushed.
 */
export type DiagnosticMode = 'pull' | 'mixed' | 'push';

export interface Abilities {
  readonly mode: DiagnosticMode;
  readonly refresh: boolean;
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly workspaceFolders: boolean;
  readonly progress: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly unnecessaryTag: boolean;
  readonly diagnosticData: boolean;
  readonly resolvesEdits: boolean;
  readonly documentChanges: boolean;
  readonly createsFiles: boolean;
  readonly annotations: boolean;
  readonly appliesEdits: boolean;
  readonly hoverMarkdown: boolean;
  readonly completionMarkdown: boolean;
  readonly nestsSymbols: boolean;
  readonly registersSymbols: boolean;
  readonly refreshesHints: boolean;
}

export function abilitiesOf(
  { textDocument, workspace, window }: ClientCapabilities,
  pushWorkspace: boolean,
): Abilities {
  const published = textDocument?.publishDiagnostics;
  const pulled = textDocument?.diagnostic;
  const action = textDocument?.codeAction;
  const edit = workspace?.workspaceEdit;
  const describes = pulled ?? published;
  return {
    mode: modeOf(textDocument, workspace, pushWorkspace),
    refresh: workspace?.diagnostics?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    progress: window?.workDoneProgress === true,
    relatedInformation: describes?.relatedInformation === true || published?.relatedInformation === true,
    codeDescription: describes?.codeDescriptionSupport === true || published?.codeDescriptionSupport === true,
    unnecessaryTag: (describes?.tagSupport ?? published?.tagSupport)?.valueSet.includes(1) === true,
    diagnosticData: describes?.dataSupport === true || published?.dataSupport === true,
    resolvesEdits: action?.dataSupport === true && action.resolveSupport?.properties.includes('edit') === true,
    documentChanges: edit?.documentChanges === true,
    createsFiles: edit?.documentChanges === true && edit.resourceOperations?.includes('create') === true,
    annotations: edit?.documentChanges === true && edit.changeAnnotationSupport !== undefined,
    appliesEdits: workspace?.applyEdit === true,
    hoverMarkdown: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    completionMarkdown: textDocument?.completion?.completionItem?.documentationFormat?.includes('markdown') === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    nestsSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    registersSymbols: textDocument?.documentSymbol?.dynamicRegistration === true,
  };
}

/**
 * No capability says whether a client asks for `workspace/diagnostic`. Those that register the provider when the server
 * says so do; the others are known to pull open documents at most.
 */
function modeOf(
  textDocument: ClientCapabilities['textDocument'],
  workspace: ClientCapabilities['workspace'],
  pushWorkspace: boolean,
): DiagnosticMode {
  const pulled = textDocument?.diagnostic;
  if (pulled === undefined) return 'push';
  const asksForWorkspace = pulled.dynamicRegistration === true && workspace?.diagnostics !== undefined;
  return asksForWorkspace && !pushWorkspace ? 'pull' : 'mixed';
}
