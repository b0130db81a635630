// KICS: `# kics-scan ignore`, `disable=` and `enable=` at the top, `ignore-line` and `ignore-block` above what they mean.
import type { Span } from '../../text/span.js';
import type { Comment, ReadFile } from '../language.js';
import { reasonIn, wordsOf } from './ids.js';
import { kicsQueries } from './kics-queries.js';
import { belowStacks, isCommentLine, lineAt, lineBelow, reachOf } from './lines.js';
import { everything, type NamedCheck, type PeerTool, type Said } from './peer-tool.js';
import { instructionsByStart, stageOf } from './stages.js';

/** The second word is that of a fork. */
const form = /^#+[ \t]*(?:kics-scan|dd-iac-scan)[ \t]+/i;

export const kics: PeerTool = {
  name: 'kics',
  formats: ['dockerfile', 'compose', 'kubernetes'],
  mark: /(?:kics|dd-iac)-scan/i,
  keyOf: (check) => check.replace(/^[a-z]+\/(?=common\/)/, ''),
  read: (file) => [...forFile(file.text), ...(file.source.kind === 'dockerfile' ? inDockerfile(file) : inYaml(file))],
};

/** Only among the comments before the first line with something else on it, and only at the start of a line. */
function forFile(text: string): readonly Said[] {
  const enabled: NamedCheck[] = [];
  const found: Said[] = [];
  let onlyEnabled = false;
  let line: Span | undefined = lineAt(text, text.startsWith('\uFEFF') ? 1 : 0);
  for (; line !== undefined; line = lineBelow(text, line.end)) {
    const content = text.slice(line.start, line.end).replace(/^\uFEFF/, '');
    if (content.trim() === '') continue;
    if (!content.startsWith('#')) break;
    const command = commandIn(content);
    if (command === undefined) continue;
    const { word, reason } = command;
    const [name, list = ''] = word.split('=', 2);
    const said = { by: 'comment', reason, scope: undefined } as const;
    if (word === 'ignore') found.push({ ...said, checks: everything });
    if (name === 'disable') found.push({ ...said, checks: queriesIn(list) });
    if (name === 'enable') {
      onlyEnabled = true;
      enabled.push(...queriesIn(list));
    }
  }
  if (!onlyEnabled) return found;
  // All but these are switched off; what is disabled beside them does not count.
  const kept = new Set(enabled.map(({ key }) => key));
  const others: Said = {
    by: 'comment',
    checks: (keys) => !keys.some((key) => kept.has(key)),
    reason: '',
    scope: undefined,
  };
  return [...found.filter(({ checks }) => checks === everything), others];
}

interface Command {
  readonly word: string;
  readonly reason: string;
}

function commandIn(comment: string): Command | undefined {
  const match = form.exec(comment);
  if (match === null) return undefined;
  const [word = '', ...reason] = wordsOf(comment.slice(match[0].length));
  return { word: word.toLowerCase(), reason: reasonIn(reason.join(' ')) };
}

function queriesIn(list: string): readonly NamedCheck[] {
  return list.split(',').map((written) => ({ written, key: kicsQueries.get(written) ?? '' }));
}

/** Above an instruction, also with other comments in between. */
function inDockerfile(file: ReadFile): readonly Said[] {
  const instructions = instructionsByStart(file);
  const below = belowStacks(file.text);
  return spoken(file, ({ span }, isBlock) => {
    const line = below(span.end);
    const own = line === undefined ? undefined : file.blockAt(line.start);
    if (own === undefined || !isBlock) return own;
    const instruction = instructions.get(own.start);
    return instruction?.keyword === 'FROM' ? stageOf(instruction) : undefined;
  });
}

/** On the last line of the comments above a key or an item. */
function inYaml(file: ReadFile): readonly Said[] {
  const { text } = file;
  return spoken(file, (comment, isBlock) => {
    const line = comment.trailing ? undefined : lineBelow(text, comment.span.end);
    if (line === undefined || isCommentLine(text, line) || text.slice(line.start, line.end).trim() === '') {
      return undefined;
    }
    return isBlock ? file.scopeBelow(comment) : reachOf(line);
  });
}

function spoken(file: ReadFile, scopeOf: (comment: Comment, isBlock: boolean) => Span | undefined): readonly Said[] {
  return file.comments().flatMap((comment): Said[] => {
    const command = commandIn(file.text.slice(comment.span.start, comment.span.end));
    if (command?.word !== 'ignore-line' && command?.word !== 'ignore-block') return [];
    const scope = scopeOf(comment, command.word === 'ignore-block');
    return scope === undefined ? [] : [{ by: 'comment', checks: everything, reason: command.reason, scope }];
  });
}
