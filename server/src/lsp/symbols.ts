// The objects of a manifest and the containers in them, for outlines and breadcrumbs.
import {
  type DocumentSymbol,
  type DocumentSymbolParams,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';
import type { Manifest } from '../model/kubernetes/manifest.js';
import type { Pod } from '../model/kubernetes/pod.js';
import { valueOf } from '../model/located.js';
import { oneLine } from '../text/one-line.js';
import type { Place, Span } from '../text/span.js';
import type { Abilities } from './capabilities.js';
import type { Documents, LintedDocument } from './documents.js';

/** Undefined for what is no manifest: other servers know more of it. */
export async function documentSymbols(
  { textDocument }: DocumentSymbolParams,
  { documents, abilities }: { readonly documents: Documents; readonly abilities: Abilities },
): Promise<DocumentSymbol[] | SymbolInformation[] | null> {
  const target = await documents.lint(textDocument.uri);
  if (target?.linted.file.source.kind !== 'kubernetes') return null;
  const symbols = symbolsOf(target);
  return abilities.nestsSymbols ? symbols : symbols.flatMap((symbol) => flat(symbol, target.document.uri));
}

function symbolsOf(target: LintedDocument): DocumentSymbol[] {
  const { manifest = [], pod = [] } = target.linted.file.subjects;
  const podsByStart = new Map<number, Pod[]>();
  for (const one of pod) {
    const { start } = one.object.at.span;
    podsByStart.set(start, [...(podsByStart.get(start) ?? []), one]);
  }
  return manifest.map((object) => {
    const pods = podsByStart.get(object.at.span.start) ?? [];
    return {
      ...named(target, object.at.span, object.nameAt, `${object.kind} ${nameOf(object)}`),
      detail: oneLine(valueOf(object.namespace) ?? ''),
      kind: kindOf(object, pods),
      children: pods.flatMap((one) => containersOf(target, one)),
    };
  });
}

function containersOf(target: LintedDocument, { containers }: Pod): DocumentSymbol[] {
  return containers.map(({ container, own, list }) => ({
    ...named(target, own.at.span, container.nameAt, container.name),
    detail:
      list === 'containers' ? 'container' : container.role === 'sidecar' ? 'sidecar' : `${container.role} container`,
    kind: SymbolKind.Struct,
    children: [],
  }));
}

/** What is written elsewhere, behind an alias, is shown where its owner is. A symbol without a name is an error. */
function named({ document }: LintedDocument, span: Span, nameAt: Place, name: string) {
  const selected =
    span.start <= nameAt.span.start && nameAt.span.end <= span.end ? nameAt.span : { ...span, end: span.start };
  const rangeOf = ({ start, end }: Span) => ({ start: document.positionAt(start), end: document.positionAt(end) });
  return { name: oneLine(name).trim() || '(no name)', range: rangeOf(span), selectionRange: rangeOf(selected) };
}

function nameOf(object: Manifest): string {
  const generated = valueOf(object.string('metadata', 'generateName'));
  return object.name || (generated === undefined ? '' : `${generated}…`);
}

function kindOf({ group, kind }: Manifest, pods: readonly Pod[]): SymbolKind {
  // Many editors show no details, and the same sign for a module, a namespace and an object.
  if (pods.length > 0) return SymbolKind.Class;
  return kind === 'Namespace' && group === '' ? SymbolKind.Namespace : SymbolKind.Object;
}

/** For clients that know no trees. */
function flat(
  { name, kind, range, children = [] }: DocumentSymbol,
  uri: string,
  container?: string,
): SymbolInformation[] {
  const own = {
    name,
    kind,
    location: { uri, range },
    ...(container === undefined ? {} : { containerName: container }),
  };
  return [own, ...children.flatMap((child) => flat(child, uri, name))];
}
