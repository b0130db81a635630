import { defineRule } from '../../../engine/rule.js';
import { cleanHostPath } from '../../../model/clean-host-path.js';
import type { Flag, Instruction } from '../../../model/dockerfile/instruction.js';
import { parseFileMode } from '../../../model/file-mode.js';
import type { Located } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import { containerUser, isRoot } from '../../../model/user.js';

export default defineRule({
  meta: {
    id: 'executable-owned-by-app-user',
    summary: 'The user who runs a program owns its file, and can change it.',
    severity: 'hint',
    confidence: 'low',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { kics: ['dockerfile/chown_flag_exists'] },
  },
  check: {
    stage({ final, os, instructions, entrypoint, command, user }, report) {
      if (!final || os === 'windows') return;
      const started = new Set([entrypoint, command].flatMap(startedBy));
      for (const instruction of instructions) {
        const owner = instruction.onbuild ? undefined : ownerGiven(instruction);
        if (owner === undefined || !copiesProgram(instruction, started)) continue;
        // Another user than the one who runs it.
        if (user.kind === 'known' && user.value.text !== '' && !isSameUser(user.value.text, owner.value.value))
          continue;
        report({
          at: owner.value,
          message: `Owner ${quoted(owner.value.value)} may change this program: so may whoever breaks into it.`,
        });
      }
    },
  },
});

type KnownFlag = Flag & { readonly value: Extract<Located<string>, { kind: 'known' }> };

/** The flag that gives files to a user other than root. */
function ownerGiven({ keyword, flags }: Instruction): KnownFlag | undefined {
  if (keyword !== 'COPY' && keyword !== 'ADD') return undefined;
  const flag = flags.find(({ name }) => name === 'chown');
  if (flag?.value.kind !== 'known') return undefined;
  const owner = containerUser(flag.value.value);
  return isRoot(owner) || owner.name === '' ? undefined : { ...flag, value: flag.value };
}

function isSameUser(one: string, other: string): boolean {
  const [a, b] = [containerUser(one), containerUser(other)];
  // A name and a number may be those of one user.
  return (a.name === undefined) !== (b.name === undefined) || (a.uid === b.uid && a.name === b.name);
}

/** Where programs lie, and what they are called. */
const programPlace = /(?:^|\/)s?bin\/?(?:[^/]+)?$/;
const programName = /\.(?:dll|exe|jar|sh|so(?:\.\d+)*|war)$|(?:^|\/)(?:docker-)?entrypoint$/;

function copiesProgram({ arguments: words, flags }: Instruction, started: ReadonlySet<string>): boolean {
  const mode = flags.find(({ name }) => name === 'chmod')?.value;
  if (mode?.kind === 'known' && isExecutable(mode.value)) return true;
  const target = words.at(-1);
  if (target?.kind !== 'known') return false;
  const sources = words.slice(0, -1).flatMap((word) => (word.kind === 'known' ? [word.value] : []));
  if (programPlace.test(target.value) || sources.some((source) => programName.test(source))) return true;
  const folder = cleanHostPath(target.value);
  return (
    started.has(folder) ||
    (target.value.endsWith('/') &&
      sources.some((source) => started.has(cleanHostPath(`${folder}/${source.slice(source.lastIndexOf('/') + 1)}`))))
  );
}

/** `755`, `u+x`. */
function isExecutable(mode: string): boolean {
  if (parseFileMode(mode) === undefined) return false;
  return /^\d+$/.test(mode) ? /[1357]\d\d$/.test(mode) : /\+[rwst]*x/.test(mode);
}

/** The absolute paths in what a container starts: the program, and what an interpreter is told to run. */
function startedBy(instruction: Instruction | undefined): readonly string[] {
  return (instruction?.arguments ?? []).flatMap((word) =>
    word.kind === 'known' && word.value.startsWith('/') ? [cleanHostPath(word.value)] : [],
  );
}
