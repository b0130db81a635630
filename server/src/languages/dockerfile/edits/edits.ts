// Changes into text edits that touch nothing else.
import type { Change, Data } from '../../../model/change.js';
import type { TextEdit } from '../../../text/edit.js';
import type { Span } from '../../../text/span.js';
import { type DockerfileSlot, isDockerfileSlot } from '../slot.js';
import type { Split } from '../split.js';
import type { Statement } from '../statement.js';
import { argumentSpans, isOldForm } from '../words.js';
import { commandAppending, instructionInsertion, instructionSplitting, nextJoining } from './instruction-edits.js';
import { wordsRemoval } from './shell-word-edits.js';

/** Instructions that go on meaning the same when one of several arguments is gone. */
const listKeywords: ReadonlySet<string> = new Set(['ARG', 'ENV', 'EXPOSE', 'LABEL', 'VOLUME']);

/** The edits that make a change; undefined where it cannot be made without touching something else. */
export function editsFor(split: Split, change: Change): readonly TextEdit[] | undefined {
  if (change.kind === 'replaceText') {
    const { file, span } = change.place;
    if (file !== split.file || span.start < 0 || span.end > split.text.length || span.end < span.start)
      return undefined;
    return [{ span, newText: change.text }];
  }
  if (change.kind === 'removeWords')
    return change.place.file === split.file ? wordsRemoval(split, change.place.span) : undefined;
  if (change.kind === 'createFile' || change.kind === 'embedded') return undefined;
  const { slot } = change;
  // An address of an earlier reading has offsets of another text.
  if (!isDockerfileSlot(slot) || slot.split !== split) return undefined;
  switch (change.kind) {
    case 'remove':
      return removal(slot);
    case 'set':
      return setting(slot, change.value);
    case 'prefix':
      return prefixing(slot, change.text);
    case 'insertInstruction':
      return instructionInsertion(slot, change.where, change.text);
    case 'appendCommand':
      return commandAppending(slot, change.command);
    case 'joinNext':
      return nextJoining(slot);
    case 'splitInstruction':
      return instructionSplitting(slot);
    case 'append':
    case 'ending':
    case 'join':
    case 'tag':
      return undefined;
  }
}

function removal(slot: DockerfileSlot): readonly TextEdit[] | undefined {
  const { statement, target } = slot;
  switch (target.part) {
    case 'none':
      return undefined;
    case 'instruction':
      return instructionRemoval(slot);
    case 'flag': {
      const flag = statement.flags[target.index];
      if (flag === undefined) return undefined;
      const next = statement.flags[target.index + 1]?.span ?? statement.subcommand ?? statement.rest;
      return firstWordRemoval(slot, flag.span, next);
    }
    case 'argument':
    case 'assignment': {
      const spans = argumentSpans(statement);
      if (spans.length <= 1 || isOldForm(statement, spans)) return instructionRemoval(slot);
      return listKeywords.has(statement.keyword) ? wordRemoval(slot, spans, target.index) : undefined;
    }
  }
}

/** The whole instruction with its lines. A stage cannot lose its FROM. */
function instructionRemoval({ raw, statement, split }: DockerfileSlot): readonly TextEdit[] | undefined {
  if (statement.keyword === 'FROM') return undefined;
  const { text } = split;
  const start = lineStart(text, raw.span.start);
  return [{ span: { start, end: nextLine(text, raw.span.end) }, newText: '' }];
}

function wordRemoval(slot: DockerfileSlot, spans: readonly Span[], index: number): readonly TextEdit[] | undefined {
  const span = spans[index];
  const before = spans[index - 1];
  const after = spans[index + 1];
  if (span === undefined) return undefined;
  if (before === undefined) {
    // Without `=` in its first word, the rest would be read as the old form, with another meaning.
    if (after === undefined || isOldForm(slot.statement, spans.slice(1))) return undefined;
    return firstWordRemoval(slot, span, after);
  }
  const { text } = slot.split;
  // `[ 'a' ]` is no JSON, but what would be left of it is.
  if (slot.statement.json === undefined && slot.statement.line.value[slot.statement.rest.start] === '[')
    return undefined;
  const source = sourceOf(slot.statement, span);
  const previousEnd = sourceOf(slot.statement, before).end;
  if (!text.slice(previousEnd, source.start).includes('#')) {
    return [{ span: { start: previousEnd, end: source.end }, newText: '' }];
  }
  // A comment line stands in front of it and stays. In JSON form the comma would have to go with it.
  if (slot.statement.json !== undefined) return undefined;
  const start = lineStart(text, source.start);
  const end = lineEnd(text, source.end);
  if (after === undefined) {
    // The lines above no longer go on: the escape character behind the previous word goes, too.
    return [
      { span: { start: previousEnd, end: lineEnd(text, previousEnd) }, newText: '' },
      { span: { start, end: nextLine(text, source.end) }, newText: '' },
    ];
  }
  const standsAlone = isBlankText(text.slice(start, source.start)) && sourceOf(slot.statement, after).start > end;
  if (standsAlone) return [{ span: { start, end: nextLine(text, source.end) }, newText: '' }];
  return [{ span: { start: source.start, end: skipInlineBlanks(text, source.end) }, newText: '' }];
}

/** Takes a word away together with the blanks behind it, up to the next one. */
function firstWordRemoval(slot: DockerfileSlot, span: Span, next: Span): readonly TextEdit[] | undefined {
  const { text } = slot.split;
  const { start, end } = sourceOf(slot.statement, span);
  const nextStart = next.start < next.end ? sourceOf(slot.statement, next).start : end;
  if (!text.slice(end, nextStart).includes('#')) return [{ span: { start, end: nextStart }, newText: '' }];
  if (slot.statement.json !== undefined) return undefined;
  const ownLine = lineStart(text, start);
  const behind = skipInlineBlanks(text, end);
  const standsAlone = isBlankText(text.slice(ownLine, start)) && text[behind] === slot.split.escape;
  if (standsAlone && isBlankText(text.slice(behind + 1, lineEnd(text, behind))))
    return [{ span: { start: ownLine, end: nextLine(text, end) }, newText: '' }];
  return [{ span: { start, end: behind }, newText: '' }];
}

function setting(slot: DockerfileSlot, data: Data): readonly TextEdit[] | undefined {
  if (data === null || typeof data === 'object') return undefined;
  const value = String(data);
  if (/[\r\n]/.test(value)) return undefined;
  const { statement, target } = slot;
  switch (target.part) {
    case 'instruction':
    case 'none':
      return undefined;
    case 'assignment': {
      const span = valueSpan(statement, target.index);
      if (span === undefined) {
        const name = argumentSpans(statement)[target.index];
        if (name === undefined) return undefined;
        const end = sourceOf(statement, name).end;
        return [{ span: { start: end, end }, newText: `=${quoted(value, statement)}` }];
      }
      return [{ span: sourceOf(statement, span), newText: quoted(value, statement) }];
    }
    case 'argument': {
      const span = argumentSpans(statement)[target.index];
      if (span === undefined) return undefined;
      if (statement.json !== undefined) {
        return [{ span: sourceOf(statement, span), newText: JSON.stringify(value) }];
      }
      return isPlain(value) ? [{ span: sourceOf(statement, span), newText: value }] : undefined;
    }
    case 'flag': {
      const place = statement.flags[target.index]?.value?.place;
      return place === undefined || !isPlain(value) ? undefined : [{ span: place.span, newText: value }];
    }
  }
}

function prefixing(slot: DockerfileSlot, prefix: string): readonly TextEdit[] | undefined {
  const { statement, target } = slot;
  if (!isPlain(prefix)) return undefined;
  let span: Span | undefined;
  if (target.part === 'argument') span = argumentSpans(statement)[target.index];
  else if (target.part === 'assignment') span = valueSpan(statement, target.index);
  if (span === undefined) return undefined;
  const { start } = sourceOf(statement, span);
  const at = /["']/.test(statement.line.value.charAt(span.start)) && span.start < span.end ? start + 1 : start;
  return [{ span: { start: at, end: at }, newText: prefix }];
}

/** The value of an assignment with its quotes; undefined where it has none. */
function valueSpan(statement: Statement, index: number): Span | undefined {
  const spans = argumentSpans(statement);
  if (isOldForm(statement, spans)) return spans[1];
  const span = spans[index];
  if (span === undefined) return undefined;
  const equals = statement.line.value.indexOf('=', span.start);
  return equals < 0 || equals >= span.end ? undefined : { start: equals + 1, end: span.end };
}

function isPlain(value: string): boolean {
  return /^[\w.\-/:@+,=%~]*$/.test(value);
}

function quoted(value: string, { escape }: Statement): string {
  if (value !== '' && isPlain(value)) return value;
  let text = '';
  for (const char of value) text += char === '"' || char === '$' || char === escape ? escape + char : char;
  return `"${text}"`;
}

function sourceOf(statement: Statement, span: Span): Span {
  return statement.line.part(span.start, span.end).span;
}

function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== '\n' && text.charCodeAt(at - 1) !== 0xfeff) at--;
  return at;
}

/** The end of the line without its line end. */
function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

function skipInlineBlanks(text: string, offset: number): number {
  let at = offset;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

function isBlankText(text: string): boolean {
  return text.trim() === '';
}
