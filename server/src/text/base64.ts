// Base64, decoded without the help of a platform: the engine runs in Node and in the worker of a browser.

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** As many digits are decoded: enough to see what a text is. A multiple of four. */
const longest = 4000;

/** The beginning of a decoded text, each byte as one unit; undefined for what is no base64. */
export function base64Text(encoded: string): string | undefined {
  const whole = encoded.replace(/\s/g, '');
  const end = whole.indexOf('=');
  const text = whole.slice(0, Math.min(end < 0 ? whole.length : end, longest));
  if (text === '' || text.length % 4 === 1 || !/^[A-Za-z0-9+/]+$/.test(text)) return undefined;
  const units: number[] = [];
  let bits = 0;
  let size = 0;
  for (const digit of text) {
    bits = ((bits << 6) | digits.indexOf(digit)) & 0xffff;
    size += 6;
    if (size < 8) continue;
    size -= 8;
    units.push((bits >> size) & 0xff);
  }
  return String.fromCharCode(...units);
}
