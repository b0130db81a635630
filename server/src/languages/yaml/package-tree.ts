// Parses one slice with the `yaml` package, whatever is in it, and hands out our own tree.
import {
  Composer,
  type CST,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  Parser,
  type YAMLError,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Span } from '../../text/span.js';
import type {
  ScalarStyle,
  YamlAlias,
  YamlItem,
  YamlMap,
  YamlNode,
  YamlPair,
  YamlScalar,
  YamlSequence,
} from './node.js';
import { maxDepth, maxLexemes, type TreeError, type YamlTree } from './tree.js';

/** Never throws; what cannot be read is in `errors`, what can is in `root`. */
export function packageTree(text: string): YamlTree {
  const tokens = tokensOf(withoutVersion(text));
  const empty = { text, root: undefined, leaves: [], uses: new Map() };
  if (!Array.isArray(tokens)) return { ...empty, errors: [], ...tokens };
  const tooDeep = depthExceeded(tokens);
  if (tooDeep !== undefined) return { ...empty, errors: [], tooDeep };
  // The failsafe schema makes every scalar a string: the adapters decide the types, as their consumers do.
  const composer = new Composer({
    schema: 'failsafe',
    keepSourceTokens: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    strict: true,
  });
  const errors: TreeError[] = [];
  let conversion: Conversion | undefined;
  let root: YamlNode | undefined;
  for (const document of composer.compose(tokens, false, text.length)) {
    for (const error of document.errors) errors.push(treeError(error, text));
    if (conversion !== undefined) continue;
    conversion = new Conversion(text);
    root = conversion.convert(document.contents, undefined);
    for (const error of conversion.errors) errors.push(error);
  }
  errors.sort((a, b) => a.span.start - b.span.start);
  if (conversion === undefined) return { ...empty, errors, tooDeep: undefined };
  return { text, root, errors, leaves: conversion.leaves, uses: conversion.uses, tooDeep: undefined };
}

/**
 * The tokens; a place where they nest too deep or are too many. The parser recurses when many levels end at once, so it
 * is stopped at the limit. It is not given a byte order mark, which it would count as indentation.
 */
function tokensOf(text: string): CST.Token[] | Pick<YamlTree, 'tooDeep' | 'tooLarge'> {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const marked = text.startsWith('\uFEFF');
  let left = maxLexemes;
  if (marked) parser.offset = 1;
  for (const lexeme of new Lexer().lex(marked ? text.slice(1) : text)) {
    const at = parser.offset;
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (left-- <= 0) return { tooDeep: undefined, tooLarge: { start: at, end: Math.min(at + 1, text.length) } };
    // The stack holds the document too.
    if (parser.stack.length < maxDepth + 2) continue;
    const beyond = parser.stack.filter((token) => 'items' in token)[maxDepth];
    if (beyond !== undefined) return { tooDeep: { start: beyond.offset, end: beyond.offset + 1 } };
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

/** `%YAML 1.1` would change how the package reads this and every later document; its consumers ignore it. */
function withoutVersion(text: string): string {
  if (!text.includes('%YAML')) return text;
  return text.replace(/^(\uFEFF?(?:(?:[ \t\r]*(?:#[^\n]*)?|%[^\n]*)\n)*?)%YAML/, '$1#YAML');
}

/** Measured once more on what came out, in a loop: the composer would recurse. Only collections count. */
function depthExceeded(tokens: readonly CST.Token[]): Span | undefined {
  const open: { readonly token: CST.Token | undefined; readonly depth: number }[] = tokens.map((token) => ({
    token,
    depth: 1,
  }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (token === undefined) continue;
    if (token.type === 'document') open.push({ token: token.value, depth });
    else if ('items' in token) {
      if (depth > maxDepth) return { start: token.offset, end: token.offset + 1 };
      for (const item of token.items)
        open.push({ token: item.key ?? undefined, depth: depth + 1 }, { token: item.value, depth: depth + 1 });
    }
  }
  return undefined;
}

const styles: { readonly [type: string]: ScalarStyle } = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

class Conversion {
  readonly errors: TreeError[] = [];
  readonly leaves: Span[] = [];
  readonly uses = new Map<YamlNode, number>();
  readonly #text: string;
  /** The last node of each anchor name: one table, since looking an alias up by walking the document is quadratic. */
  readonly #anchors = new Map<string, Exclude<YamlNode, YamlAlias>>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Recurses at most `maxDepth` deep. `before` are the tokens in front of the node, which hold its anchor and tag. */
  convert(node: unknown, before: readonly CST.SourceToken[] | undefined): YamlNode | undefined {
    if (isScalar(node)) return this.#scalar(node, before);
    if (isAlias(node)) return this.#alias(node.source, node.range, before);
    if (isMap(node)) return this.#map(node, before);
    if (isSeq(node)) return this.#sequence(node, before);
    return undefined;
  }

  #scalar(
    node: { value: unknown; range?: readonly number[] | null; anchor?: string; type?: string },
    before: readonly CST.SourceToken[] | undefined,
  ) {
    const start = node.range?.[0] ?? 0;
    const style = styles[node.type ?? 'PLAIN'] ?? 'plain';
    let end = node.range?.[1] ?? start;
    if (style === 'literal' || style === 'folded') end = trimLineEnds(this.#text, start, end);
    const tag = tagOf(before);
    const value = typeof node.value === 'string' ? node.value : '';
    // An empty scalar without properties is a value that was not written.
    if (start === end && node.anchor === undefined && tag === undefined) return undefined;
    const scalar: YamlScalar = {
      kind: 'scalar',
      span: { start, end },
      start: propertiesStart(before, start),
      anchor: node.anchor,
      tag,
      style,
      value,
    };
    this.leaves.push(scalar.span);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, scalar);
    return scalar;
  }

  #alias(
    name: string,
    range: readonly number[] | null | undefined,
    before: readonly CST.SourceToken[] | undefined,
  ): YamlAlias {
    const start = range?.[0] ?? 0;
    const span = { start, end: range?.[1] ?? start };
    const target = this.#anchors.get(name);
    if (target === undefined)
      this.errors.push({ span, message: `The alias '${shorten(name)}' has no anchor before it.` });
    else this.uses.set(target, (this.uses.get(target) ?? 0) + 1);
    this.leaves.push(span);
    return {
      kind: 'alias',
      span,
      start: propertiesStart(before, start),
      anchor: undefined,
      tag: tagOf(before),
      name,
      target,
    };
  }

  #map(node: YAMLMap, before: readonly CST.SourceToken[] | undefined): YamlMap {
    const start = node.range?.[0] ?? 0;
    const flow = node.flow === true || node.srcToken?.type === 'flow-collection';
    const pairs: YamlPair[] = [];
    const span = { start, end: start };
    const map: YamlMap = {
      kind: 'map',
      span,
      start: propertiesStart(before, start),
      anchor: node.anchor,
      tag: tagOf(before),
      flow,
      pairs,
    };
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, map);
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const source = pair.srcToken;
      const key = this.convert(pair.key, source?.start);
      const value = this.convert(pair.value, source?.sep);
      const colon = source?.sep?.find((token) => token.type === 'map-value-ind')?.offset;
      const explicit = source?.start.find((token) => token.type === 'explicit-key-ind')?.offset;
      const pairStart = Math.min(
        explicit ?? Infinity,
        key?.start ?? Infinity,
        colon ?? Infinity,
        value?.start ?? Infinity,
      );
      if (pairStart === Infinity) continue;
      const pairEnd = value?.span.end ?? (colon === undefined ? (key?.span.end ?? pairStart + 1) : colon + 1);
      const named = key?.kind === 'alias' ? key.target : key;
      const name = named?.kind === 'scalar' ? named.value : undefined;
      const merge = name === '<<' && key?.kind === 'scalar' && key.style === 'plain';
      pairs.push({ key, name, merge, colon, value, span: { start: pairStart, end: pairEnd } });
    }
    span.end = flow ? (node.range?.[1] ?? start) : (pairs.at(-1)?.span.end ?? start);
    return map;
  }

  #sequence(node: YAMLSeq, before: readonly CST.SourceToken[] | undefined): YamlSequence {
    const start = node.range?.[0] ?? 0;
    const flow = node.flow === true || node.srcToken?.type === 'flow-collection';
    const items: YamlItem[] = [];
    const span = { start, end: start };
    const sequence: YamlSequence = {
      kind: 'sequence',
      span,
      start: propertiesStart(before, start),
      anchor: node.anchor,
      tag: tagOf(before),
      flow,
      items,
    };
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, sequence);
    const sources = (node.srcToken !== undefined && 'items' in node.srcToken ? node.srcToken.items : []).filter(
      (item) =>
        item.value !== undefined || item.key !== undefined || item.start.some((token) => token.type === 'seq-item-ind'),
    );
    node.items.forEach((child, index) => {
      const source = sources[index];
      const value = this.convert(isPair(child) ? undefined : child, source?.start);
      const dash = flow ? undefined : source?.start.find((token) => token.type === 'seq-item-ind')?.offset;
      const itemStart = dash ?? value?.start;
      if (itemStart === undefined) return;
      items.push({ dash, value, span: { start: itemStart, end: value?.span.end ?? itemStart + 1 } });
    });
    span.end = flow ? (node.range?.[1] ?? start) : (items.at(-1)?.span.end ?? start);
    return sequence;
  }
}

function tagOf(before: readonly CST.SourceToken[] | undefined): string | undefined {
  return before?.findLast((token) => token.type === 'tag')?.source;
}

/** Where the anchor or tag of a node begins. Tokens of an earlier line (comments, a `?`) do not count. */
function propertiesStart(before: readonly CST.SourceToken[] | undefined, start: number): number {
  return before?.find((token) => token.type === 'tag' || token.type === 'anchor')?.offset ?? start;
}

function trimLineEnds(text: string, start: number, end: number): number {
  while (end > start && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
  return end;
}

function treeError(error: YAMLError, text: string): TreeError {
  // What is missing at the end is missing behind the last word, not below it.
  let start = Math.min(error.pos[0], text.trimEnd().length);
  let end = Math.min(Math.max(error.pos[1], start), text.length);
  // Keep the mark on one line, and never empty unless the line ends there.
  if (end === start && start < text.length) end = start + 1;
  const lineEnd = text.slice(start, end).search(/[\r\n]/);
  if (lineEnd >= 0) end = start + lineEnd;
  // The package counts units: a character of two of them is marked whole.
  if (isLong(text, start - 1)) start--;
  if (isLong(text, end - 1)) end++;
  return { span: { start, end }, message: messageOf(error) };
}

/** Whether a character of two units begins at an offset. */
function isLong(text: string, offset: number): boolean {
  return (text.codePointAt(offset) ?? 0) > 0xffff;
}

/** Two codes stand for many faults; the words of the parser tell the common ones. */
function messageOf({ code, message }: YAMLError): string {
  if (code === 'MISSING_CHAR' && message.includes('quote')) return 'A quote is opened and never closed.';
  if (code === 'BAD_INDENT' && message.startsWith('Flow')) {
    return 'A bracket or brace is not closed, or what is in it stands too far left.';
  }
  return messages[code] ?? 'This is not valid YAML.';
}

const messages: { readonly [code: string]: string } = {
  ALIAS_PROPS: 'An alias cannot have an anchor or a tag of its own.',
  BAD_ALIAS: 'An alias needs a name.',
  BAD_COLLECTION_TYPE: 'The tag does not fit what it is put on.',
  BAD_DIRECTIVE: 'This directive is not valid YAML.',
  BAD_DQ_ESCAPE: 'This escape is not valid in double quotes.',
  BAD_INDENT: 'The indentation does not fit the lines around it.',
  BAD_PROP_ORDER: 'The anchor or tag stands in the wrong place.',
  BAD_SCALAR_START: 'A plain value cannot begin with this character: put it in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'A nested map cannot begin on the line of its key.',
  BLOCK_IN_FLOW: 'A block value cannot stand inside brackets or braces.',
  KEY_OVER_1024_CHARS: 'A key cannot be longer than 1024 characters.',
  MISSING_CHAR: 'A character is missing here: a comma, a colon, a space or a closing bracket.',
  MULTILINE_IMPLICIT_KEY: 'A key must stand on one line: is a colon or a quote missing?',
  MULTIPLE_ANCHORS: 'A value can have one anchor only.',
  MULTIPLE_DOCS: 'A second document begins here without `---`.',
  MULTIPLE_TAGS: 'A value can have one tag only.',
  NON_STRING_KEY: 'A key must be a text.',
  RESOURCE_EXHAUSTION: 'The nesting is too deep to be read.',
  TAB_AS_INDENT: 'Tabs cannot indent YAML: use spaces.',
  TAG_RESOLVE_FAILED: 'The tag cannot be understood.',
  UNEXPECTED_TOKEN: 'This cannot stand here.',
};

function shorten(name: string): string {
  return name.length > 40 ? `${name.slice(0, 39)}…` : name;
}
