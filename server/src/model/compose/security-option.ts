// What the items of `security_opt` come to for the engine.
import { type Known, knownItems, type Located } from '../located.js';
import type { SecurityOption } from './service.js';

export type SecurityOptions = Located<readonly Located<SecurityOption>[]>;

/** The option of a name that is in force, which is the last one; undefined where none is, or it cannot be told. */
export function optionInForce(options: SecurityOptions, name: string): Known<SecurityOption> | undefined {
  if (options.kind !== 'known') return undefined;
  const last = options.value.findLast((item) => item.kind !== 'known' || item.value.name === name);
  return last?.kind === 'known' && last.value.text !== undefined ? last : undefined;
}

/** Those that switch the labels of SELinux off. One is enough, wherever it stands: labels add up. */
export function labelsDisabled(options: SecurityOptions): readonly Known<SecurityOption>[] {
  return knownItems(options).filter(({ value }) => disablesLabels(value));
}

/** `label:disable`, or the word alone, as the engine took it at first. */
export function disablesLabels({ name, value, text }: SecurityOption): boolean {
  return (name === 'label' && value === 'disable') || text === 'disable';
}
