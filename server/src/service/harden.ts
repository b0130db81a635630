// Brings containers to the level `restricted` of the Pod Security Standards in one edit.

import { hardeningOf } from '../model/kubernetes/hardening.js';
import type { Pod } from '../model/kubernetes/pod.js';
import { applyEdits, composeEdits, conflicts, type TextEdit } from '../text/edit.js';
import type { Span } from '../text/span.js';
import type { Linted } from './lint-text.js';

/** A container by the index of its pod in the file and its own in the pod: both outlast an edit. */
export interface HardenTarget {
  readonly pod: number;
  readonly container: number;
}

/** A field is added in each round; there are four that may be missing, and room to be safe. */
const maximumRounds = 10;

export interface HardenRequest {
  readonly linted: Linted;
  readonly kubernetesMinor: number;
  /** Lints another text in the place of the file's. */
  readonly lint: (text: string) => Linted;
}

/**
 * The containers that lack something which can be added to them alone. `span`: only those whose text it touches.
 */
export function hardenable({ linted, kubernetesMinor }: HardenRequest, span?: Span): readonly HardenTarget[] {
  return podsOf(linted).flatMap((pod, index) =>
    pod.containers.flatMap(({ own }, container) => {
      const { start, end } = own.at.span;
      if (span !== undefined && (span.end < start || end < span.start)) return [];
      const changes = hardeningOf(pod, (other) => other === container, kubernetesMinor);
      const canBeMade = changes.length > 0 && changes.every((change) => (linted.file.edits(change) ?? []).length > 0);
      return canBeMade ? [{ pod: index, container }] : [];
    }),
  );
}

/** What a person calls a container. */
export function containerName({ linted }: HardenRequest, { pod, container }: HardenTarget): string {
  return podsOf(linted)[pod]?.containers[container]?.container.name ?? '';
}

/**
 * The edits that add what these containers lack; undefined where some of it cannot be added, or the text would have more
 * syntax errors than before.
 */
export function hardenEdits(request: HardenRequest, targets: readonly HardenTarget[]): readonly TextEdit[] | undefined {
  const wanted = new Set(targets.map(keyOf));
  const first = request.linted;
  let { linted } = request;
  let edits: readonly TextEdit[] = [];
  for (let round = 0; round < maximumRounds; round++) {
    const batch = batchOf(linted, request.kubernetesMinor, wanted);
    if (batch === undefined) return undefined;
    if (batch.length === 0) return edits.length === 0 || problems(linted) > problems(first) ? undefined : edits;
    edits = composeEdits(first.file.text, edits, batch);
    linted = request.lint(applyEdits(first.file.text, edits));
  }
  return undefined;
}

/** As many of the missing changes as can be made at once; undefined where one cannot be made at all. */
function batchOf(linted: Linted, kubernetesMinor: number, wanted: ReadonlySet<string>): TextEdit[] | undefined {
  const batch: TextEdit[] = [];
  for (const [pod, subject] of podsOf(linted).entries()) {
    const isWanted = (container: number) => wanted.has(keyOf({ pod, container }));
    for (const change of hardeningOf(subject, isWanted, kubernetesMinor)) {
      const edits = linted.file.edits(change);
      if (edits === undefined || edits.length === 0) return undefined;
      if (edits.every((edit) => batch.every((other) => !conflicts(edit, other)))) batch.push(...edits);
    }
  }
  return batch;
}

function podsOf({ file }: Linted): readonly Pod[] {
  return file.subjects.pod ?? [];
}

function keyOf({ pod, container }: HardenTarget): string {
  return `${pod} ${container}`;
}

function problems({ file }: Linted): number {
  return file.source.problems.filter(({ kind }) => kind === 'syntax').length;
}
