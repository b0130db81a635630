// The labels of images, and what a project wants them to be.
import type { EnvironmentVariable } from '../environment.js';
import { hasVariable } from '../variable.js';
import type { Stage } from './stage.js';

/** The type of each label by its key; empty where only the key is given. */
export type LabelSchema = ReadonlyMap<string, string>;

/** `items`: `key=type`, or the key alone. */
export function readLabelSchema(items: readonly string[]): LabelSchema {
  const types = new Map<string, string>();
  for (const item of items) {
    const equals = item.lastIndexOf('=');
    const key = (equals < 0 ? item : item.slice(0, equals)).trim();
    const type = equals < 0 ? '' : item.slice(equals + 1);
    if (key !== '') types.set(key, type.trim().toLowerCase());
  }
  return types;
}

/** All pairs of LABEL in a stage, in their order: its own, or with `onbuild` those for the images built on it. */
export function labelsIn({ instructions }: Stage, onbuild: boolean): readonly EnvironmentVariable[] {
  return instructions.flatMap((instruction) =>
    instruction.keyword === 'LABEL' && instruction.onbuild === onbuild ? instruction.assignments : [],
  );
}

/** Whether a tool, a person or the build is to fill in a part of a key or value. */
export function isFilledIn(text: string): boolean {
  return hasVariable(text) || /\{\{|\{%|<%/.test(text);
}
