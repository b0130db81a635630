// What BuildKit would refuse about a Dockerfile, as far as it can be told from the text alone.
import type { Problem } from '../../model/source-file.js';
import { closest } from '../../text/closest.js';
import type { MappedText } from '../../text/mapped-text.js';
import type { Place, Span } from '../../text/span.js';
import { isTooMuch } from '../shell/read-shell.js';
import { maxInstructions, type RawInstruction, type Split } from './split.js';
import type { Statement } from './statement.js';
import { argumentSpans, isOldForm } from './words.js';

/** More would only say again that the file is no Dockerfile. */
const maxProblems = 20;

const keywords: readonly string[] = [
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
];
const known: ReadonlySet<string> = new Set(keywords);

/** These cannot be empty; RUN, CMD and ENTRYPOINT can. */
const atLeastOne: ReadonlySet<string> = new Set([
  'ARG',
  'ENV',
  'EXPOSE',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
]);

/** A shorter one cannot be too much for the shell reader. */
const shortCommand = 2000;

export function findProblems(split: Split): readonly Problem[] {
  const template = templateMark(split);
  if (template !== undefined) {
    const message = 'This file is a template: only what reads as a Dockerfile was checked.';
    return [{ kind: 'limit', at: template, message }];
  }
  const problems: Problem[] = [];
  const report = (at: Place, message: string, fix?: Problem['fix']): void => {
    problems.push({ kind: 'syntax', at, message, ...(fix === undefined ? {} : { fix }) });
  };
  checkDirectives(split, report);
  checkEmpty(split, report);
  for (const raw of split.instructions) {
    if (problems.length >= maxProblems) break;
    checkInstruction(raw, report);
    checkLength(raw, problems);
  }
  const kept = problems.slice(0, maxProblems);
  return split.beyondLimit === undefined ? kept : [...kept, beyond(split.file, split.beyondLimit)];
}

function beyond(file: Split['file'], span: Span): Problem {
  const message = `The file has more than ${maxInstructions} instructions: those from here on were not checked.`;
  return { kind: 'limit', at: { file, span }, message };
}

/** A command that the shell reader leaves out is not passed over in silence. */
function checkLength({ span, statement }: RawInstruction, problems: Problem[]): void {
  if (span.end - span.start < shortCommand) return;
  const { keyword, line, keywordSpan } = statement.trigger ?? statement;
  if (keyword !== 'RUN' || !isTooMuch(line.value)) return;
  const at = line.part(keywordSpan.start, keywordSpan.end);
  problems.push({ kind: 'limit', at, message: 'This command is too much for the shell reader: it was not checked.' });
}

type Report = (at: Place, message: string, fix?: Problem['fix']) => void;

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

function checkDirectives(split: Split, report: Report): void {
  for (const { name, value, repeated } of split.directives) {
    if (repeated) report(value.place, `The directive '${name}' is written twice: the build refuses that.`);
    if (name === 'escape' && value.value !== '\\' && value.value !== '`') {
      report(value.place, 'The escape character can only be a backslash or a backtick.');
    }
  }
}

function checkEmpty(split: Split, report: Report): void {
  const comment = split.comments[0];
  if (split.instructions.length > 0 || comment === undefined) return;
  report({ file: split.file, span: comment.span }, 'The file has no instructions: there is nothing to build.');
}

function checkInstruction(raw: RawInstruction, report: Report): void {
  const { statement } = raw;
  checkStatement(statement, report);
  if (statement.trigger !== undefined) checkStatement(statement.trigger, report);
  const open = raw.heredocs.find((heredoc) => !heredoc.terminated);
  if (open === undefined) return;
  const { line } = statement;
  const from = line.value.indexOf(open.name, line.value.indexOf('<<'));
  const at = from < 0 ? keywordAt(statement) : line.part(from, from + open.name.length);
  report(at, `The heredoc '${shorten(open.name)}' is not ended: it takes the rest of the file.`);
}

function checkStatement(statement: Statement, report: Report): void {
  const { keyword } = statement;
  if (!known.has(keyword)) {
    reportUnknown(statement, report);
    return;
  }
  const at = keywordAt(statement);
  const spans = argumentSpans(statement);
  if (statement.json?.onlyStrings === false) {
    report(placeOf(statement.line, statement.rest), `'${keyword}' has an array with something else than strings.`);
    return;
  }
  if (spans.length === 0 && atLeastOne.has(keyword)) report(at, `'${keyword}' needs an argument.`);
  else if (keyword === 'FROM') checkFromArguments(statement, spans, report);
  else if (keyword === 'COPY' || keyword === 'ADD') {
    if (spans.length < 2) report(at, `'${keyword}' needs a source and a destination.`);
  } else if (keyword === 'SHELL' && statement.json === undefined) {
    report(placeOf(statement.line, statement.rest), "'SHELL' needs its arguments as a JSON array.");
  } else if (keyword === 'HEALTHCHECK') checkHealthcheck(statement, report);
  else if (keyword === 'ENV' || keyword === 'LABEL') checkPairs(statement, spans, report);
}

function reportUnknown(statement: Statement, report: Report): void {
  const { line, keywordSpan, keyword } = statement;
  const at = keywordAt(statement);
  const meant = keyword.length > 20 ? undefined : closest(keyword, keywords);
  const written = line.value.slice(keywordSpan.start, keywordSpan.end);
  const name = shorten(written);
  if (meant === undefined) {
    report(at, `'${name}' is no instruction: the build stops here.`);
    return;
  }
  const text = written === written.toLowerCase() ? meant.toLowerCase() : meant;
  report(at, `'${name}' is no instruction: did you mean ${meant}?`, {
    title: `Replace by \`${text}\``,
    safety: 'unsafe',
    changes: [{ kind: 'replaceText', place: at, text }],
  });
}

function checkFromArguments(statement: Statement, spans: readonly Span[], report: Report): void {
  const { line } = statement;
  const [image, as, name] = spans;
  if (image === undefined) {
    report(keywordAt(statement), "'FROM' needs an image.");
    return;
  }
  if (spans.length === 1) return;
  const last = spans.at(-1) ?? image;
  if (as === undefined || name === undefined || spans.length > 3 || !/^as$/i.test(textOf(line, as))) {
    const from = as ?? image;
    report(line.part(from.start, last.end), "'FROM' takes an image, or an image, AS and a stage name.");
  } else if (!/^[a-z][a-z0-9\-_.]*$/i.test(textOf(line, name))) {
    report(placeOf(line, name), `'${shorten(textOf(line, name))}' is no name for a stage.`);
  }
}

function checkHealthcheck(statement: Statement, report: Report): void {
  const { line, subcommand, rest } = statement;
  if (subcommand === undefined) return;
  const name = textOf(line, subcommand).toUpperCase();
  const hasMore = rest.start < rest.end;
  if (name === 'NONE' && hasMore) report(placeOf(line, rest), "'HEALTHCHECK NONE' takes no arguments.");
  else if (name === 'CMD' && !hasMore) report(placeOf(line, subcommand), "'HEALTHCHECK CMD' needs a command.");
  else if (name !== 'NONE' && name !== 'CMD') {
    report(placeOf(line, subcommand), "'HEALTHCHECK' takes CMD with a command, or NONE.");
  }
}

function checkPairs(statement: Statement, spans: readonly Span[], report: Report): void {
  const { line, keyword } = statement;
  if (isOldForm(statement, spans)) {
    if (spans.length < 2) report(keywordAt(statement), `'${keyword}' needs a name and a value.`);
    return;
  }
  for (const span of spans) {
    const word = textOf(line, span);
    if (word.startsWith('=')) report(placeOf(line, span), `'${keyword}' has a value without a name.`);
    else if (!word.includes('=')) report(placeOf(line, span), `'${shorten(word)}' has no '=': it must be name=value.`);
  }
}

function keywordAt(statement: Statement): Place {
  return placeOf(statement.line, statement.keywordSpan);
}

function placeOf(line: MappedText, span: Span): Place {
  return line.part(span.start, span.end);
}

function textOf(line: MappedText, span: Span): string {
  return line.value.slice(span.start, span.end);
}

/** Messages have at most 100 characters. */
function shorten(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text;
}
