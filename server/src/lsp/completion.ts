// Completion of rule ids and last days in ignore comments, and of keys and values in the config file.
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionParams,
  MarkupKind,
  type TextEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { type Rule, severityOf } from '../engine/rule.js';
import { configCompletions } from '../languages/config/completion.js';
import type { FileKind } from '../model/format.js';
import { nameOf } from '../model/paths.js';
import { allRules } from '../rules/all.js';
import { configNames } from '../service/config-files.js';
import type { Abilities } from './capabilities.js';
import type { Documents } from './documents.js';
import { isWork } from './uris.js';

/** What makes a client ask. */
export const completionTriggers: readonly string[] = ['[', ',', ' '];

export interface CompletionRequest {
  readonly documents: Documents;
  readonly abilities: Abilities;
}

/** The ids of an ignore comment up to the cursor; what is being typed is the last group. */
const openIgnore = /#[ \t]*plimsoll:[ \t]*ignore(?:-file)?[ \t]*\[((?:[^[\],]*,)*)[ \t]*([\w-]*)$/;
/** `until:` behind the bracket, while it is typed. */
const openUntil = /#[ \t]*plimsoll:[ \t]*ignore(?:-file)?[ \t]*\[[^[\]]*\][ \t]*(u(?:n(?:t(?:i(?:l)?)?)?)?)$/;
/** The word before the bracket, while it is typed. */
const openWord = /#[ \t]*(p(?:l(?:i(?:m(?:s(?:o(?:l(?:l(?::[ \t]*[\w-]*)?)?)?)?)?)?)?)?)$/;

export async function complete(
  { textDocument, position }: CompletionParams,
  request: CompletionRequest,
): Promise<CompletionItem[]> {
  const document = request.documents.get(textDocument.uri);
  if (document === undefined || !isWork(URI.parse(document.uri).scheme)) return [];
  const offset = document.offsetAt(position);
  const line = document.getText({ start: { line: position.line, character: 0 }, end: position });
  const ids = openIgnore.exec(line);
  if (ids !== null) {
    const [, before = '', typed = ''] = ids;
    const taken = new Set(before.split(',').map((id) => id.trim()));
    const { formats, found } = await knownOf(textDocument.uri, request);
    return allRules
      .filter(({ meta }) => !taken.has(meta.id) && meta.formats.some((format) => formats?.includes(format) ?? true))
      .map((rule) => ({
        ...item(document, offset - typed.length, offset, rule.meta.id, detailOf(rule, formats), request),
        // What is to be ignored has mostly been found.
        ...(found.has(rule.meta.id) ? { sortText: ` ${rule.meta.id}` } : {}),
      }));
  }
  const word = openWord.exec(line);
  if (word !== null) {
    const [, typed = ''] = word;
    return ['plimsoll: ignore[', 'plimsoll: ignore-file['].map((text) =>
      item(document, offset - typed.length, offset, text, { kind: CompletionItemKind.Keyword }, request),
    );
  }
  const until = openUntil.exec(line);
  if (until !== null) {
    const [, typed = ''] = until;
    return [item(document, offset - typed.length, offset, 'until:', { kind: CompletionItemKind.Keyword }, request)];
  }
  if (!configNames.includes(nameOf(URI.parse(document.uri).path))) return [];
  const found = configCompletions(document.getText(), offset, allRules);
  return found.items.map(({ text, kind, rule, description }) =>
    item(
      document,
      found.span.start,
      found.span.end,
      text,
      rule === undefined
        ? {
            kind: kind === 'key' ? CompletionItemKind.Property : CompletionItemKind.EnumMember,
            ...(description === undefined ? {} : { detail: description }),
          }
        : detailOf(rule),
      request,
      kind === 'key' ? ': ' : '',
    ),
  );
}

/** The formats of a file and of what may stand in it, the first first, and the rules that have found something there. */
async function knownOf(
  uri: string,
  { documents }: CompletionRequest,
): Promise<{ readonly formats: readonly FileKind[] | undefined; readonly found: ReadonlySet<string> }> {
  const linted = (await documents.lint(uri))?.linted;
  const kind = linted?.file.source.kind;
  const formats: readonly FileKind[] | undefined =
    kind === 'compose' ? ['compose', 'dockerfile'] : kind === undefined ? undefined : [kind];
  return { formats, found: new Set(linted?.findings.map(({ rule }) => rule)) };
}

interface Detail {
  readonly kind: CompletionItemKind;
  readonly detail?: string;
  readonly documentation?: string;
}

/** `formats`: the first one that the rule covers counts. */
function detailOf({ meta }: Rule, formats: readonly FileKind[] = []): Detail {
  const format = formats.find((each) => meta.formats.includes(each)) ?? meta.formats[0];
  return {
    kind: CompletionItemKind.Value,
    detail: format === undefined ? meta.profile : `${severityOf(meta, format)}, ${meta.profile}`,
    documentation: meta.summary,
  };
}

function item(
  document: TextDocument,
  start: number,
  end: number,
  label: string,
  { kind, detail, documentation }: Detail,
  { abilities }: CompletionRequest,
  ending = '',
): CompletionItem {
  const range = { start: document.positionAt(start), end: document.positionAt(end) };
  const textEdit: TextEdit = { range, newText: label + ending };
  const value = documentation ?? '';
  return {
    label,
    kind,
    textEdit,
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined
      ? {}
      : { documentation: abilities.completionMarkdown ? { kind: MarkupKind.Markdown, value } : value }),
  };
}
