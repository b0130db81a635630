// KICS: `# kics-scan ignore`, `disable=` and `enable=` at the top, `ignore-line` and `ignore-block` above what they mean.
import type { Span } from '../../text/span.js';
import type { Comment, ReadFile } from '../language.js';
import { reasonIn, wordsOf } from './ids.js';
import { kicsQueryOf } from './kics-queries.js';
import { belowStacks, isCommentLine, isKey, lineAt, lineBelow, reachOf } from './lines.js';
import { everything, type NamedCheck, type PeerTool, partAbout, type Said } from './peer-tool.js';
import { instructionsByStart, stageOf } from './stages.js';

/** Told of the key of a list, whichever item it is. */
const aboutLists = partAbout([
  'compose/container_capabilities_unrestricted',
  'compose/container_traffic_not_bound_to_host_interface',
  'kubernetes/containers_with_sys_admin_capabilities',
  'kubernetes/no_drop_capabilities_for_containers',
]);
const listKeys: readonly string[] = ['cap_add', 'cap_drop', 'ports', 'add', 'drop'];

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
  return list.split(',').map((written) => ({ written, key: kicsQueryOf(written) ?? '' }));
}

/** Above an instruction, also with other comments in between; a block is a stage. */
function inDockerfile(file: ReadFile): readonly Said[] {
  const instructions = instructionsByStart(file);
  const below = belowStacks(file.text);
  return commandsIn(file).flatMap(({ comment, isBlock, said }): readonly Said[] => {
    const line = below(comment.span.end);
    const own = line === undefined ? undefined : file.blockAt(line.start);
    if (own === undefined) return [];
    if (!isBlock) return [{ ...said, scope: own }];
    const instruction = instructions.get(own.start);
    const stage = instruction?.keyword === 'FROM' ? stageOf(instruction) : undefined;
    return stage === undefined ? [] : [{ ...said, scope: stage }];
  });
}

/** On the last line of the comments above a key or an item. */
function inYaml(file: ReadFile): readonly Said[] {
  const { text } = file;
  return commandsIn(file).flatMap(({ comment, isBlock, said }): readonly Said[] => {
    const line = comment.trailing ? undefined : lineBelow(text, comment.span.end);
    if (line === undefined || isCommentLine(text, line) || text.slice(line.start, line.end).trim() === '') return [];
    const block = file.scopeBelow(comment);
    if (isBlock) return block === undefined ? [] : [{ ...said, scope: block }];
    const own = { ...said, scope: reachOf(line) };
    if (block === undefined || !isKey(text, block.start, listKeys)) return [own];
    return [own, { ...said, checks: aboutLists(said.checks), scope: block }];
  });
}

interface CommandComment {
  readonly comment: Comment;
  readonly isBlock: boolean;
  readonly said: Omit<Said, 'scope'>;
}

/** The comments that speak of what is below them. They name no queries: all are meant. */
function commandsIn(file: ReadFile): readonly CommandComment[] {
  return file.comments().flatMap((comment): CommandComment[] => {
    const command = commandIn(file.text.slice(comment.span.start, comment.span.end));
    if (command?.word !== 'ignore-line' && command?.word !== 'ignore-block') return [];
    const said = { by: 'comment', checks: everything, reason: command.reason } as const;
    return [{ comment, isBlock: command.word === 'ignore-block', said }];
  });
}
