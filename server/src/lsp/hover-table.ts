// A table of what is in force, with a verdict above it: what hovers over containers, pods and services have in common.
import type { ShownValue } from '../service/shown-value.js';
import { code, escaped, plainText } from './markdown.js';

export interface HoverTable {
  /** What the verdict is about: `Security context`. */
  readonly title: string;
  /** One sentence, not yet fit for Markdown. */
  readonly verdict: string;
  /** The headings of what stands behind the field and its value. */
  readonly columns: readonly string[];
  readonly rows: readonly HoverRow[];
  /** The fields that nobody set. */
  readonly notSet: readonly string[];
}

export interface HoverRow {
  readonly field: string;
  /** Undefined where it cannot be told. */
  readonly value: ShownValue | undefined;
  /** One for each column, in the form that is asked for. */
  readonly cells: readonly string[];
}

export function describeTable(table: HoverTable, isMarkdown: boolean): string {
  const { rows, notSet } = table;
  if (!isMarkdown) {
    const lines = rows.map((row) => `${row.field}: ${textOf(row)}${inBrackets(row.cells)}`);
    const rest = notSet.length === 0 ? [] : [`Not set: ${notSet.join(', ')}.`];
    return [plainText(table.verdict), ...lines, ...rest].join('\n');
  }
  const headings = ['Field', 'In force', ...table.columns];
  const lines = rows.map((row) => `| ${[`\`${row.field}\``, cellOf(row), ...row.cells].join(' | ')} |`);
  const head = [`| ${headings.join(' | ')} |`, `|${headings.map(() => ':--').join('|')}|`];
  return [
    `**${table.title}:** ${escaped(table.verdict)}`,
    ...(rows.length === 0 ? [] : [[...head, ...lines].join('\n')]),
    ...(notSet.length === 0 ? [] : [`Not set: ${notSet.map((field) => `\`${field}\``).join(', ')}.`]),
  ].join('\n\n');
}

function inBrackets(cells: readonly string[]): string {
  const told = cells.filter((cell) => cell !== '');
  return told.length === 0 ? '' : ` (${told.join('; ')})`;
}

function textOf({ value }: HoverRow): string {
  if (value === undefined) return 'cannot be told';
  return 'words' in value ? value.words : plainText(value.literal);
}

/** What is written in files is code. A bar would end the cell, even in code. */
function cellOf(row: HoverRow): string {
  const { value } = row;
  return value !== undefined && 'literal' in value ? code(value.literal).replaceAll('|', '\\|') : textOf(row);
}
