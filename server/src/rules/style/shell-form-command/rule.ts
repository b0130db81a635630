import { defineRule } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import { quoted } from '../../../model/quoted.js';
import type { ShellCommand } from '../../../model/shell-command.js';

/** These are no programs, or do nothing by themselves. */
const builtins: ReadonlySet<string> = new Set([
  '.',
  ':',
  'alias',
  'bg',
  'break',
  'builtin',
  'cd',
  'command',
  'continue',
  'declare',
  'eval',
  'exit',
  'export',
  'fc',
  'fg',
  'getopts',
  'hash',
  'jobs',
  'let',
  'local',
  'popd',
  'pushd',
  'read',
  'readonly',
  'return',
  'set',
  'shift',
  'shopt',
  'source',
  'times',
  'trap',
  'type',
  'typeset',
  'ulimit',
  'umask',
  'unalias',
  'unset',
  'wait',
]);

export default defineRule({
  meta: {
    id: 'shell-form-command',
    summary: 'The program of the image is started by a shell.',
    severity: 'info',
    confidence: 'medium',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      hadolint: ['DL3025'],
      buildkit: ['JSONArgsRecommended'],
      kics: ['dockerfile/not_using_json_in_cmd_and_entrypoint_arguments'],
      semgrep: ['prefer-json-notation'],
    },
  },
  check: {
    instruction(instruction, report) {
      const { keyword, form, stage, rest, written } = instruction;
      if ((keyword !== 'CMD' && keyword !== 'ENTRYPOINT') || form === 'json') return;
      if (stage?.inFinalChain !== true || stage.os === 'windows' || written.rest === '') return;
      if (/^\[\s*["']/.test(written.rest)) {
        const array = withDoubleQuotes(written.rest);
        report({
          at: rest,
          severity: 'warning',
          message: `${quoted(keyword)} is no JSON array as it stands: a shell takes it for a command.`,
          fix:
            array === undefined
              ? undefined
              : { title: 'Write it as a JSON array', safety: 'unsafe', change: replaceText(rest, array) },
        });
        return;
      }
      const [command] = instruction.commands;
      // Whoever chooses a shell wants one; what `exec` starts takes its place.
      if (command === undefined || command.name === 'exec' || instruction.shell !== undefined) return;
      const array = asArray(instruction, command);
      report({
        at: rest,
        message: `${quoted(keyword)} runs in a shell: it, not the program, gets the signal to stop.`,
        fix:
          array === undefined
            ? undefined
            : { title: 'Write it as a JSON array', safety: 'unsafe', change: replaceText(rest, array) },
      });
    },
  },
});

function withDoubleQuotes(array: string): string | undefined {
  if (!/^\[\s*'[^'"\\]*'(?:\s*,\s*'[^'"\\]*')*\s*\]$/.test(array)) return undefined;
  return array.replaceAll("'", '"');
}

/** One simple command, in which no shell has anything to do. */
function asArray({ keyword, rest, stage, written }: Instruction, command: ShellCommand): string | undefined {
  const { name, at, words, assignments, redirects, pipedFrom } = command;
  const isAll = at.span.start === rest.span.start && at.span.end === rest.span.end;
  if (!isAll || written.rest.length !== rest.span.end - rest.span.start) return undefined;
  if (assignments.length > 0 || redirects.length > 0 || pipedFrom !== undefined) return undefined;
  if (name === undefined || builtins.has(name)) return undefined;
  // Words of a CMD reach the program only in this form.
  if (keyword === 'ENTRYPOINT' && stage?.instructions.some((each) => each.keyword === 'CMD' && !each.onbuild))
    return undefined;
  // `sh -c` takes the first word for all of the script.
  const last = keyword === 'CMD' ? stage?.entrypoint?.arguments.at(-1) : undefined;
  if (last?.kind === 'known' && /^-[a-z]*c$/.test(last.value)) return undefined;
  // What `$'…'` is depends on the shell.
  const texts = words.flatMap(({ text, raw }) =>
    text === undefined || (text === raw && /[*?[\]{}~]/.test(raw)) || /\$["']/.test(raw) ? [] : [JSON.stringify(text)],
  );
  return texts.length === words.length ? `[${texts.join(', ')}]` : undefined;
}
