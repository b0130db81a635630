import { defineRule, type Report } from '../../../engine/rule.js';
import { remove, replaceEnding } from '../../../model/change.js';
import { type Known, knownItems } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import type { MappedText } from '../../../text/mapped-text.js';

/** Engines mount it with the opposite of each of them, unless a word says so. The last one counts. */
const harms: ReadonlyMap<string, string> = new Map([
  ['exec', 'allows programs: what an attacker writes there can be run.'],
  ['suid', 'allows setuid bits: a program there can run as root.'],
  ['dev', 'allows devices: a file there can be a disk of the host.'],
]);
const everybody = 'is open to all: users can delete the files of others.';

export default defineRule({
  meta: {
    id: 'executable-tmpfs',
    summary: 'A temporary file system takes programs, setuid bits or devices, or lets users delete files of others.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    service({ fields, mounts }, report) {
      for (const entry of knownItems(fields.mappedTexts('tmpfs'))) judge(entry, report);
      for (const mount of mounts) {
        if (mount.type !== 'tmpfs' || mount.fields === undefined) continue;
        const mode = mount.fields.number('tmpfs', 'mode');
        if (mode.kind !== 'known' || !isOpen(mode.value)) continue;
        const target = mount.target.kind === 'known' ? mount.target.value : '';
        report({
          at: mode,
          message: `Tmpfs ${quoted(target)} ${everybody}`,
          fix: { title: 'Remove `mode`', safety: 'unsafe', change: remove(mode.slot) },
        });
      }
    },
  },
});

/** An entry of `tmpfs`: a path, and the options of the mount behind a colon. */
function judge(entry: Known<MappedText>, report: Report): void {
  const { value } = entry.value;
  const colon = value.indexOf(':');
  if (colon < 0) return;
  const words = value.slice(colon + 1).split(',');
  let start = colon + 1;
  for (const [index, word] of words.entries()) {
    const harm = harmOf(words, index);
    if (harm !== undefined) {
      const name = /^[a-z]+/.exec(word)?.[0] ?? word;
      const others = words.filter((other) => other !== word);
      report({
        at: { ...entry, at: entry.value.part(start, start + word.length) },
        message: `Tmpfs ${quoted(value.slice(0, colon))} ${harm}`,
        fix: {
          title: `Remove \`${name}\``,
          safety: 'unsafe',
          change: replaceEnding(entry.slot, ending(words), ending(others)),
        },
      });
    }
    start += word.length + 1;
  }
}

function ending(words: readonly string[]): string {
  return words.length === 0 ? '' : `:${words.join(',')}`;
}

function harmOf(words: readonly string[], index: number): string | undefined {
  const word = words[index] ?? '';
  const behind = words.slice(index + 1);
  const mode = /^mode=0*([0-7]{1,4})$/.exec(word)?.[1];
  if (mode !== undefined) {
    const counts = !behind.some((other) => other.startsWith('mode='));
    return counts && isOpen(Number.parseInt(mode, 8)) ? everybody : undefined;
  }
  return behind.includes(word) || behind.includes(`no${word}`) ? undefined : harms.get(word);
}

const stickyBit = 0o1000;
const writableForAll = 0o002;

/** Whether everybody may write there, and also delete what is not theirs. */
function isOpen(mode: number): boolean {
  return (mode & writableForAll) !== 0 && (mode & stickyBit) === 0;
}
