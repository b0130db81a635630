// Which commands run another command or a script that stands in their own words.

/** How the options of a command in front of another one are skipped. */
interface Wrapper {
  /** Letters of the options whose value is the next word, where nothing follows the letter. */
  readonly valued: string;
  /** The same for long options, without dashes. */
  readonly valuedLong: readonly string[];
  /** Letters of the options with which no command is run. */
  readonly endsWith: string;
  /** How many words stand between the options and the command. */
  readonly operands: number;
  /** Whether `NAME=value` may stand in front of the command. */
  readonly assignments: boolean;
}

const plain: Wrapper = { valued: '', valuedLong: [], endsWith: '', operands: 0, assignments: false };

const wrappers: ReadonlyMap<string, Wrapper> = new Map([
  [
    'sudo',
    {
      valued: 'ughpCDRrtTU',
      valuedLong: [
        'user',
        'group',
        'host',
        'prompt',
        'close-from',
        'chdir',
        'chroot',
        'role',
        'type',
        'command-timeout',
        'other-user',
      ],
      endsWith: 'lvVKe',
      operands: 0,
      assignments: true,
    },
  ],
  ['doas', { ...plain, valued: 'uC', endsWith: 'L' }],
  ['env', { ...plain, valued: 'uC', valuedLong: ['unset', 'chdir'], assignments: true }],
  ['exec', { ...plain, valued: 'a' }],
  ['time', { ...plain, valued: 'fo', valuedLong: ['format', 'output'] }],
  ['nohup', plain],
  ['nice', { ...plain, valued: 'n', valuedLong: ['adjustment'] }],
  ['ionice', { ...plain, valued: 'cn', valuedLong: ['class', 'classdata'], endsWith: 'pPu' }],
  [
    'xargs',
    {
      ...plain,
      valued: 'IaEdLnPs',
      valuedLong: ['arg-file', 'delimiter', 'max-args', 'max-procs', 'max-chars', 'process-slot-var'],
    },
  ],
  ['su-exec', { ...plain, operands: 1 }],
  ['gosu', { ...plain, operands: 1 }],
  ['command', { ...plain, endsWith: 'vV' }],
  ['builtin', plain],
  ['timeout', { ...plain, valued: 'sk', valuedLong: ['signal', 'kill-after'], operands: 1 }],
  ['stdbuf', { ...plain, valued: 'ioe', valuedLong: ['input', 'output', 'error'] }],
  ['setsid', plain],
  ['chroot', { ...plain, operands: 1 }],
  ['busybox', plain],
  ['tini', { ...plain, valued: 'pe' }],
  ['dumb-init', { ...plain, valued: 'r', valuedLong: ['rewrite'] }],
]);

const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', 'dash', 'zsh', 'ksh']);

/** Whether a program of this base name reads the shell language that this room reads. */
export function isShell(name: string): boolean {
  return shells.has(name);
}

/** Whether a program of this name may run another one, see {@link innerCommand}. */
export function isWrapper(name: string): boolean {
  return wrappers.has(name);
}

/** Whether a program of this name may run a script, see {@link scriptSource}. */
export function takesScript(name: string): boolean {
  return name === 'eval' || name === 'su' || name === 'runuser' || isShell(name);
}

type Texts = readonly (string | undefined)[];

export interface Inner {
  /** The index of the first word of the command that is run. */
  readonly start: number;
  /** The indices of the `NAME=value` words in front of it. */
  readonly assignments: readonly number[];
}

/** Finds the command that `name` with these words (the name first) runs. Dynamic words are undefined. */
export function innerCommand(name: string, texts: Texts, raws: readonly string[]): Inner | undefined {
  const wrapper = wrappers.get(name);
  if (wrapper === undefined) return undefined;
  const assignments: number[] = [];
  let operands = wrapper.operands;
  let options = true;
  for (let i = 1; i < texts.length; i++) {
    const text = texts[i];
    if (options && text?.startsWith('-')) {
      if (text === '--') {
        options = false;
        continue;
      }
      const skipped = skippedByOption(wrapper, text);
      if (skipped === undefined) return undefined;
      i += skipped;
      continue;
    }
    if (wrapper.assignments && /^[A-Za-z_]\w*=/.test(raws[i] ?? '')) {
      assignments.push(i);
      continue;
    }
    if (operands > 0) {
      operands--;
      options = false;
      continue;
    }
    return { start: i, assignments };
  }
  return undefined;
}

/** How many words behind an option belong to it; undefined where no command is run with it. */
function skippedByOption(wrapper: Wrapper, text: string): number | undefined {
  if (text.startsWith('--')) return wrapper.valuedLong.includes(text.slice(2)) ? 1 : 0;
  for (let i = 1; i < text.length; i++) {
    const letter = text[i] ?? '';
    if (wrapper.endsWith.includes(letter)) return undefined;
    if (wrapper.valued.includes(letter)) return i === text.length - 1 ? 1 : 0;
  }
  return 0;
}

/** Where the script of a command stands: from a character of one word, all words from one on, or its standard input. */
export type ScriptSource =
  | { readonly kind: 'word'; readonly index: number; readonly from: number }
  | { readonly kind: 'words'; readonly from: number }
  | { readonly kind: 'stdin' };

/** Finds the script that `name` with these words (the name first) runs. */
export function scriptSource(name: string, texts: Texts): ScriptSource | undefined {
  if (name === 'eval') return texts.length > 1 ? { kind: 'words', from: texts[1] === '--' ? 2 : 1 } : undefined;
  if (name === 'su' || name === 'runuser') return commandOption(texts);
  return isShell(name) ? shellScript(texts) : undefined;
}

function commandOption(texts: Texts): ScriptSource | undefined {
  for (let i = 1; i < texts.length; i++) {
    const text = texts[i];
    if (text === undefined) continue;
    if (text.startsWith('--command=')) return { kind: 'word', index: i, from: '--command='.length };
    if (text === '--command' || /^-[a-z]*c$/.test(text)) {
      return i + 1 < texts.length ? { kind: 'word', index: i + 1, from: 0 } : undefined;
    }
  }
  return undefined;
}

function shellScript(texts: Texts): ScriptSource | undefined {
  let isCommand = false;
  let isStdin = false;
  let i = 1;
  for (; i < texts.length; i++) {
    const text = texts[i];
    if (text === undefined || !/^[-+]/.test(text)) break;
    if (text === '--' || text === '-') {
      i++;
      break;
    }
    if (text.startsWith('--')) {
      if (text === '--rcfile' || text === '--init-file') i++;
      continue;
    }
    if (text.startsWith('-')) {
      if (text.includes('c')) isCommand = true;
      if (text.includes('s')) isStdin = true;
    }
    // `-euo pipefail`: each o takes one of the next words.
    for (const letter of text) if (letter === 'o' || letter === 'O') i++;
  }
  if (isCommand) return i < texts.length ? { kind: 'word', index: i, from: 0 } : undefined;
  return isStdin || i >= texts.length ? { kind: 'stdin' } : undefined;
}
