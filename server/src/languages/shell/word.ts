// Words of the parser, without their quotes and with the place of every character.
import { forEachChild, type SyntaxNode, type Word, type WordPart } from 'unbash';
import { MappedText } from '../../text/mapped-text.js';

/** Deeper nesting inside one word is not followed. */
const maxLevels = 200;

/** A `$( … )`, backquotes or `<( … )`. */
export type Substitution = Extract<
  SyntaxNode,
  { type: 'CommandExpansion' | 'ProcessSubstitution' | 'ArithmeticCommandExpansion' }
>;

export function isSubstitution(node: SyntaxNode): node is Substitution {
  return (
    node.type === 'CommandExpansion' ||
    node.type === 'ProcessSubstitution' ||
    node.type === 'ArithmeticCommandExpansion'
  );
}

export interface WordContents {
  /** Whether nothing in it is expanded when it runs. */
  readonly isStatic: boolean;
  /** Those of the outermost level, in order. */
  readonly substitutions: readonly Substitution[];
}

/** What is inside words, or inside the body of a heredoc. */
export function contentsOf(nodes: readonly SyntaxNode[]): WordContents {
  const substitutions: Substitution[] = [];
  let isStatic = true;
  const visit = (node: SyntaxNode, level: number): void => {
    if (level > maxLevels) {
      isStatic = false;
      return;
    }
    if (isSubstitution(node)) {
      isStatic = false;
      substitutions.push(node);
      return;
    }
    if (node.type === 'SimpleExpansion' || node.type === 'ParameterExpansion' || node.type === 'ArithmeticExpansion') {
      isStatic = false;
    }
    forEachChild(node, (child) => visit(child, level + 1));
  };
  for (const node of nodes) visit(node, 0);
  return { isStatic, substitutions };
}

/** The value of a static word, its characters mapped as far as they stand in `text` unchanged. */
export function dequoted(word: Word, text: MappedText): MappedText {
  const pieces: (MappedText | string)[] = [];
  if (word.parts === undefined) addPiece(pieces, text, word.pos, word.end, word.value);
  else for (const part of word.parts) addPart(pieces, text, part);
  const place = text.part(word.pos, word.end);
  const joined = MappedText.join(pieces, place);
  return joined.value === word.value ? joined : new MappedText(word.value, place, []);
}

function addPart(pieces: (MappedText | string)[], text: MappedText, part: WordPart): void {
  switch (part.type) {
    case 'SingleQuoted':
      addPiece(pieces, text, part.pos + 1, part.pos + 1 + part.value.length, part.value);
      return;
    case 'AnsiCQuoted':
      addPiece(pieces, text, part.pos + 2, part.end, part.value);
      return;
    case 'DoubleQuoted':
    case 'LocaleString':
      for (const child of part.parts) addPart(pieces, text, child);
      return;
    case 'Literal':
    case 'Glob':
      addPiece(pieces, text, part.pos, part.end, part.value);
      return;
    default:
      pieces.push(text.slice(part.pos, part.end));
  }
}

/** Adds `value`, which was written between the two offsets, with backslashes and nothing else left out. */
function addPiece(pieces: (MappedText | string)[], text: MappedText, start: number, end: number, value: string): void {
  const source = text.value;
  if (source.slice(start, start + value.length) === value) {
    pieces.push(text.slice(start, start + value.length));
    return;
  }
  let from = start;
  let at = start;
  let done = 0;
  while (done < value.length && at < end) {
    if (source[at] === value[done]) {
      at++;
      done++;
      continue;
    }
    if (source[at] !== '\\') break;
    if (at > from) pieces.push(text.slice(from, at));
    at += source[at + 1] === '\n' ? 2 : 1;
    from = at;
  }
  if (at > from) pieces.push(text.slice(from, at));
  if (done < value.length) pieces.push(value.slice(done));
}
