// The objects of a manifest and the containers in them, the stages of a Dockerfile: for outlines and breadcrumbs.
import {
  type DocumentSymbol,
  type DocumentSymbolParams,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { Instruction } from '../model/dockerfile/instruction.js';
import type { Manifest } from '../model/kubernetes/manifest.js';
import type { Pod } from '../model/kubernetes/pod.js';
import { valueOf } from '../model/located.js';
import { oneLine } from '../text/one-line.js';
import type { Place, Span } from '../text/span.js';
import type { Abilities } from './capabilities.js';
import type { Documents, LintedDocument } from './documents.js';
import type { Roots } from './roots.js';
import { isWork } from './uris.js';

/** What an outline is made from. */
type Outlined = Pick<LintedDocument, 'document' | 'linted'>;

interface SymbolsRequest {
  readonly documents: Documents;
  readonly roots: Roots;
  readonly abilities: Abilities;
}

/** Null for other files: other servers know more of them. */
export async function documentSymbols(
  { textDocument }: DocumentSymbolParams,
  { documents, roots, abilities }: SymbolsRequest,
): Promise<DocumentSymbol[] | SymbolInformation[] | null> {
  const at = URI.parse(textDocument.uri);
  if (!isWork(at.scheme) || !(await roots.of(at)).outline) return null;
  const target = await documents.lint(textDocument.uri);
  if (target === undefined) return null;
  const { kind } = target.linted.file.source;
  if (kind !== 'kubernetes' && kind !== 'dockerfile') return null;
  const symbols = kind === 'kubernetes' ? symbolsOf(target) : stagesOf(target);
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

/** Stages with what stands in them; in front of them the ARGs that all of them may take. */
export function stagesOf(target: Outlined): DocumentSymbol[] {
  const [dockerfile] = target.linted.file.subjects.dockerfile ?? [];
  if (dockerfile === undefined) return [];
  const outside = dockerfile.instructions.filter(({ stage }) => stage === undefined);
  return [
    ...outside.map((instruction) => instructionSymbol(target, instruction)),
    ...dockerfile.stages.map((stage) => {
      const last = stage.instructions.at(-1) ?? stage.from;
      const [image] = stage.from.arguments;
      const name = stage.name ?? `stage ${stage.index}`;
      return {
        ...named(
          target,
          { start: stage.from.at.span.start, end: last.at.span.end },
          stage.nameAt,
          stage.final ? `${name} (built)` : name,
        ),
        detail: oneLine(image?.kind === 'known' ? image.value : ''),
        kind: SymbolKind.Class,
        children: stage.instructions
          .filter(({ keyword }) => keyword !== 'FROM')
          .map((instruction) => instructionSymbol(target, instruction)),
      };
    }),
  ];
}

/** Longer ones are cut: an outline is narrow. In UTF-16 units. */
const maxName = 60;

function instructionSymbol(target: Outlined, instruction: Instruction) {
  const { keyword, keywordAt, at, onbuild, flags, written, writtenArguments } = instruction;
  const [first = ''] = writtenArguments;
  const isOff = keyword === 'HEALTHCHECK' && first.toUpperCase() === 'NONE';
  const rest = isOff ? first : written.rest.slice(0, 4 * maxName).replaceAll(/\s+/g, ' ');
  const words = `${onbuild ? 'ONBUILD ' : ''}${keyword} ${rest}`;
  const from = keyword === 'COPY' ? flags.find(({ name }) => name === 'from')?.value : undefined;
  return {
    ...named(target, at.span, keywordAt, words.length > maxName ? `${words.slice(0, maxName - 1)}…` : words),
    detail: from?.kind === 'known' && from.value !== '' ? `from ${oneLine(from.value)}` : '',
    kind: kindOfInstruction(keyword),
    children: [],
  };
}

function kindOfInstruction(keyword: string): SymbolKind {
  if (keyword === 'ARG' || keyword === 'ENV' || keyword === 'LABEL') return SymbolKind.Variable;
  return keyword === 'COPY' || keyword === 'ADD' || keyword === 'VOLUME' ? SymbolKind.File : SymbolKind.Function;
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
function named({ document }: Outlined, span: Span, nameAt: Place, name: string) {
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
