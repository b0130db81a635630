// Reads typed values of a config file. What is not understood is a problem on its token.
import { type Fix, replaceText, type Safety } from '../../model/change.js';
import { quoted } from '../../model/quoted.js';
import type { Problem } from '../../model/source-file.js';
import { closest } from '../../text/closest.js';
import { firstCharacter } from '../../text/first-character.js';
import type { Place } from '../../text/span.js';
import { entries, items, placeOf, type YamlValue } from '../yaml/document.js';
import { isNull } from '../yaml/node.js';

/** Of a longer list, what follows does not count: its patterns are matched against every path. In UTF-16 units. */
const maxListLength = 256 * 1024;

export type Readers = { readonly [key: string]: (value: YamlValue, key: string, keyAt: Place) => void };

export class ValueReader {
  readonly #problems: Problem[] = [];

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** A text, or a list of them. */
  texts(value: YamlValue, key: string): readonly string[] | undefined {
    if (value.node?.kind === 'sequence') return this.strings(value, key);
    const text = this.text(value, key, 'a text or a list of texts');
    return text === undefined ? undefined : [text];
  }

  text(value: YamlValue, key: string, what = 'a text'): string | undefined {
    if (value.node?.kind === 'scalar' && value.node.value.trim() !== '') return value.node.value;
    this.mustBe(value, key, what);
    return undefined;
  }

  strings(value: YamlValue, key: string): readonly string[] | undefined {
    if (value.node?.kind !== 'sequence') {
      this.mustBe(value, key, 'a list of texts');
      return undefined;
    }
    const texts: string[] = [];
    let length = 0;
    for (const item of items(value)) {
      length += item.span.end - item.span.start;
      if (length > maxListLength) {
        this.problem(placeOf(item), `${quoted(key)} is longer than 256 KB: what follows from here has no effect.`);
        break;
      }
      if (item.node?.kind === 'scalar' && !isNull(item.node)) texts.push(item.node.value);
      else this.problem(placeOf(item), `${quoted(key)} takes texts only: this item has no effect.`);
    }
    return texts;
  }

  /** A list of maps. */
  maps(value: YamlValue, key: string): readonly YamlValue[] {
    if (value.node?.kind !== 'sequence') {
      this.mustBe(value, key, 'a list');
      return [];
    }
    return items(value);
  }

  word<T extends string>(value: YamlValue, key: string, words: readonly T[]): T | undefined {
    const node = value.node;
    const written = node?.kind === 'scalar' ? node.value : undefined;
    const word = words.find((candidate) => candidate === written);
    if (word !== undefined) return word;
    const meant = written === undefined ? undefined : closest(written, words);
    const choice = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
    this.mustBe(value, key, choice, meant === undefined ? undefined : changeTo(value, placeOf(value), meant));
    return undefined;
  }

  /** Reads each key of a map with its reader. A key whose value is commented out says nothing. */
  map(value: YamlValue, subject: string, noun: string, readers: Readers): void {
    if (value.node?.kind !== 'map') {
      this.problem(placeOf(value), `${subject} must be a map of keys and values: this has no effect.`);
      return;
    }
    const pairs = entries(value);
    // A name is put in once at most: twice in a map it would not count.
    const taken = new Set(pairs.map((pair) => pair.key));
    for (const { key, keyAt, value } of pairs) {
      const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
      if (read === undefined) {
        const meant = closest(key, Object.keys(readers));
        const end = meant === undefined ? 'it has no effect.' : `did you mean '${meant}'?`;
        const fix = meant === undefined || taken.has(meant) ? undefined : changeTo(value, keyAt, meant);
        this.problem(keyAt, `${quoted(key)} is no ${noun}: ${end}`, fix);
        if (meant !== undefined) taken.add(meant);
      } else if (value.duplicate) this.problem(keyAt, `${quoted(key)} is written more than once: none of them counts.`);
      else if (!isNull(value.node)) read(value, key, keyAt);
    }
  }

  mustBe(value: YamlValue, key: string, what: string, fix?: Fix): void {
    this.problem(placeOf(value), `${quoted(key)} must be ${what}: this has no effect.`, fix);
  }

  problem(at: Place, message: string, fix?: Fix): void {
    this.#problems.push({ kind: 'config', at, message, ...(fix === undefined ? {} : { fix }) });
  }
}

/** Puts a word in the place of another one, inside its quotes. What is written for several users is left alone. */
export function changeTo(
  { document, via }: YamlValue,
  at: Place,
  word: string,
  safety: Safety = 'safe',
): Fix | undefined {
  if (via.length > 0) return undefined;
  const { start, end } = at.span;
  const isQuoted = /["']/.test(document.tree.text[start - document.base] ?? '');
  const place = isQuoted ? { ...at, span: { start: start + 1, end: end - 1 } } : at;
  return { title: `Change to '${word}'`, safety, changes: [replaceText(place, word)] };
}

/** Where something is said about an item as a whole. */
export function firstUnit(item: YamlValue): Place {
  const key = item.node?.kind === 'map' ? item.node.pairs[0]?.key?.span : undefined;
  return item.document.place(key ?? firstCharacter(item.document.tree.text, item.span));
}
