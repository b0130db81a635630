// What ADD and COPY take, and what the builder does with it.
import type { Located } from '../located.js';
import type { Instruction } from './instruction.js';

export interface CopiedSource {
  readonly field: Located<string>;
  /** What it comes to; where that cannot be told, as it is written. */
  readonly text: string;
  /** Whether its text is the body of a heredoc. */
  readonly isHeredoc: boolean;
}

/** The sources of ADD or COPY, their destination left out; none where only one argument is there. */
export function sourcesOf({ arguments: fields, writtenArguments, heredocs }: Instruction): readonly CopiedSource[] {
  return fields.slice(0, -1).map((field, index) => {
    const written = writtenArguments[index] ?? '';
    const text = field.kind === 'known' ? field.value : written.replace(/^["']/, '');
    return { field, text, isHeredoc: heredocs.length > 0 && written.startsWith('<<') };
  });
}

/**
 * Whether ADD may unpack a file of this name. It looks into the file, so that the name is a guess: all that tar writes,
 * under whatever name, and what is compressed, which may be such an archive.
 */
export function mayBeUnpacked(name: string): boolean {
  return /\.(?:tar|t[bgx]z2?|tzst|taz|tlz|gz|bz2|xz|zst|lzma|apk|box|crate|gem|oci|ova)["']?$/i.test(name);
}
