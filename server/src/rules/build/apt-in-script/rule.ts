import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import { packageCommandOf } from '../../../model/dockerfile/package-manager.js';
import type { ShellCommand, ShellWord } from '../../../model/shell-command.js';

export default defineRule({
  meta: {
    id: 'apt-in-script',
    summary: 'A build calls apt, which is made for people at a terminal.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: {
      checkov: ['CKV_DOCKER_9'],
      hadolint: ['DL3027'],
      kics: ['dockerfile/run_using_apt'],
      semgrep: ['prefer-apt-get'],
    },
  },
  check: {
    instruction(instruction, report) {
      if (instruction.keyword !== 'RUN') return;
      for (const command of instruction.commands) {
        if (command.name !== 'apt') continue;
        report({
          at: command.nameAt,
          message: "'apt' is meant for people: what it does in a script may change with its version.",
          fix: fixOf(command),
        });
      }
    },
  },
});

/** What does the same in a script, by sub-command. */
const getting: ReadonlyMap<string, string> = new Map([
  ['install', 'install'],
  ['update', 'update'],
  ['remove', 'remove'],
  ['purge', 'purge'],
  ['autoremove', 'autoremove'],
  ['clean', 'clean'],
  ['autoclean', 'autoclean'],
  ['build-dep', 'build-dep'],
  ['source', 'source'],
  ['download', 'download'],
  // `apt-get upgrade` alone leaves out what needs new packages.
  ['upgrade', 'upgrade --with-new-pkgs'],
  ['full-upgrade', 'dist-upgrade'],
]);
const asking: ReadonlySet<string> = new Set(['search', 'show', 'policy', 'depends', 'rdepends', 'showsrc']);

function fixOf(command: ShellCommand): ReportedFix | undefined {
  const [name] = command.words;
  const call = packageCommandOf(command);
  if (name === undefined || call === undefined) return undefined;
  const { subCommand, actionWord, options } = call;
  // What they print differs in parts.
  if (asking.has(subCommand)) return replacement([[name, 'apt-cache']], 'unsafe');
  const other = getting.get(subCommand);
  if (other === undefined) return undefined;
  // Somebody has decided about it.
  const isDecided = options.some(
    ({ name, value }) => /^--(?:no-|with-|without-)+new-pkgs$/.test(name) || /upgrade-allow-new/i.test(value ?? ''),
  );
  if (subCommand === 'upgrade' && isDecided) return replacement([[name, 'apt-get']], 'safe');
  return replacement(
    other === subCommand
      ? [[name, 'apt-get']]
      : [
          [name, 'apt-get'],
          [actionWord, other],
        ],
    'safe',
  );
}

/** Only words that are written without quotes, escapes or a path are exchanged. */
function replacement(
  words: readonly (readonly [ShellWord, string])[],
  safety: ReportedFix['safety'],
): ReportedFix | undefined {
  const changes = words.flatMap(([{ at, raw, text }, other]) =>
    raw === text && !raw.includes('/') && at.span.end - at.span.start === raw.length ? [replaceText(at, other)] : [],
  );
  if (changes.length < words.length) return undefined;
  return { title: `Use \`${words[0]?.[1]}\``, safety, change: changes };
}
