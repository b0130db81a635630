// Reads in one pass the YAML that nearly everyone writes, and declines the rest: a text that it accepts gives the very
// tree that the package would give, which the tests hold against each other.
import type { Span } from '../../text/span.js';
import type { YamlAlias, YamlItem, YamlMap, YamlNode, YamlPair, YamlScalar, YamlSequence } from './node.js';
import {
  assertPlainStart,
  behindLineEnd,
  Declined,
  isLineEnd,
  lineEndFrom,
  plainLineEnd,
  type ScannedScalar,
  scanBlock,
  scanFlowPlain,
  scanPlain,
  scanQuoted,
  skipBlanks,
} from './quick-scalar.js';
import type { YamlTree } from './tree.js';

/** Deeper documents are left to the reader that knows the limit. */
const maxQuickDepth = 100;

/** Longer keys are an error in YAML. */
const maxKeyLength = 1000;

/**
 * The tree of a slice; undefined where it holds anything rare: tags, explicit keys, tabs between the words, quoted text
 * over several lines, directives, anything broken.
 */
export function quickTree(text: string): YamlTree | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the package has its own mind about each of them.
  if (/[\0-\x08\x0b-\x0c\x0e-\x1f\x7f\uFEFF]|\r(?!\n)/.test(text)) return undefined;
  try {
    return new QuickReader(text).read();
  } catch (error) {
    if (error instanceof Declined) return undefined;
    throw error;
  }
}

interface Properties {
  readonly anchor: string | undefined;
  /** Where the anchor begins; undefined where there is none. */
  readonly start: number | undefined;
}

const noProperties: Properties = { anchor: undefined, start: undefined };

class QuickReader {
  readonly #text: string;
  readonly #leaves: Span[] = [];
  readonly #uses = new Map<YamlNode, number>();
  readonly #anchors = new Map<string, Exclude<YamlNode, YamlAlias>>();
  /** The next character to be read. */
  #at = 0;
  /** Where its line begins. */
  #line = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): YamlTree {
    this.#toContent();
    if (this.#isMarker('---')) {
      this.#at += 3;
      this.#endLine();
      this.#toContent();
    }
    const root = this.#atEnd() ? undefined : this.#block(noProperties);
    if (!this.#atEnd()) throw new Declined();
    return { text: this.#text, root, errors: [], leaves: this.#leaves, uses: this.#uses, tooDeep: undefined };
  }

  get #unit(): number {
    return this.#text.charCodeAt(this.#at);
  }

  get #column(): number {
    return this.#at - this.#line;
  }

  #isMarker(marker: string): boolean {
    return (
      this.#column === 0 &&
      this.#text.startsWith(marker, this.#at) &&
      (isLineEnd(this.#text.charCodeAt(this.#at + 3)) || this.#text.charAt(this.#at + 3) === ' ')
    );
  }

  /** The end of the document: of the text, or a `...` with nothing behind it. */
  #atEnd(): boolean {
    if (this.#at >= this.#text.length) return true;
    if (!this.#isMarker('...')) return false;
    return /^\.\.\. *\r?\n?$/.test(this.#text.slice(this.#at));
  }

  /** From the start of a line to the next character that is neither blank nor comment. */
  #toContent(): void {
    const text = this.#text;
    for (;;) {
      this.#line = this.#at;
      this.#at = skipBlanks(text, this.#at);
      const unit = this.#unit;
      if (this.#at >= text.length) return;
      if (unit === 35) this.#at = lineEndFrom(text, this.#at);
      else if (!isLineEnd(unit)) return;
      if (this.#at >= text.length) return;
      this.#at = behindLineEnd(text, this.#at);
    }
  }

  /** Over blanks and a comment to the line end, which must follow. */
  #endLine(): void {
    const text = this.#text;
    const from = this.#at;
    this.#at = skipBlanks(text, from);
    if (this.#unit === 35) {
      if (this.#at === from) throw new Declined();
      this.#at = lineEndFrom(text, this.#at);
    }
    if (!isLineEnd(this.#unit)) throw new Declined();
    if (this.#at < text.length) this.#at = behindLineEnd(text, this.#at);
  }

  /** A block map or list that begins here. */
  #block(properties: Properties): YamlNode {
    if (this.#isDash()) return this.#sequence(properties);
    return this.#map(properties);
  }

  #isDash(): boolean {
    if (this.#unit !== 45) return false;
    const behind = this.#text.charCodeAt(this.#at + 1);
    return behind === 32 || isLineEnd(behind);
  }

  #enter(): void {
    if (++this.#depth > maxQuickDepth) throw new Declined();
  }

  #sequence({ anchor, start: propertiesStart }: Properties): YamlSequence {
    this.#enter();
    const start = this.#at;
    const column = this.#column;
    const items: YamlItem[] = [];
    const span = { start, end: start };
    const sequence: YamlSequence = {
      kind: 'sequence',
      span,
      start: propertiesStart ?? start,
      anchor,
      tag: undefined,
      flow: false,
      items,
    };
    if (anchor !== undefined) this.#anchors.set(anchor, sequence);
    while (!this.#atEnd() && this.#column === column && this.#isDash()) {
      const dash = this.#at++;
      const value = this.#value(column, 'item');
      items.push({ dash, value, span: { start: dash, end: value?.span.end ?? dash + 1 } });
    }
    this.#leave(column);
    span.end = items.at(-1)?.span.end ?? start;
    return sequence;
  }

  #map({ anchor, start: propertiesStart }: Properties): YamlMap {
    this.#enter();
    const start = this.#at;
    const column = this.#column;
    const pairs: YamlPair[] = [];
    const span = { start, end: start };
    const map: YamlMap = {
      kind: 'map',
      span,
      start: propertiesStart ?? start,
      anchor,
      tag: undefined,
      flow: false,
      pairs,
    };
    if (anchor !== undefined) this.#anchors.set(anchor, map);
    while (!this.#atEnd() && this.#column === column && !this.#isDash()) {
      const key = this.#key();
      const colon = this.#at++;
      const value = this.#value(column, 'pair');
      pairs.push({
        key,
        name: key.value,
        merge: key.style === 'plain' && key.value === '<<',
        colon,
        value,
        span: { start: key.start, end: value?.span.end ?? colon + 1 },
      });
    }
    this.#leave(column);
    span.end = pairs.at(-1)?.span.end ?? start;
    return map;
  }

  /** What follows a block collection does not stand further right; the owner judges where it may. */
  #leave(column: number): void {
    if (!this.#atEnd() && this.#column > column) throw new Declined();
    this.#depth--;
  }

  /** A key of a block map; reading stands at its colon then. */
  #key(): YamlScalar {
    const text = this.#text;
    const first = text.charAt(this.#at);
    let scanned: ScannedScalar;
    if (first === '"' || first === "'") scanned = scanQuoted(text, this.#at);
    else {
      assertPlainStart(text, this.#at);
      const end = plainLineEnd(text, this.#at);
      scanned = { style: 'plain', value: text.slice(this.#at, end), start: this.#at, end, next: end };
    }
    const colon = skipBlanks(text, scanned.end);
    const behind = text.charCodeAt(colon + 1);
    if (text.charCodeAt(colon) !== 58 || !(behind === 32 || isLineEnd(behind))) throw new Declined();
    if (scanned.start === scanned.end || colon - this.#at > maxKeyLength) throw new Declined();
    this.#at = colon;
    return this.#leaf(scanned, noProperties);
  }

  /** What stands behind a `:` or `-` whose map or list has this column. Reading stands at the next content then. */
  #value(column: number, of: 'pair' | 'item'): YamlNode | undefined {
    const text = this.#text;
    const from = this.#at;
    this.#at = skipBlanks(text, from);
    const properties = this.#properties();
    const unit = this.#unit;
    if (isLineEnd(unit) || unit === 35) {
      this.#endLine();
      this.#toContent();
      const inside =
        !this.#atEnd() && (this.#column > column || (of === 'pair' && this.#column === column && this.#isDash()));
      if (inside) return this.#below(properties, column);
      if (properties.anchor !== undefined) throw new Declined();
      return undefined;
    }
    if (of === 'item' && properties.anchor === undefined && this.#startsBlock()) return this.#block(properties);
    const value = this.#inline(properties, column);
    this.#endLine();
    this.#toContent();
    if (!this.#atEnd() && this.#column > column) throw new Declined();
    return value;
  }

  /** A value that begins on a line of its own. */
  #below(properties: Properties, column: number): YamlNode {
    if (this.#startsBlock()) return this.#block(properties);
    if (properties.anchor !== undefined) throw new Declined();
    const value = this.#inline(properties, column);
    this.#endLine();
    this.#toContent();
    if (!this.#atEnd() && this.#column > column) throw new Declined();
    return value;
  }

  /** Whether a list, or a map with its first key, begins here. */
  #startsBlock(): boolean {
    if (this.#isDash()) return true;
    const text = this.#text;
    const first = text.charAt(this.#at);
    if (first === '[' || first === '{' || first === '*' || first === '|' || first === '>') return false;
    const end = first === '"' || first === "'" ? scanQuoted(text, this.#at).end : plainLineEnd(text, this.#at);
    return text.charAt(skipBlanks(text, end)) === ':';
  }

  #properties(): Properties {
    if (this.#unit !== 38) return noProperties;
    const start = this.#at;
    const anchor = this.#name();
    const behind = this.#text.charCodeAt(this.#at);
    if (behind !== 32 && !isLineEnd(behind)) throw new Declined();
    this.#at = skipBlanks(this.#text, this.#at);
    return { anchor, start };
  }

  /** The name behind `&` or `*`. */
  #name(): string {
    const name = /[\w.-]+/y;
    name.lastIndex = this.#at + 1;
    const found = name.exec(this.#text)?.[0];
    if (found === undefined) throw new Declined();
    this.#at += 1 + found.length;
    return found;
  }

  /** A value that begins on the line that reading stands on. */
  #inline(properties: Properties, column: number): YamlNode {
    const text = this.#text;
    const start = this.#at;
    switch (text.charAt(start)) {
      case '*':
        return this.#alias(properties);
      case '[':
      case '{':
        return this.#flow(properties, column);
      case '|':
      case '>':
        return this.#scalar(scanBlock(text, start, column), properties);
      case '"':
      case "'":
        return this.#scalar(scanQuoted(text, start), properties);
      default: {
        const scanned = scanPlain(text, start, column);
        if (text.charAt(skipBlanks(text, scanned.next)) === ':') throw new Declined();
        return this.#scalar(scanned, properties);
      }
    }
  }

  #scalar(scanned: ScannedScalar, properties: Properties): YamlScalar {
    this.#at = scanned.next;
    return this.#leaf(scanned, properties);
  }

  #leaf({ start, end, style, value }: ScannedScalar, { anchor, start: propertiesStart }: Properties): YamlScalar {
    const span = { start, end };
    const scalar: YamlScalar = {
      kind: 'scalar',
      span,
      start: propertiesStart ?? start,
      anchor,
      tag: undefined,
      style,
      value,
    };
    this.#leaves.push(span);
    if (anchor !== undefined) this.#anchors.set(anchor, scalar);
    return scalar;
  }

  #alias(properties: Properties): YamlAlias {
    if (properties.anchor !== undefined) throw new Declined();
    const start = this.#at;
    const name = this.#name();
    const target = this.#anchors.get(name);
    const behind = this.#unit;
    if (
      target === undefined ||
      !(behind === 32 || behind === 44 || behind === 93 || behind === 125 || isLineEnd(behind))
    )
      throw new Declined();
    const span = { start, end: this.#at };
    this.#uses.set(target, (this.#uses.get(target) ?? 0) + 1);
    this.#leaves.push(span);
    return { kind: 'alias', span, start, anchor: undefined, tag: undefined, name, target };
  }

  /** A map or list in brackets. Its lines must stand further right than `column`. */
  #flow({ anchor, start: propertiesStart }: Properties, column: number): YamlMap | YamlSequence {
    this.#enter();
    const start = this.#at++;
    const span = { start, end: start };
    const pairs: YamlPair[] = [];
    const items: YamlItem[] = [];
    const base = { span, start: propertiesStart ?? start, anchor, tag: undefined, flow: true };
    const isMap = this.#text.charAt(start) === '{';
    const node: YamlMap | YamlSequence = isMap ? { kind: 'map', ...base, pairs } : { kind: 'sequence', ...base, items };
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    const close = isMap ? 125 : 93;
    for (this.#flowBlank(column); this.#unit !== close; this.#flowBlank(column)) {
      if (isMap) pairs.push(this.#flowPair(column));
      else items.push(this.#flowItem(column));
      this.#flowBlank(column);
      if (this.#unit === close) break;
      if (this.#unit !== 44) throw new Declined();
      this.#at++;
    }
    span.end = ++this.#at;
    this.#depth--;
    return node;
  }

  #flowItem(column: number): YamlItem {
    const value = this.#flowValue(column);
    return { dash: undefined, value, span: { start: value.start, end: value.span.end } };
  }

  #flowPair(column: number): YamlPair {
    const key = this.#flowValue(column);
    if (key.kind !== 'scalar') throw new Declined();
    this.#at = skipBlanks(this.#text, this.#at);
    const colon = this.#at++;
    const behind = this.#unit;
    if (this.#text.charCodeAt(colon) !== 58 || !(behind === 32 || isLineEnd(behind))) throw new Declined();
    this.#flowBlank(column);
    const value = this.#unit === 44 || this.#unit === 125 ? undefined : this.#flowValue(column);
    return {
      key,
      name: key.value,
      merge: key.style === 'plain' && key.value === '<<',
      colon,
      value,
      span: { start: key.start, end: value?.span.end ?? colon + 1 },
    };
  }

  #flowValue(column: number): YamlNode {
    const text = this.#text;
    const first = text.charAt(this.#at);
    if (first === '[' || first === '{') return this.#flow(noProperties, column);
    if (first === '*') return this.#alias(noProperties);
    const quoted = first === '"' || first === "'";
    return this.#scalar(quoted ? scanQuoted(text, this.#at) : scanFlowPlain(text, this.#at), noProperties);
  }

  /** Over blanks, line ends and comments inside brackets. */
  #flowBlank(column: number): void {
    const text = this.#text;
    for (;;) {
      const from = this.#at;
      this.#at = skipBlanks(text, from);
      if (this.#unit === 35) {
        if (this.#at === from && from > this.#line) throw new Declined();
        this.#at = lineEndFrom(text, this.#at);
      }
      if (this.#at >= text.length) throw new Declined();
      if (!isLineEnd(this.#unit)) break;
      this.#at = behindLineEnd(text, this.#at);
      this.#line = this.#at;
      const first = skipBlanks(text, this.#at);
      // What stands too far left is an error; at the root anything goes.
      if (!isLineEnd(text.charCodeAt(first)) && first - this.#line <= column) throw new Declined();
    }
  }
}
