// Writing a report piece by piece: the whole of a large one is longer than any string can be.

const pieceLength = 64 * 1024;

/** The same text in fewer pieces, so that not every word costs a write. */
export function* pieces(parts: Iterable<string>): Generator<string, void, undefined> {
  let piece = '';
  for (const part of parts) {
    piece += part;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
