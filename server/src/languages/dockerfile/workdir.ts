import type { Instruction } from '../../model/dockerfile/instruction.js';
import type { Stage } from '../../model/dockerfile/stage.js';
import type { Located } from '../../model/located.js';

/** The folder in force behind a WORKDIR: a relative one counts from the one in front of it. */
export function workdirBehind(
  { arguments: words, keywordAt, slot }: Instruction,
  before: Located<string>,
  { isFromScratch }: Pick<Stage, 'isFromScratch'>,
): Located<string> {
  const [word] = words;
  if (word?.kind !== 'known') return { kind: 'unknown', at: word?.at ?? keywordAt, via: [], slot: word?.slot ?? slot };
  if (/^(?:[/\\]|[A-Za-z]:)/.test(word.value)) return word;
  const start = before.kind === 'absent' && isFromScratch ? '/' : before.kind === 'known' ? before.value : undefined;
  if (start === undefined || !start.startsWith('/')) return { kind: 'unknown', at: word.at, via: [], slot: word.slot };
  return { ...word, value: join(start, word.value) };
}

function join(start: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${start}/${path}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
