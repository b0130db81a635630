// The characters that BuildKit's parser treats as blank (Go's unicode.IsSpace).

export function isBlank(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  if (unit < 128) return isAsciiBlank(text, index);
  return unit !== 0xfeff && /\s|\u0085/.test(text.charAt(index));
}

/** What parts most words: other blanks, like the one that does not break, are letters there. */
export function isSpace(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit === 32 || unit === 9 || (unit >= 11 && unit <= 13);
}

/** The first offset in `start..end` that is not blank, else `end`. */
export function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text, at)) at++;
  return at;
}

/** The end of `start..end` without the blanks at its end. */
export function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlank(text, at - 1)) at--;
  return at;
}

/** What parts flags, which BuildKit cuts byte by byte: a letter whose last byte is 0x85 or 0xA0, like 'à', ends one. */
export function isFlagBlank(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  if (unit < 128) return isAsciiBlank(text, index);
  const isHalf = unit >= 0xd800 && unit < 0xdc00;
  return !isHalf && ((unit & 0x3f) === 0x05 || (unit & 0x3f) === 0x20);
}

/** What BuildKit passes over where it goes byte by byte. */
export function isAsciiBlank(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit === 32 || (unit >= 9 && unit <= 13);
}
