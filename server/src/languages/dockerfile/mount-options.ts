import type { MappedText } from '../../text/mapped-text.js';

/** The comma-separated options of `--mount`; commas in double quotes belong to a value. */
export function mountOptions(
  text: MappedText,
): readonly { readonly name: string; readonly value: MappedText | undefined }[] {
  const options: { readonly name: string; readonly value: MappedText | undefined }[] = [];
  const { value } = text;
  let start = 0;
  let quoted = false;
  for (let at = 0; at <= value.length; at++) {
    if (value[at] === '"') quoted = !quoted;
    if (at < value.length && (quoted || value[at] !== ',')) continue;
    const equals = value.slice(start, at).indexOf('=');
    const nameEnd = equals < 0 ? at : start + equals;
    options.push({
      name: value.slice(start, nameEnd).toLowerCase(),
      value: equals < 0 ? undefined : text.slice(nameEnd + 1, at),
    });
    start = at + 1;
  }
  return options;
}
