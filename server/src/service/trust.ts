// What there is to trust in an image that no trusted registry holds.
import type { Finding } from '../engine/finding.js';
import type { ReadFile } from '../engine/language.js';

/** Entries for `trustedRegistries` that each silence a finding of `untrusted-registry`, the wider one first. */
export function trustOffers({ subjects }: ReadFile, { rule, at }: Finding): readonly string[] {
  if (rule !== 'untrusted-registry') return [];
  for (const { reference } of subjects.image ?? []) {
    if (reference.kind !== 'known') continue;
    const { registry, repository, nameAt } = reference.value;
    if (nameAt.span.start !== at.span.start || nameAt.span.end !== at.span.end) continue;
    const [owner] = repository.split('/', 1);
    const image = `${registry}/${repository}`;
    return owner === repository ? [registry, image] : [`${registry}/${owner}`, image];
  }
  return [];
}
