// Turns the bytes of a file into text, or says which limit kept us from it.

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export interface Decoded {
  /** A byte order mark stays in it as U+FEFF. Where `limit` is set, only good for recognising the file and showing its start. */
  readonly text: string;
  readonly encoding: Encoding;
  /** Why the text must not be linted: one sentence. */
  readonly limit: string | undefined;
}

/** The largest file that is checked, in bytes. */
export const maximumBytes = 4 * 1024 * 1024;

/** How much of a file that is not checked is kept. */
const headBytes = 64 * 1024;

/** Decodes a file. Files of more than `maximum` bytes may be cut anywhere behind that. */
export function decode(bytes: Uint8Array, maximum: number = maximumBytes): Decoded {
  const encoding = encodingOf(bytes);
  if (bytes.length > maximum) return unfit(bytes, encoding, tooLarge(maximum));
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const name = encoding === 'utf-8' ? 'UTF-8' : 'UTF-16';
    return unfit(bytes, encoding, `The file is not valid ${name}: it was not checked.`);
  }
  const limit = limitOf(text);
  return limit === undefined ? { text, encoding, limit: undefined } : unfit(bytes, encoding, limit);
}

/** Why a text that is already decoded must not be linted. */
export function limitOf(text: string): string | undefined {
  // A unit takes three bytes of UTF-8 at most, so that ordinary texts need not be counted.
  if (text.length * 3 > maximumBytes && new TextEncoder().encode(text).length > maximumBytes)
    return tooLarge(maximumBytes);
  return text.includes('\0') ? 'The file has NUL bytes, which text never has: it was not checked.' : undefined;
}

function tooLarge(maximum: number): string {
  const size = maximum >= 1024 * 1024 ? `${Math.floor(maximum / 1024 / 1024)} MB` : `${maximum} bytes`;
  return `The file is larger than the limit of ${size}: it was not checked.`;
}

/** The bytes of a text in the encoding that it was read in. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), encoding === 'utf-16le');
  return bytes;
}

/** Only a byte order mark tells UTF-16; without one the file is taken for UTF-8. */
function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function unfit(bytes: Uint8Array, encoding: Encoding, limit: string): Decoded {
  return { text: new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(0, headBytes)), encoding, limit };
}
