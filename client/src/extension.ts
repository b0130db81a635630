// The extension on the desktop and on remotes: one command that runs the bundled linter over the workspace.
import { fork } from 'node:child_process';
import * as vscode from 'vscode';

export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel('Plimsoll');
  const linter = vscode.Uri.joinPath(context.extensionUri, 'dist', 'cli.js').fsPath;
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand('plimsoll.lintWorkspace', () => lintWorkspace(linter, output)),
  );
}

/** Lints the first workspace folder and shows what the command line prints. */
function lintWorkspace(linter: string, output: vscode.OutputChannel): void {
  output.clear();
  output.show(true);
  const folder = vscode.workspace.workspaceFolders?.find((candidate) => candidate.uri.scheme === 'file');
  if (folder === undefined) {
    output.appendLine('Open a folder first: there is nothing to lint.');
    return;
  }
  const run = fork(linter, ['lint', '.'], { cwd: folder.uri.fsPath, silent: true });
  run.stdout?.setEncoding('utf8').on('data', (text: string) => output.append(text));
  run.stderr?.setEncoding('utf8').on('data', (text: string) => output.append(text));
  run.on('error', (error) => output.appendLine(`The linter could not be started: ${error.message}`));
}
