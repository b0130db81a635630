// What every format written in YAML has in common: its documents, what is wrong with them, its comments and its edits.
import type { Annotation, Comment, ReadFile, ReadRequest, SubjectGroups } from '../../engine/language.js';
import type { Subjects } from '../../engine/rule.js';
import type { Resource } from '../../model/address.js';
import type { FileKind } from '../../model/format.js';
import type { Problem } from '../../model/source-file.js';
import type { WrittenTexts } from '../../model/written-text.js';
import { type Span, shift } from '../../text/span.js';
import { pathTo } from './address.js';
import { blockAt, commentsOf, lastStartingBy, scopeBelow } from './comments.js';
import { YamlDocument } from './document.js';
import { yamlEdits } from './edit.js';
import { lackingAt } from './lacking.js';
import { maxDocuments, readStream, type Slice, type YamlStream } from './stream.js';
import { maxDepth, maxLexemes } from './tree.js';
import { textsHolding } from './written-texts.js';

export interface YamlFile {
  /** Without the reading before: whoever kept that would keep all of them, the one before that one too. */
  readonly request: Omit<ReadRequest, 'previous'>;
  readonly stream: YamlStream;
  /** The documents that were asked for, in order; also those that are broken, as far as they can be read. */
  readonly documents: readonly YamlDocument[];
}

/** Where a resource stands in the file. */
export interface ResourceSpan {
  readonly span: Span;
  readonly resource: Resource;
}

/** What a format has found in its file. */
interface Contents {
  readonly kind: FileKind;
  readonly subjects: Subjects;
  /** What people have a name for. */
  readonly resources?: () => readonly ResourceSpan[];
  /** Problems that only the format sees; those of YAML itself are added. */
  readonly problems?: readonly Problem[];
  /** Where the values of environment variables begin, in any order. Called when somebody asks for them. */
  readonly variables?: () => readonly number[];
  readonly groups?: SubjectGroups;
  readonly partOf?: (subject: object) => object | undefined;
  /** Called when somebody asks for them. */
  readonly annotations?: () => readonly Annotation[];
}

/** A read file that lends its trees to the next reading. */
interface ReadYamlFile extends ReadFile {
  readonly stream: YamlStream;
}

/** Parses the documents whose text `wanted` accepts; all of them when it is left out. */
export function readYamlFile(
  { previous, ...request }: ReadRequest,
  wanted: (text: string) => boolean = () => true,
): YamlFile {
  const stream = readStream(request.text, (previous as Partial<ReadYamlFile> | undefined)?.stream);
  const documents = stream.slices
    .filter((slice) => wanted(textOf(request, slice)))
    .map((slice) => new YamlDocument(request.file, slice));
  return { request, stream, documents };
}

/**
 * The file as the engine takes it. Call it when the documents have been looked at: whether the limit of alias expansion
 * was reached is known only then.
 */
export function finishYamlFile(file: YamlFile, contents: Contents): ReadFile {
  const { request, stream } = file;
  const problems = [...yamlProblems(file), ...(contents.problems ?? [])];
  problems.sort((a, b) => a.at.span.start - b.at.span.start);
  let comments: readonly Comment[] | undefined;
  let resources: readonly ResourceSpan[] | undefined;
  let variables: readonly number[] | undefined;
  const texts: WrittenTexts = {
    holding: (sign) =>
      textsHolding(sign, {
        file,
        comments: () => read.comments(),
        variables() {
          variables ??= [...(contents.variables?.() ?? [])].sort((a, b) => a - b);
          return variables;
        },
      }),
  };
  const read: ReadYamlFile = {
    source: { id: request.file, kind: contents.kind, problems },
    text: request.text,
    subjects: withMore(contents.subjects, { texts: [texts] }),
    stream,
    ...(contents.groups === undefined ? {} : { groups: contents.groups }),
    ...(contents.partOf === undefined ? {} : { partOf: contents.partOf }),
    comments() {
      comments ??= stream.slices.flatMap((slice) => commentsOfSlice(request, slice));
      return comments;
    },
    scopeBelow(comment) {
      const slice = stream.slices[lastStartingBy(stream.slices, comment.span.start)];
      if (slice === undefined) return undefined;
      const scope = scopeBelow(slice.tree(), comment.span.start - slice.span.start);
      return scope === undefined ? undefined : shift(scope, slice.span.start);
    },
    blockAt(offset) {
      const slice = stream.slices[lastStartingBy(stream.slices, offset)];
      if (slice === undefined) return undefined;
      const block = blockAt(slice.tree(), offset - slice.span.start);
      return block === undefined ? undefined : shift(block, slice.span.start);
    },
    lackingAt,
    annotations: contents.annotations ?? (() => []),
    addressOf(offset) {
      const slice = stream.slices[lastStartingBy(stream.slices, offset)];
      const path = slice === undefined ? '' : pathTo(slice.tree().root, offset - slice.span.start);
      // Through an alias, what is used later may be written before.
      resources ??= [...(contents.resources?.() ?? [])].sort((a, b) => a.span.start - b.span.start);
      return { resource: resourceAt(resources, offset), path };
    },
    edits: (change) => yamlEdits(change, request.text),
  };
  return read;
}

/** All of these subjects. Those that are read when somebody asks for them still are. */
export function withMore(subjects: Subjects, more: Subjects): Subjects {
  return Object.defineProperties({ ...more }, Object.getOwnPropertyDescriptors(subjects));
}

function resourceAt(resources: readonly ResourceSpan[], offset: number): Resource | undefined {
  const found = resources[lastStartingBy(resources, offset)];
  return found === undefined || found.span.end < offset ? undefined : found.resource;
}

function textOf(request: YamlFile['request'], slice: Slice): string {
  return request.text.slice(slice.span.start, slice.span.end);
}

function commentsOfSlice(request: YamlFile['request'], slice: Slice): readonly Comment[] {
  // Spares the parsing of a document that nobody wanted.
  if (!textOf(request, slice).includes('#')) return [];
  const tree = slice.tree();
  if (tree.tooDeep !== undefined || tree.tooLarge !== undefined) return [];
  return commentsOf(tree).map((comment) => ({ ...comment, span: shift(comment.span, slice.span.start) }));
}

function yamlProblems(file: YamlFile): Problem[] {
  const problems: Problem[] = [];
  for (const document of file.documents) {
    const { tree } = document;
    const add = (kind: Problem['kind'], span: Span, message: string) =>
      problems.push({ kind, at: document.place(span), message });
    if (tree.tooDeep !== undefined) {
      add('limit', tree.tooDeep, `Nesting is deeper than ${maxDepth}: this document was not checked.`);
    }
    if (tree.tooLarge !== undefined) {
      const message = `This document has more than ${maxLexemes} words and signs: it was not checked.`;
      add('limit', tree.tooLarge, message);
    }
    if (document.exhausted) {
      add('limit', firstUnit(tree.root?.span), 'Aliases and merge keys expand too far: a part was not checked.');
    }
    // What follows a first error is mostly its echo.
    const error = tree.errors[0];
    if (error === undefined) continue;
    const template = tree.text.search(/\{\{|\{%/);
    if (template >= 0) {
      const message = 'This document is a template: only what reads as YAML was checked.';
      add('limit', { start: template, end: template + 2 }, message);
    } else {
      add('syntax', error.span, error.message);
    }
  }
  const beyond = file.stream.beyondLimit;
  if (beyond !== undefined) {
    const message = `The file has more than ${maxDocuments} documents: those from here on were not checked.`;
    problems.push({ kind: 'limit', at: { file: file.request.file, span: firstUnit(beyond) }, message });
  }
  return problems;
}

function firstUnit(span: Span = { start: 0, end: 0 }): Span {
  return { start: span.start, end: Math.min(span.start + 1, span.end) };
}
