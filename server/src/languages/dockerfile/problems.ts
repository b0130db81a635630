// What BuildKit would refuse about a Dockerfile, as far as it can be told from the text alone.
import type { Instruction } from '../../model/dockerfile/instruction.js';
import { isKeyword, keywords } from '../../model/dockerfile/keywords.js';
import type { Problem } from '../../model/source-file.js';
import type { Place, Span } from '../../text/span.js';
import { isTooMuch, maxCommands } from '../shell/read-shell.js';
import type { ReadInstruction } from './instruction.js';
import { checkArguments } from './problems/arguments.js';
import { checkDirectives } from './problems/directives.js';
import { checkFlags } from './problems/flags.js';
import { keywordAt, meantBy, type Report, replaceBy, shorten } from './problems/report.js';
import { checkBodies, checkWords } from './problems/words.js';
import { placeholdersIn } from './script/placeholders.js';
import { maxInstructions, type RawInstruction, type Split } from './split.js';
import type { Statement } from './statement.js';
import { argumentSpans } from './words.js';

/** More would only say again that the file is no Dockerfile. */
const maxProblems = 20;

/** Of these as triggers invalid-onbuild-trigger speaks. */
const noTriggers: ReadonlySet<string> = new Set(['FROM', 'MAINTAINER', 'ONBUILD']);

/** A shorter one cannot be too much for the shell reader. */
const shortCommand = 2000;

/** `instructions`: those of the model, in the order of the text. */
export function findProblems(split: Split, instructions: readonly ReadInstruction[]): readonly Problem[] {
  const template = templateMark(split);
  if (template !== undefined) {
    const message = 'This file is a template: only what reads as a Dockerfile was checked.';
    return [{ kind: 'limit', at: template, message, isTemplate: true }];
  }
  const problems: Problem[] = [];
  const report = (at: Place, message: string, fix?: Problem['fix']): void => {
    problems.push({ kind: 'syntax', at, message, ...(fix === undefined ? {} : { fix }) });
  };
  checkDirectives(split, report);
  checkEmpty(split, report);
  for (const { raw, instruction } of instructions) {
    if (problems.length >= maxProblems) break;
    checkInstruction(split, raw, report);
    checkLength(raw, instruction, problems);
  }
  const kept = problems.slice(0, maxProblems);
  return split.beyondLimit === undefined ? kept : [...kept, beyond(split.file, split.beyondLimit)];
}

function beyond(file: Split['file'], span: Span): Problem {
  const message = `The file has more than ${maxInstructions} instructions: those from here on were not checked.`;
  return { kind: 'limit', at: { file, span }, message };
}

/** Whether a step may have more commands than are read: the shortest takes two characters with what parts it from the next. */
export function isLongStep({ start, end }: Span): boolean {
  return end - start >= 2 * maxCommands;
}

/** A command that the shell reader leaves out is not passed over in silence. */
function checkLength({ span, statement }: RawInstruction, instruction: Instruction, problems: Problem[]): void {
  if (span.end - span.start < shortCommand) return;
  const { keyword, line, keywordSpan } = statement.trigger ?? statement;
  if (keyword !== 'RUN') return;
  const at = line.part(keywordSpan.start, keywordSpan.end);
  const report = (message: string): void => {
    problems.push({ kind: 'limit', at, message });
  };
  if (isTooMuch(line.value)) report('This command is too much for the shell reader: it was not checked.');
  else if (isLongStep(span) && instruction.commands.length >= maxCommands) {
    report(`Of this step only the first ${maxCommands} commands were checked.`);
  }
}

/** What shows that the file becomes a Dockerfile only when a template engine has been over it. */
function templateMark(split: Split): Place | undefined {
  for (const { statement } of split.instructions) {
    const { keyword, line, rest } = statement;
    if (/^(?:\{\{|\{%|\{#|<%|%%|@@)/.test(keyword)) {
      const { start } = statement.keywordSpan;
      return line.part(start, start + 2);
    }
    const at = keyword === 'FROM' ? line.value.slice(rest.start, rest.end).search(/\{\{|\{%|<%/) : -1;
    if (at >= 0) return line.part(rest.start + at, rest.start + at + 2);
  }
  return undefined;
}

function checkEmpty(split: Split, report: Report): void {
  const comment = split.instructions.length === 0 ? split.comments[0] : undefined;
  if (comment === undefined) return;
  report({ file: split.file, span: comment.span }, 'The file has no instructions: there is nothing to build.');
}

function checkInstruction(split: Split, raw: RawInstruction, report: Report): void {
  const { statement } = raw;
  checkStatement(statement, report);
  const { trigger } = statement;
  if (trigger !== undefined && !noTriggers.has(trigger.keyword)) checkStatement(trigger, report);
  checkBodies(split, raw, report);
  const open = raw.heredocs.find((heredoc) => !heredoc.terminated);
  if (open === undefined) return;
  const { line } = statement;
  const from = line.value.indexOf(open.name, line.value.indexOf('<<'));
  const at = from < 0 ? keywordAt(statement) : line.part(from, from + open.name.length);
  report(at, `The heredoc '${shorten(open.name)}' is not ended: it takes the rest of the file.`);
}

function checkStatement(statement: Statement, report: Report): void {
  if (!isKeyword(statement.keyword)) {
    reportKeyword(statement, report);
    return;
  }
  // What a template engine fills in may be anything. `${{` is no placeholder to the builder.
  const { value } = statement.line;
  if (placeholdersIn(value).some(({ start }) => value[start - 1] !== '$')) return;
  const spans = argumentSpans(statement);
  // What is missing may stand in the flag that is none.
  if (checkFlags(statement, report) || spans.length > 0) checkArguments(statement, spans, report);
  checkWords(statement, spans, report);
}

function reportKeyword(statement: Statement, report: Report): void {
  const { line, keywordSpan, keyword } = statement;
  const at = keywordAt(statement);
  const [, start = ''] = /^([A-Z]+)["'[]/.exec(keyword) ?? [];
  if (isKeyword(start)) {
    const end = keywordSpan.start + start.length;
    const place = line.part(end, end);
    report(line.part(keywordSpan.start, end), `'${start}' needs a blank behind it.`, {
      title: 'Insert a blank',
      safety: 'unsafe',
      changes: [{ kind: 'replaceText', place, text: ' ' }],
    });
    return;
  }
  const meant = keyword.length > 20 ? undefined : meantBy(keyword, keywords);
  const written = line.value.slice(keywordSpan.start, keywordSpan.end);
  const name = shorten(written);
  if (meant === undefined) {
    report(at, `'${name}' is no instruction: the build stops here.`);
    return;
  }
  report(
    at,
    `'${name}' is no instruction: did you mean ${meant}?`,
    replaceBy(at, written === written.toLowerCase() ? meant.toLowerCase() : meant),
  );
}
