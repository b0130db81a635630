/** Controls, what ends a line or changes the order of text, and halves of characters. */
const unfit = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
const everyUnfit = new RegExp(unfit, 'gu');

/** A sentence with words from a file, safe to show: no word can break it, or make it read otherwise than it stands. */
export function oneLine(sentence: string): string {
  return unfit.test(sentence) ? sentence.replace(everyUnfit, '\uFFFD') : sentence;
}
