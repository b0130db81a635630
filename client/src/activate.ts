// What the extension does in both kinds of host. Nothing here waits: the server starts on its own.
import * as vscode from 'vscode';
import { cancelScan } from './commands/cancel-scan.js';
import { fixWorkspace } from './commands/fix-workspace.js';
import { ignoreWithReason } from './commands/ignore-with-reason.js';
import { scanWorkspace } from './commands/scan-workspace.js';
import { showConfiguration } from './commands/show-configuration.js';
import { showEffectiveCompose } from './commands/show-effective-compose.js';
import { showRule } from './commands/show-rule.js';
import { followComposeEditor } from './compose-editor.js';
import { createEffectiveProjects } from './effective-projects.js';
import { type CreateClient, connectServer, type ServerConnection } from './server-connection.js';
import { createStatus } from './status.js';
import { provideVirtualDocuments } from './virtual-documents.js';

export function activateWith(createClient: CreateClient, context: vscode.ExtensionContext): ServerConnection {
  const output = vscode.window.createOutputChannel('Plimsoll', { log: true });
  const status = createStatus();
  const server = connectServer(createClient, output, status);
  const projects = createEffectiveProjects(server);
  const documents = provideVirtualDocuments(server, projects);
  const commands = {
    'plimsoll.scanWorkspace': () => scanWorkspace(server),
    'plimsoll.cancelScan': () => cancelScan(server),
    'plimsoll.fixWorkspace': () => fixWorkspace(server),
    'plimsoll.showRule': (id: unknown) => showRule(context.extension, id),
    'plimsoll.showConfiguration': () => showConfiguration(documents),
    'plimsoll.showEffectiveCompose': (uri: unknown) => showEffectiveCompose(projects, uri),
    'plimsoll.ignoreWithReason': (finding: Parameters<typeof ignoreWithReason>[1]) => ignoreWithReason(server, finding),
    'plimsoll.restartServer': () => server.restart(),
    'plimsoll.showOutput': () => output.show(),
  };
  context.subscriptions.push(
    output,
    status,
    projects,
    followComposeEditor(server, projects),
    documents,
    ...Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run)),
  );
  return server;
}
