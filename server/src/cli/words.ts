// Numbers and severities in sentences.
import type { Severity } from '../engine/rule.js';

/** The loudest first. */
export const bySeverity: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

export const plurals: { readonly [severity in Severity]: string } = {
  error: 'errors',
  warning: 'warnings',
  info: 'infos',
  hint: 'hints',
};

export function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
