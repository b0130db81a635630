// The users that the build steps of a stage create: useradd, and adduser of Debian and of BusyBox.
import { remembered } from '../parted.js';
import type { ShellCommand } from '../shell-command.js';
import type { Instruction } from './instruction.js';
import { chainOf, type Stage } from './stage.js';

export interface CreatedUser {
  readonly name: string;
  /** Undefined where the command leaves it to the system, or a variable decides. */
  readonly uid: number | undefined;
}

interface Program {
  /** Letters of the options that take a value. */
  readonly valued: string;
}

const programs: ReadonlyMap<string, Program> = new Map([
  ['adduser', { valued: 'hgsGuk' }],
  ['useradd', { valued: 'bcdefgGkKpRPsuZ' }],
]);

/** The long options of both that are no switches. */
const valuedLong: ReadonlySet<string> = new Set([
  'base-dir',
  'comment',
  'conf',
  'expiredate',
  'firstgid',
  'firstuid',
  'gecos',
  'gid',
  'groups',
  'home',
  'home-dir',
  'inactive',
  'ingroup',
  'key',
  'lastgid',
  'lastuid',
  'password',
  'prefix',
  'root',
  'selinux-user',
  'shell',
  'skel',
  'uid',
]);

/** The users that a stage, or one that it is built on, creates. */
export function createdUsers(stage: Stage): readonly CreatedUser[] {
  const steps = chainOf(stage).flatMap(({ instructions }) =>
    instructions.flatMap((each) => (each.keyword === 'RUN' && !each.onbuild ? usersIn(each) : [])),
  );
  const users = steps.flatMap(({ created }) => created);
  if (users.length === 0) return users;
  const renumbered = new Set(steps.flatMap((step) => step.renumbered));
  return users.map((user) => (renumbered.has(user.name) ? { ...user, uid: undefined } : user));
}

/** All words of a command that takes a user away, or gives him another number: his name is among them. */
function renumberedBy({ name, words }: ShellCommand): readonly (string | undefined)[] {
  const texts = words.slice(1).map(({ text }) => text);
  if (name === 'userdel' || name === 'deluser') return texts;
  return name === 'usermod' && texts.some((text) => text === undefined || /^(?:-[A-Za-z]*u|--uid)/.test(text))
    ? texts
    : [];
}

const usersIn = remembered(({ commands }: Instruction) => ({
  created: commands.flatMap(createdBy),
  renumbered: commands.flatMap(renumberedBy),
}));

function createdBy({ name: program, words }: ShellCommand): readonly CreatedUser[] {
  const { valued } = programs.get(program ?? '') ?? {};
  if (valued === undefined) return [];
  let uid: string | undefined;
  for (let index = 1; index < words.length; index++) {
    const { text } = words[index] ?? {};
    if (text === undefined) return [];
    if (!/^-./.test(text)) {
      // A second operand of adduser is a group.
      if (!/^[A-Za-z_][\w.-]*$/.test(text)) return [];
      const later = uid ?? uidIn(words.slice(index + 1).map((word) => word.text));
      return [{ name: text, uid: later !== undefined && /^\d{1,10}$/.test(later) ? Number(later) : undefined }];
    }
    const option = readOption(text, valued);
    const value = option.takesNext ? words[++index]?.text : option.value;
    if (option.isUid) uid = value ?? '';
  }
  return [];
}

/** Some write the options behind the name. */
function uidIn(texts: readonly (string | undefined)[]): string | undefined {
  const at = texts.findIndex((text) => text === '-u' || text === '--uid');
  return at < 0 ? texts.find((text) => text?.startsWith('--uid='))?.slice('--uid='.length) : (texts[at + 1] ?? '');
}

function readOption(
  text: string,
  valued: string,
): { readonly isUid: boolean; readonly takesNext: boolean; readonly value: string | undefined } {
  if (text.startsWith('--')) {
    const equals = text.indexOf('=');
    const name = equals < 0 ? text.slice(2) : text.slice(2, equals);
    const takesNext = equals < 0 && valuedLong.has(name);
    return { isUid: name === 'uid', takesNext, value: equals < 0 ? undefined : text.slice(equals + 1) };
  }
  let at = 1;
  while (at < text.length && !valued.includes(text.charAt(at))) at++;
  return { isUid: text[at] === 'u', takesNext: at === text.length - 1, value: text.slice(at + 1) };
}
