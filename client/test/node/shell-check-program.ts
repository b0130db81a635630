// A program that stands for ShellCheck, for hosts that can start one.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

export interface ShellCheckProgram {
  readonly path: string;
  wasStarted(): boolean;
  remove(): void;
}

/** Writes the program, which finds fault with `$NAME` in `echo $NAME`, whatever it is asked. */
export function writeShellCheck(): ShellCheckProgram {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-shellcheck-'));
  const path = join(folder, 'shellcheck');
  const trace = join(folder, 'started');
  const place = { line: 2, endLine: 2, column: 6, endColumn: 11 };
  const comments = [{ ...place, level: 'info', code: 2086, message: 'Quote it.' }];
  writeFileSync(
    path,
    `#!/bin/sh\necho >> '${trace}'\ncat > /dev/null\necho '${JSON.stringify({ comments })}'\nexit 1\n`,
    { mode: 0o755 },
  );
  return {
    path,
    wasStarted: () => existsSync(trace),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** For the user, who alone may say so; undefined takes it back. */
export async function setShellCheckPath(path: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('plimsoll').update('shellcheckPath', path, vscode.ConfigurationTarget.Global);
}

/** What is found in it with ShellCheck, and without. */
export const asking = {
  text: 'FROM debian:latest\nRUN echo $NAME\n',
  without: ['image-latest-tag 1:13-1:19'],
  found: ['image-latest-tag 1:13-1:19', 'shellcheck-finding 2:10-2:15'],
} as const;

/** So long nothing happens where nothing is to happen: the server waits for half a second before it asks. */
export const longEnough = 3000;
