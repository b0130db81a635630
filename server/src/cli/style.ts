// Colours of a terminal.
import type { Severity } from '../engine/rule.js';

export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly severity: (severity: Severity, text: string) => string;
}

const colours: { readonly [severity in Severity]: number } = { error: 31, warning: 33, info: 36, hint: 35 };

export function styleOf(colour: boolean): Style {
  const wrap = (on: number, off: number) => (text: string) => (colour ? `\u001b[${on}m${text}\u001b[${off}m` : text);
  return { bold: wrap(1, 22), dim: wrap(2, 22), severity: (severity, text) => wrap(colours[severity], 39)(text) };
}

/** Flags win over FORCE_COLOR, that over NO_COLOR, and those over whether it is a terminal. */
export function wantsColour(
  flag: boolean | undefined,
  env: { readonly [name: string]: string | undefined },
  isTerminal: boolean,
): boolean {
  if (flag !== undefined) return flag;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  return isTerminal && env.TERM !== 'dumb';
}
