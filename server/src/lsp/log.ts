// What goes into the log of the client, in the same words wherever a file is linted.
import type { Connection } from 'vscode-languageserver';
import type { Unreadable } from '../service/discover.js';
import type { Linted } from '../service/lint-text.js';
import { describe } from '../service/lint-workspace.js';

export function logUnreadable({ console }: Connection, problems: Iterable<Unreadable>): void {
  for (const { path, message } of problems) console.warn(`${path}: ${message}`);
}

/** Rules that threw. `where` is a path or a URI. */
export function logFailures({ console }: Connection, where: string, { failures }: Linted): void {
  for (const { rule, error } of failures) console.error(`The rule '${rule}' failed in ${where}: ${describe(error)}`);
}
