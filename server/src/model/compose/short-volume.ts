// An entry of `volumes` in the short form (compose-go, `format/volume.go`).

export interface VolumeFault {
  /** `nothing`: the whole text is empty. `part`: nothing stands before or behind a colon. `colons`: too many of them. */
  readonly kind: 'nothing' | 'part' | 'colons';
  /** The colon; of too many, all behind the last one that has a meaning. */
  readonly start: number;
  readonly end: number;
}

/** The first thing for which Compose refuses an entry. */
export function volumeFault(text: string): VolumeFault | undefined {
  if (text === '') return { kind: 'nothing', start: 0, end: 0 };
  // It takes two characters for a path, whatever they are.
  if (text.length <= 2) return undefined;
  let start = 0;
  for (let i = 0, part = 0; i <= text.length; i++) {
    if (i < text.length && (text[i] !== ':' || isDrive(text, start, i))) continue;
    if (i === start) return { ...colonBeside(text, i), kind: 'part' };
    if (part === 2 && i < text.length) return { kind: 'colons', start: i, end: text.length };
    start = i + 1;
    part++;
  }
  return undefined;
}

/** Whether a colon stands behind the letter of a Windows drive. */
function isDrive(text: string, start: number, colon: number): boolean {
  return colon === start + 1 && /[A-Za-z]/.test(text[start] ?? '');
}

function colonBeside(text: string, index: number): { readonly start: number; readonly end: number } {
  const start = text[index] === ':' ? index : index - 1;
  return { start, end: start + 1 };
}
