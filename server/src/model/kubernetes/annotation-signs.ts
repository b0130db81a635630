// Annotations of an object that say something about it to one controller or another.
import type { Manifest } from './manifest.js';

/** What counts: any value that is not empty, or one of these, in small letters. */
export type AnnotationSign = 'any' | ReadonlySet<string>;
/** By the name of the annotation. */
export type AnnotationSigns = ReadonlyMap<string, AnnotationSign>;

/** The annotations of an object whose names are in a table; undefined where a template may have any of them. */
export function annotationsOf(
  manifest: Manifest,
  names: { has(name: string): boolean },
): readonly { readonly name: string; readonly value: string | undefined }[] | undefined {
  const keys = manifest.keys('metadata', 'annotations');
  if (keys.kind === 'absent') return [];
  if (keys.kind === 'unknown') return undefined;
  return keys.value.flatMap(({ name }) => {
    if (!names.has(name)) return [];
    const value = manifest.string('metadata', 'annotations', name);
    return value.kind === 'absent' ? [] : [{ name, value: value.kind === 'known' ? value.value : undefined }];
  });
}

/** Whether an object carries one of the signs, or may: where that cannot be told it is true. */
export function mayCarrySign(manifest: Manifest, signs: AnnotationSigns): boolean {
  const found = annotationsOf(manifest, signs);
  return (
    found?.some(({ name, value }) => {
      const sign = signs.get(name);
      if (value === undefined || sign === undefined) return true;
      return sign === 'any' ? value !== '' : sign.has(value.toLowerCase());
    }) ?? true
  );
}
