// BuildKit: `# check=skip=A,B;error=true` as a parser directive for the file, or above an instruction.
import type { Comment, ReadFile } from '../language.js';
import { wordsOf } from './ids.js';
import { belowStacks, lineAt } from './lines.js';
import { everything, named, type PeerTool, type Said } from './peer-tool.js';
import { instructionsByStart, stageOf } from './stages.js';

const checkComment = /^#[ \t]*check[ \t]*=/i;
const directive = /^#[ \t]*(?:syntax|escape|check)[ \t]*=[ \t]*[^ \t\r\n]/i;

export const buildkit: PeerTool = { name: 'buildkit', formats: ['dockerfile'], mark: /check[ \t]*=/i, read };

function read(file: ReadFile): readonly Said[] {
  const { text } = file;
  const comments = file.comments();
  const directives = countDirectives(file, comments);
  const instructions = instructionsByStart(file);
  const below = belowStacks(text);
  const found: Said[] = [];
  for (const [index, { span }] of comments.entries()) {
    const comment = text.slice(span.start, span.end);
    const match = checkComment.exec(comment);
    if (match === null) continue;
    const options = comment.slice(match[0].length);
    if (index < directives) {
      const checks = skipped(options);
      if (checks !== undefined) found.push({ by: 'comment', checks, reason: '', scope: undefined });
      continue;
    }
    // Above an instruction, what stands behind a blank is a note.
    const [first = '', ...note] = wordsOf(options);
    const checks = skipped(first);
    const line = below(span.end);
    const block = checks === undefined || line === undefined ? undefined : file.blockAt(line.start);
    if (checks === undefined || block === undefined) continue;
    const instruction = instructions.get(block.start);
    const stage = instruction?.keyword === 'FROM' ? stageOf(instruction) : undefined;
    found.push({ by: 'comment', checks, reason: note.join(' ').replace(/^\/+\s*/, ''), scope: stage ?? block });
  }
  return found;
}

/** Directives are the comments at the very top, up to the first line that is none; `#!` may stand above them. */
function countDirectives({ text }: ReadFile, comments: readonly Comment[]): number {
  const top = text.startsWith('\uFEFF') ? 1 : 0;
  let next = top;
  for (const [index, { span }] of comments.entries()) {
    const isOne =
      directive.test(text.slice(span.start, span.end)) || (span.start === top && text.startsWith('#!', top));
    if (lineAt(text, next).end < span.end || !isOne) return index;
    next = span.end + (text[span.end] === '\r' ? 2 : 1);
  }
  return comments.length;
}

/** What `skip=` names, the last one where it stands twice; undefined where it is not there. Behind a name is a note. */
function skipped(options: string): Said['checks'] | undefined {
  let names: readonly string[] | undefined;
  for (const option of options.split(';')) {
    const [key = '', value] = option.split('=', 2);
    if (key.trim() !== 'skip' || value === undefined) continue;
    names = value.split(',').map((id) => wordsOf(id)[0] ?? '');
    if (names.length === 1 && names[0] === 'all') return everything;
  }
  return names && named(names);
}
