// The Kubernetes room: manifests, whatever kinds they hold.
import type { Language, ReadFile, ReadRequest } from '../../engine/language.js';
import type { Change } from '../../model/change.js';
import type { ImageUse } from '../../model/image-reference.js';
import type { Manifest } from '../../model/kubernetes/manifest.js';
import type { Pod } from '../../model/kubernetes/pod.js';
import type { ShellCommand } from '../../model/shell-command.js';
import type { Problem } from '../../model/source-file.js';
import type { Container, Workload } from '../../model/workload.js';
import { applyEdits, type TextEdit } from '../../text/edit.js';
import { overlaps, type Span } from '../../text/span.js';
import type { YamlDocument, YamlValue } from '../yaml/document.js';
import { duplicateKeys, duplicateProblem } from '../yaml/duplicates.js';
import { finishYamlFile, readYamlFile } from '../yaml/file.js';
import { lackingAt } from '../yaml/lacking.js';
import { type Annotated, annotationsOf } from './annotations.js';
import { containerCommands } from './commands.js';
import { containerAt, imageAt } from './container.js';
import { readManifest } from './manifest.js';
import { objectsOf, resourceOf } from './objects.js';
import { type ContainerEntry, containerEntries, type PodSource, podsOf, readPod, readWorkload } from './pod.js';
import { isRead } from './pod-places.js';
import { type CoveredText, coverTemplate, holdsAction, isCoveredLine, unconditionalOffset } from './template.js';
import { itemsAt } from './values.js';

/** As many pods and containers of a file may come through aliases; more are an attack or a mistake. */
const maxAliased = 5000;
/** Objects of kustomize itself: never sent to a cluster. */
const kustomizeGroup = 'kustomize.config.k8s.io';

export const kubernetesLanguage: Language = { kind: 'kubernetes', read };

function read(request: ReadRequest): ReadFile {
  const covered = coverTemplate(request.text);
  const wanted = request.mode === 'open' ? () => true : mayBeRead;
  const file = readYamlFile({ ...request, text: covered.text }, wanted);
  const found = new Findings(request);
  const parts = new Map<object, object>();
  for (const document of file.documents) {
    for (const subject of found.add(document)) parts.set(subject, document.tree);
    found.problems.push(...duplicateProblems(document, covered));
  }
  const subjects = {
    workload: found.workloads,
    pod: found.pods,
    container: found.containers,
    image: found.images,
    command: found.commands,
    manifest: found.manifests,
  };
  const finished = finishYamlFile(file, {
    kind: 'kubernetes',
    subjects,
    resources: () => found.annotated.map(({ object }) => resourceOf(object)),
    problems: found.problems,
    variables: () => found.containers.flatMap(startsOfVariables),
    annotations: () => found.annotated.flatMap(annotationsOf),
    partOf: (subject) => parts.get(subject),
  });
  if (!request.text.includes('{{')) return finished;
  return uncover(finished, request.text, covered, file.stream.slices);
}

/** The branches of a template may write a key each: that is none too many. */
function duplicateProblems(document: YamlDocument, { actions }: CoveredText): readonly Problem[] {
  // In a text that does not parse, keys may belong elsewhere.
  if (document.tree.errors.length > 0) return [];
  return duplicateKeys(document)
    .filter(({ earlier, span }) => !actions.some(({ start }) => start >= earlier.start && start < span.end))
    .map((key) => duplicateProblem(document, key, 'the last one counts, or the file is refused.'));
}

/** Whether rules read the kind of a document, by its lines alone; true where these do not tell. */
function mayBeRead(text: string): boolean {
  if (!text.includes('kind')) return false;
  const kinds = topLevel(text, 'kind');
  if (kinds === undefined) return true;
  const versions = topLevel(text, 'apiVersion') ?? [undefined];
  return kinds.some((kind) => versions.some((version) => isRead(version, kind)));
}

/** The plain values of a key at the start of a line; undefined where it has none, or one that is not plain. */
function topLevel(text: string, key: 'kind' | 'apiVersion'): readonly string[] | undefined {
  const lines = [...text.matchAll(new RegExp(`^["']?${key}["']?[ \\t]*:(.*)$`, 'gm'))];
  const values = lines.map(([, rest]) => /^[ \t]+(["']?)([\w./-]+)\1[ \t]*(?:#.*)?\r?$/.exec(rest ?? '')?.[2]);
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 || known.length < values.length ? undefined : known;
}

function startsOfVariables({ environment }: Container): readonly number[] {
  return environment.flatMap(({ value }) => (value.kind === 'known' ? value.at.span.start : []));
}

/** Collects the subjects of the documents in order. */
class Findings {
  readonly workloads: Workload[] = [];
  readonly pods: Pod[] = [];
  readonly containers: Container[] = [];
  readonly images: ImageUse[] = [];
  readonly commands: ShellCommand[] = [];
  readonly manifests: Manifest[] = [];
  readonly problems: Problem[] = [];
  readonly annotated: Annotated[] = [];
  readonly #kubernetesMinor: number;
  readonly #arePatches: boolean;
  #aliased = 0;

  constructor({ kubernetesMinor, patch = false }: ReadRequest) {
    this.#kubernetesMinor = kubernetesMinor;
    this.#arePatches = patch;
  }

  /** Gives the subjects that it finds. */
  add(document: YamlDocument): readonly object[] {
    const lists: readonly (readonly object[])[] = [
      this.workloads,
      this.pods,
      this.containers,
      this.images,
      this.commands,
      this.manifests,
    ];
    const known = lists.map((list) => list.length);
    this.#add(document);
    return lists.flatMap((list, index) => list.slice(known[index]));
  }

  #add(document: YamlDocument): void {
    for (const object of objectsOf(document, this.#arePatches)) {
      if (object.group === kustomizeGroup) continue;
      const manifest = readManifest(object);
      this.manifests.push(manifest);
      const pods = podsOf(object, this.#kubernetesMinor);
      this.annotated.push({ object, pods });
      for (const pod of pods) this.#addPod(pod, manifest);
    }
  }

  #addPod(pod: PodSource, object: Manifest): void {
    const entries = containerEntries(pod);
    if (this.#isTooMuch(pod.spec, entries)) return;
    const workload = readWorkload(pod, entries);
    this.workloads.push(workload);
    this.pods.push(readPod({ source: pod, object, workload, entries }));
    for (const container of workload.containers) {
      this.containers.push(container);
      this.#addImage('container', container.image);
    }
    for (const volume of itemsAt(pod.spec, ['volumes'])) {
      this.#addImage('volume', imageAt(volume, ['image', 'reference'], containerAt(volume)));
    }
    for (const { value } of entries) this.commands.push(...containerCommands(value));
  }

  /** Counts what comes through aliases, and says once that it is too much. */
  #isTooMuch(spec: YamlValue, entries: readonly ContainerEntry[]): boolean {
    const before = this.#aliased;
    this.#aliased += [spec, ...entries.map((entry) => entry.value)].filter(({ via }) => via.length > 0).length;
    if (this.#aliased <= maxAliased) return false;
    const { document, span } = spec;
    if (before <= maxAliased) {
      const at = document.place({ start: span.start, end: span.start + 1 });
      const message = `More than ${maxAliased} pods and containers come through aliases: the others were not checked.`;
      this.problems.push({ kind: 'limit', at, message });
    }
    return true;
  }

  #addImage(role: ImageUse['role'], reference: ImageUse['reference']): void {
    if (reference.kind !== 'absent') this.images.push({ format: 'kubernetes', role, reference });
  }
}

/** A reading of covered text as one of the text itself. */
function uncover(
  read: ReadFile,
  text: string,
  covered: CoveredText,
  slices: readonly { readonly span: Span }[],
): ReadFile {
  const { actions } = covered;
  const problems = read.source.problems.flatMap((problem): readonly Problem[] => {
    if (problem.kind !== 'syntax') return [problem];
    // An empty place stands at the end of its document.
    const { start, end } = problem.at.span;
    const slice = slices.find(({ span }) => (start === end ? start <= span.end : start < span.end))?.span;
    const action = actions.find((span) => slice !== undefined && overlaps(span, slice));
    if (action === undefined) return [problem];
    const at = { file: problem.at.file, span: { start: action.start, end: action.start + 2 } };
    return [{ kind: 'limit', at, message: 'This document is a template: only what reads as YAML was checked.' }];
  });
  return {
    ...read,
    source: { ...read.source, problems },
    text,
    comments: () => read.comments().filter(({ span }) => !isCoveredLine(covered.text, span.start)),
    edits(change) {
      const made = read.edits(change);
      const edits = made && unconditional(made, change, text, actions);
      // An action may open a block that ends elsewhere: it is never taken away, nor written out covered.
      const touches = edits?.some(
        ({ span, newText }) => holdsAction(newText) || actions.some((action) => overlaps(action, span)),
      );
      if (edits === undefined || touches === true) return undefined;
      // What is written may end an action that was only begun: all in between would be covered then.
      const after = coverTemplate(applyEdits(text, edits));
      return after.actions.length === actions.length ? edits : undefined;
    },
  };
}

/** Keeps what a change adds out of conditions that do not decide about what it is added to. */
function unconditional(
  edits: readonly TextEdit[],
  change: Change,
  text: string,
  actions: readonly Span[],
): readonly TextEdit[] | undefined {
  if (change.kind !== 'set' && change.kind !== 'append') return edits;
  const owner = lackingAt(change.slot)?.span.start ?? 0;
  const moved = edits.map(({ span, newText }) => {
    if (span.start < span.end || !/^\r?\n/.test(newText)) return { span, newText };
    const at = unconditionalOffset(text, actions, owner, span.start);
    if (at === undefined || (at !== span.start && !endsLine(text, at))) return undefined;
    return { span: { start: at, end: at }, newText };
  });
  return moved.includes(undefined) ? undefined : moved.filter((one) => one !== undefined);
}

/** Whether an action ends a line, and leaves the line end where it is. */
function endsLine(text: string, offset: number): boolean {
  return text[offset - 3] !== '-' && /^[ \t]*(?:\r?\n|$)/.test(text.slice(offset, offset + 200));
}
