// The one place where the differential test calls our reader, whose answers it writes down as the recorder writes those of BuildKit.
import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { dockerfileLanguage } from '../../src/languages/dockerfile/language.js';
import { type RawInstruction, splitDockerfile } from '../../src/languages/dockerfile/split.js';
import type { Statement } from '../../src/languages/dockerfile/statement.js';
import { expand, findTrouble } from '../../src/languages/dockerfile/variables/expand.js';
import { argumentSpans, isOldForm } from '../../src/languages/dockerfile/words.js';
import type { Stage } from '../../src/model/dockerfile/stage.js';
import type { Located } from '../../src/model/located.js';
import { verbatim } from '../../src/text/mapped-text.js';
import type { Span } from '../../src/text/span.js';
import type { FileAnswer, ImageAnswer, NodeAnswer, WordAnswer, WordCase } from './oracle.js';

export interface Problem {
  readonly line: number;
  readonly under: string;
  readonly message: string;
}

export interface OurAnswer extends FileAnswer {
  readonly problems: readonly Problem[];
}

/** Stands for what we do not know. */
export const notKnown = '<not known>';

export function readOurs(text: string): OurAnswer {
  const split = splitDockerfile('Dockerfile', text);
  const file = dockerfileLanguage.read({ file: 'Dockerfile', text, mode: 'open', kubernetesMinor: 33 });
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  const image = imageOf(file.subjects.stage?.at(-1));
  return {
    escape: split.escape,
    directives: split.directives.filter(({ repeated }) => !repeated).map(({ name, value }) => [name, value.value]),
    nodes: split.instructions.map((raw) => nodeOf(text, raw, lineOf)),
    ...(image === undefined ? {} : { image }),
    problems: file.source.problems.map(({ at: { span }, message }) => {
      assert.ok(message.length <= 100, message);
      return { line: lineOf(span.start), under: text.slice(span.start, span.end), message };
    }),
  };
}

/** An answer that depends on a variable that is not set is open to us: the build may set it. */
export function readWord({ word, escape, env }: WordCase): WordAnswer & { readonly isOpen: boolean } {
  const text = verbatim(word, { file: 'Dockerfile', span: { start: 0, end: word.length } });
  const trouble = findTrouble(text, escape);
  let isOpen = false;
  const value = expand(text, escape, (name) => {
    const set = env[name];
    isOpen ||= set === undefined || set === '';
    return set === undefined ? { kind: 'unset', at: text.place } : { kind: 'set', value: set, at: text.place };
  })?.value;
  return {
    isOpen,
    ...(value === undefined ? {} : { is: value }),
    ...(trouble === undefined ? {} : { refused: trouble.message }),
  };
}

function nodeOf(text: string, raw: RawInstruction, lineOf: (offset: number) => number): NodeAnswer {
  const heredocs = raw.heredocs.map(({ name, body, expand: expands, chomp }) => ({
    name,
    ...(expands ? { expand: true } : {}),
    ...(chomp ? { chomp: true } : {}),
    content: text.slice(body.start, body.end),
  }));
  return {
    ...statementOf(raw.statement),
    lines: [lineOf(raw.span.start), lineOf(raw.span.end)],
    ...(heredocs.length === 0 ? {} : { heredocs }),
  };
}

function statementOf(statement: Statement): NodeAnswer {
  const { keywordSpan, flags, json, trigger } = statement;
  const args = trigger === undefined ? argumentsOf(statement) : [];
  return {
    keyword: slice(statement, keywordSpan),
    lines: [0, 0],
    flags: flags.map(({ name, value }) => `--${name}${value === undefined ? '' : `=${value.value}`}`),
    ...(json?.onlyStrings === true ? { json: true } : {}),
    args,
    ...(trigger === undefined ? {} : { trigger: statementOf(trigger) }),
  };
}

/** BuildKit leaves the shell form of these as it is written. */
const whole: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'SHELL']);

function argumentsOf(statement: Statement): readonly string[] {
  const { json, rest, keyword, subcommand } = statement;
  const before = subcommand === undefined ? [] : [slice(statement, subcommand)];
  if (json?.onlyStrings === true) return [...before, ...json.items.map(({ value }) => value.value)];
  if (whole.has(keyword)) return rest.start < rest.end ? [...before, slice(statement, rest)] : before;
  const spans = argumentSpans(statement);
  const words = spans.map((span) => slice(statement, span));
  if (keyword !== 'ENV' && keyword !== 'LABEL') return words;
  if (isOldForm(statement, spans)) return words.length < 2 ? words : [...words, ''];
  return words.flatMap((word) => {
    const equals = word.indexOf('=');
    return equals < 0 ? [word] : [word.slice(0, equals), word.slice(equals + 1), '='];
  });
}

function slice(statement: Statement, span: Span): string {
  return statement.line.value.slice(span.start, span.end);
}

/** What the image of a stage has, of what its instructions set. */
function imageOf(stage: Stage | undefined): ImageAnswer | undefined {
  if (stage === undefined) return undefined;
  const below = imageOf(stage.base) ?? {};
  const env = new Map((below.env ?? []).map((each) => [each.slice(0, each.indexOf('=')), each]));
  const labels: Record<string, string> = { ...below.labels };
  const ports = new Set(below.ports);
  const volumes = new Set(below.volumes);
  let { workdir = '/', stopSignal, user } = below;
  for (const instruction of stage.instructions) {
    if (instruction.onbuild) continue;
    const words = instruction.arguments.map(valueOf);
    const [first] = words;
    if (instruction.keyword === 'ENV') {
      for (const { name, value } of instruction.assignments) env.set(name, `${name}=${valueOf(value)}`);
    } else if (instruction.keyword === 'LABEL') addLabels(labels, words);
    else if (instruction.keyword === 'EXPOSE') for (const word of words) ports.add(word);
    else if (instruction.keyword === 'VOLUME') for (const word of words) volumes.add(word);
    else if (instruction.keyword === 'WORKDIR' && first !== undefined) workdir = posix.resolve(workdir, first);
    else if (instruction.keyword === 'STOPSIGNAL') stopSignal = first;
    else if (instruction.keyword === 'USER' && first !== undefined) user = first;
  }
  return {
    env: [...env.values()],
    labels,
    ports: [...ports],
    volumes: [...volumes],
    workdir,
    ...(stopSignal === undefined ? {} : { stopSignal }),
    ...(user === undefined ? {} : { user }),
  };
}

function addLabels(labels: Record<string, string>, words: readonly string[]): void {
  const [first, second] = words;
  if (first !== undefined && second !== undefined && words.length === 2 && !first.includes('=')) {
    labels[first] = second;
    return;
  }
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals > 0) labels[word.slice(0, equals)] = word.slice(equals + 1);
    else if (word === notKnown) labels[notKnown] = notKnown;
  }
}

function valueOf(field: Located<string>): string {
  return field.kind === 'known' ? field.value : notKnown;
}
