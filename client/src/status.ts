// The language status item: how the scan of the workspace stands, and whether the server runs.
import * as vscode from 'vscode';
import { documentSelector } from './document-selector.js';

/** What the server tells about its scan of the workspace. */
export interface ScanStatus {
  readonly scan: 'off' | 'idle' | 'waiting' | 'scanning' | 'done' | 'cancelled' | 'standing-back';
  /** Whether the server knows files that are not open. */
  readonly files: boolean;
  /** What keeps a part of the findings from being known. */
  readonly trouble?: string;
  /** A short sentence. */
  readonly message: string;
}

export interface Status extends vscode.Disposable {
  serverStarting(): void;
  serverRunning(): void;
  serverStopped(): void;
  showScan(scan: ScanStatus): void;
}

export function createStatus(): Status {
  const item = vscode.languages.createLanguageStatusItem('plimsoll.status', [...documentSelector]);
  item.name = 'Plimsoll';

  function show(text: string, detail: string, look: { busy?: boolean; severity?: vscode.LanguageStatusSeverity } = {}) {
    item.text = text;
    item.detail = detail;
    item.busy = look.busy ?? false;
    item.severity = look.severity ?? vscode.LanguageStatusSeverity.Information;
    item.accessibilityInformation = { label: detail === '' ? text : `${text}: ${detail}` };
  }

  function offer(command: string, title: string): void {
    item.command = { command, title };
  }

  function scanning(is: boolean): void {
    void vscode.commands.executeCommand('setContext', 'plimsoll.scanning', is);
  }

  return {
    serverStarting() {
      scanning(false);
      show('Plimsoll', vscode.l10n.t('Starting'), { busy: true });
      offer('plimsoll.showOutput', vscode.l10n.t('Show output'));
    },
    serverRunning() {
      show('Plimsoll', '');
      offer('plimsoll.showOutput', vscode.l10n.t('Show output'));
    },
    serverStopped() {
      scanning(false);
      show('Plimsoll', vscode.l10n.t('The language server has stopped'), {
        severity: vscode.LanguageStatusSeverity.Error,
      });
      offer('plimsoll.restartServer', vscode.l10n.t('Restart'));
    },
    showScan({ scan, files, trouble, message }) {
      scanning(scan === 'scanning');
      if (scan === 'scanning') {
        show('Plimsoll', message, { busy: true });
        offer('plimsoll.cancelScan', vscode.l10n.t('Cancel'));
        return;
      }
      const degraded = scan === 'standing-back' || !files || trouble !== undefined;
      const severity = degraded ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
      show('Plimsoll', message, { severity });
      if (vscode.workspace.workspaceFolders === undefined) {
        offer('plimsoll.showOutput', vscode.l10n.t('Show output'));
      } else {
        offer('plimsoll.scanWorkspace', vscode.l10n.t('Scan workspace'));
      }
    },
    dispose: () => item.dispose(),
  };
}
