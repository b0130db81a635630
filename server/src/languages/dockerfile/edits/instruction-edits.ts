// Changes that put something into a Dockerfile, in the manner of the lines around it.
import type { TextEdit } from '../../../text/edit.js';
import { leading } from '../../../text/leading.js';
import { lineStartAt } from '../../../text/line-start.js';
import { canAppend, hasLastingEffect, isChain } from '../../shell/append.js';
import type { DockerfileSlot } from '../slot.js';
import type { RawInstruction, Split } from '../split.js';
import { argumentSpans, isOldForm } from '../words.js';

type Edits = readonly TextEdit[] | undefined;

export function instructionInsertion({ split, raw }: DockerfileSlot, where: 'before' | 'behind', text: string): Edits {
  if (/[\r\n]/.test(text)) return undefined;
  const ending = lineEnding(split.text);
  // An instruction that ends in the middle of a line or in a heredoc would take it in.
  if (where === 'behind' && split.text[raw.span.end - 1] === split.escape) return undefined;
  if (where === 'behind' && raw.heredocs.some(({ terminated }) => !terminated)) return undefined;
  if (where === 'behind') return insertion(raw.span.end, ending + text);
  // The comments right above it speak of it.
  let start = lineStartAt(split.text, raw.span.start);
  const isFirst = split.instructions[0] === raw;
  while (!isFirst && start > 0) {
    const above = lineStartAt(split.text, start - 1);
    const comment = split.comments[leading(split.comments, ({ span }) => span.start < above)];
    if (comment === undefined || comment.span.start >= start) break;
    start = above;
  }
  if (split.text.charCodeAt(start) === 0xfeff) start++;
  return insertion(start, text + ending);
}

export function commandAppending(slot: DockerfileSlot, command: string): Edits {
  const { split, raw } = slot;
  const script = scriptOf(slot.raw);
  if (script === undefined || /[\r\n]/.test(command) || !canAppend(script, command)) return undefined;
  const { text, escape } = split;
  const end = raw.span.end;
  const last = lineStartAt(text, end);
  if (last <= raw.span.start) return insertion(end, ` && ${command}`);
  const line = text.slice(last, end);
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const ending = lineEnding(text);
  const above = text.slice(lineStartAt(text, last - 1), last - 1).trimEnd();
  // Some write the operator at the end of a line, some in front of the next one.
  const isTrailing = !line.startsWith('&&', indent.length) && above.endsWith(`&& ${escape}`);
  return insertion(
    end,
    isTrailing ? ` && ${escape}${ending}${indent}${command}` : ` ${escape}${ending}${indent}&& ${command}`,
  );
}

export function nextJoining({ split, raw }: DockerfileSlot): Edits {
  const next = split.instructions[leading(split.instructions, ({ span }) => span.start <= raw.span.start)];
  if (next === undefined) return undefined;
  const [script, other] = [scriptOf(raw), scriptOf(next)];
  if (script === undefined || other === undefined || flagsOf(raw) !== flagsOf(next)) return undefined;
  const { text, escape } = split;
  if (text.slice(raw.span.end, next.span.start).trim() !== '') return undefined;
  if (!canAppend(script, 'true') || hasLastingEffect(script) || !isChain(other)) return undefined;
  const { line, rest } = next.statement;
  const start = line.part(rest.start, rest.end).span.start;
  const span = { start: raw.span.end, end: start };
  return [{ span, newText: ` ${escape}${lineEnding(text)}${indentOf(split, raw)}&& ` }];
}

export function instructionSplitting({ split, raw, statement, target }: DockerfileSlot): Edits {
  // What ONBUILD holds would need an ONBUILD of its own.
  if (target.part !== 'assignment' || statement !== raw.statement || statement.keyword !== 'ENV') return undefined;
  const { line, keywordSpan } = statement;
  const spans = argumentSpans(statement);
  const [before, span] = [spans[target.index - 1], spans[target.index]];
  if (before === undefined || span === undefined || isOldForm(statement, spans)) return undefined;
  const { text } = split;
  const start = line.part(before.start, before.end).span.end;
  const end = line.part(span.start, span.end).span.start;
  const keyword = `${line.value.slice(keywordSpan.start, keywordSpan.end)} `;
  const gap = text.slice(start, end);
  if (!gap.includes('#')) return [{ span: { start, end }, newText: lineEnding(text) + keyword }];
  // The comments between the two stay: only what continues the line above them goes.
  const escape = gap.indexOf(split.escape);
  if (escape < 0) return undefined;
  const indent = lineStartAt(text, end);
  return [
    { span: { start, end: start + escape + 1 }, newText: '' },
    { span: { start: indent, end }, newText: keyword },
  ];
}

/** The script of a RUN in shell form that is no heredoc; undefined for anything else. */
function scriptOf({ statement, heredocs, span }: RawInstruction): string | undefined {
  const { keyword, json, line, rest } = statement;
  // What ends in the middle of a line ends with the file, too.
  if (line.part(rest.end, rest.end).span.end !== span.end) return undefined;
  if (keyword !== 'RUN' || json !== undefined || heredocs.length > 0 || rest.start >= rest.end) return undefined;
  return line.value.slice(rest.start, rest.end);
}

function flagsOf({ statement: { line, flags } }: RawInstruction): string {
  return flags.map(({ span }) => line.value.slice(span.start, span.end)).join(' ');
}

/** The indentation of the second line of an instruction, blank ones and comments left out. */
function indentOf({ text }: Split, { span }: RawInstruction): string {
  const newline = text.indexOf('\n', span.start);
  if (newline < 0 || newline >= span.end) return '    ';
  return /^([ \t]*)[^\s#]/m.exec(text.slice(newline + 1, span.end))?.[1] ?? '    ';
}

function lineEnding(text: string): string {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}

function insertion(at: number, newText: string): Edits {
  return [{ span: { start: at, end: at }, newText }];
}
