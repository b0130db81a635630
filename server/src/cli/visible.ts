// Makes text from files safe to show: a hostile file must not move the cursor, hide text or write escape sequences.

/** Controls, and what changes the order of text, ends a line or takes no room. */
const dangerous = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const loneSurrogate = /\p{Cs}/gu;

/** The same text in one line, with a visible stand-in for each character that a terminal would act on. */
export function visible(text: string): string {
  return text.replace(dangerous, standIn).replace(loneSurrogate, '\ufffd');
}

/** The same JSON text, with escapes for characters that JSON allows and a terminal would act on. */
export function escapeJson(json: string): string {
  return json.replace(dangerous, (character) => {
    if (character === '\n') return character;
    return character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('');
  });
}

function standIn(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
