import { defineRule } from '../../../engine/rule.js';
import { type OptionSyntax, optionOf, readCommandLine } from '../../../model/command-line.js';
import { insertBehind } from '../../../model/dockerfile/insert-word.js';

/** As shadow 4.18 has them. */
const syntax: OptionSyntax = {
  valuedLetters: 'bcdefgGkKpPRsuZ',
  valuedNames: new Set([
    'base-dir',
    'btrfs-subvolume-home',
    'comment',
    'expiredate',
    'gid',
    'groups',
    'home-dir',
    'inactive',
    'key',
    'password',
    'prefix',
    'root',
    'selinux-range',
    'selinux-user',
    'shell',
    'skel',
    'uid',
  ]),
};

export default defineRule({
  meta: {
    id: 'useradd-large-uid',
    summary: 'A user with a very large id makes a layer of the image far larger than it looks.',
    severity: 'info',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3046'] },
  },
  check: {
    instruction(instruction, report) {
      if (instruction.keyword !== 'RUN') return;
      for (const { name, words } of instruction.commands) {
        if (name !== 'useradd') continue;
        const line = readCommandLine(words, syntax);
        const uid = optionOf(line, 'u', 'uid');
        // Up to 99999 the hole in the file is small.
        if (line.isOpen || uid?.value === undefined || !/^0*[1-9]\d{5,9}$/.test(uid.value)) continue;
        if (optionOf(line, 'l', 'no-log-init') !== undefined) continue;
        const [first] = words;
        const change = first && insertBehind(instruction, first, '-l');
        report({
          at: uid.word.at,
          message: `'${uid.value}' is a large user id: without \`-l\`, a log file grows with it to gigabytes.`,
          fix: change && { title: 'Add `-l`', safety: 'safe', change },
        });
      }
    },
  },
});
