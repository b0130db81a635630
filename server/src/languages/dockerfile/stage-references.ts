// Which stages an instruction names.
import type { StageReference } from '../../model/dockerfile/instruction.js';
import type { Stage } from '../../model/dockerfile/stage.js';
import type { MappedText } from '../../text/mapped-text.js';
import { mountOptions } from './mount-options.js';
import type { Statement } from './statement.js';
import { expand } from './variables/expand.js';
import type { Lookup } from './variables/scope.js';
import { argumentSpans } from './words.js';

/** All stages of the file, by name and by number. */
export interface StageIndex {
  readonly stages: readonly Stage[];
  /** In lower case; of two stages with one name the later. */
  readonly byName: ReadonlyMap<string, Stage>;
}

interface Source {
  readonly by: 'copy' | 'mount';
  readonly value: MappedText;
  /** Which flag it is. */
  readonly index: number;
}

/** The values of `COPY --from` and `RUN --mount=from=`, images among them. Neither takes variables. */
export function sourcesOf({ keyword, flags }: Statement): readonly Source[] {
  if (flags.length === 0 || (keyword !== 'COPY' && keyword !== 'RUN')) return [];
  return flags.flatMap(({ name, value }, index): readonly Source[] => {
    if (value === undefined || value.value === '') return [];
    if (keyword === 'COPY' && name === 'from') return [{ by: 'copy', value, index }];
    if (keyword !== 'RUN' || name !== 'mount') return [];
    const from = mountOptions(value).find((option) => option.name === 'from')?.value;
    return from === undefined || from.value === '' ? [] : [{ by: 'mount', value: from, index }];
  });
}

export function readStageReferences(
  statement: Statement,
  stage: Stage | undefined,
  lookup: Lookup,
  { stages, byName }: StageIndex,
): readonly StageReference[] {
  if (statement.keyword === 'FROM') {
    const [span] = argumentSpans(statement);
    if (stage?.base === undefined || span === undefined) return [];
    const image = expand(statement.line.slice(span.start, span.end), statement.escape, lookup);
    if (image === undefined) return [];
    return [{ by: 'from', text: image.value, at: image.place, isNumber: false, stage: stage.base, mayBeImage: false }];
  }
  return sourcesOf(statement).flatMap(({ by, value }) => {
    const text = value.value;
    if (text.includes('$') || text.toLowerCase() === 'scratch') return [];
    const isNumber = /^\d+$/.test(text);
    const found = isNumber ? stages[Number(text)] : byName.get(text.toLowerCase());
    const mayBeImage = !isNumber && found === undefined && /^[\w][\w.\-/:@]*$/.test(text);
    // A name with a registry, a path or a tag is that of an image.
    if (found === undefined && /[/:@]/.test(text)) return [];
    return [{ by, text, at: value.place, isNumber, stage: found, mayBeImage }];
  });
}
