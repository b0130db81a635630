// Reads a manifest for a test, and says what stands under its places.
import assert from 'node:assert/strict';
import type { ReadFile, ReadRequest } from '../../../src/engine/language.js';
import { kubernetesLanguage } from '../../../src/languages/kubernetes/language.js';
import type { Change } from '../../../src/model/change.js';
import type { ImageUse } from '../../../src/model/image-reference.js';
import type { Manifest } from '../../../src/model/kubernetes/manifest.js';
import type { Located } from '../../../src/model/located.js';
import type { ShellCommand } from '../../../src/model/shell-command.js';
import type { Container, Workload } from '../../../src/model/workload.js';
import { applyEdits } from '../../../src/text/edit.js';
import type { Place } from '../../../src/text/span.js';

export interface Reading {
  readonly file: ReadFile;
  readonly workloads: readonly Workload[];
  readonly containers: readonly Container[];
  readonly images: readonly ImageUse[];
  readonly commands: readonly ShellCommand[];
  readonly manifests: readonly Manifest[];
  /** The text of a place, and its line counted from 1. */
  under(place: Place): string;
  /** A located value in a line: what it is, where, and how it came there. */
  show(field: Located<unknown>): string;
}

export function read(text: string, options: Partial<ReadRequest> = {}): Reading {
  const file = kubernetesLanguage.read({ file: 'a.yaml', text, mode: 'open', kubernetesMinor: 31, ...options });
  const under = ({ span }: Place): string => {
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, `${span.start}..${span.end}`);
    return `${text.slice(span.start, span.end)} (${text.slice(0, span.start).split('\n').length})`;
  };
  const show = (field: Located<unknown>): string => {
    const hops = field.kind === 'absent' ? [] : field.via;
    const via = hops.map((hop) => `, ${hop.kind} ${under(hop.at)}`).join('');
    return `${field.kind === 'known' ? JSON.stringify(field.value) : field.kind} at ${under(field.at)}${via}`;
  };
  const { workload = [], container = [], image = [], command = [], manifest = [] } = file.subjects;
  return {
    file,
    workloads: workload,
    containers: container,
    images: image,
    commands: command,
    manifests: manifest,
    under,
    show,
  };
}

/** The first of some things that must be there. */
export function first<T>(things: readonly T[]): T {
  const [thing] = things;
  assert.ok(thing !== undefined, 'nothing was found');
  return thing;
}

/** The text after a change; undefined where it cannot be made. */
export function changed({ file }: Reading, change: Change | readonly Change[]): string | undefined {
  const changes: readonly Change[] = 'kind' in change ? [change] : change;
  const edits = changes.map((one) => file.edits(one));
  const all = edits.flatMap((some) => some ?? []);
  return edits.includes(undefined) ? undefined : applyEdits(file.text, all);
}

/** A pod with these lines in its `spec`, which stand two blanks deep, from line 6 on. */
export function pod(spec: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n${spec}`;
}
