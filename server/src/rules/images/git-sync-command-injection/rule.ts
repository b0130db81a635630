import { defineRule, type ReportedFix } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import type { EnvironmentVariable } from '../../../model/environment.js';
import { imageName } from '../../../model/image-reference.js';
import type { PodContainer } from '../../../model/kubernetes/pod.js';
import type { Located } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

/** What git-sync takes the command from (`main.go` of versions 3.6 and 4.4). */
const variables: ReadonlySet<string> = new Set(['GITSYNC_GIT', 'GIT_SYNC_GIT']);
const flags: ReadonlySet<string> = new Set(['--git', '-git']);
/** What it runs by itself. Empty means the same. */
const usual: ReadonlySet<string> = new Set(['', 'git', '/usr/bin/git', '/bin/git']);

/** Copies of its image in other registries have names such as `team-git-sync` and `gitsync-amd64`. */
const gitSync = /(?:^|[-_.])git-?sync(?:$|[-_.])/;

interface Choice {
  /** The variable or flag. */
  readonly by: string;
  readonly at: Located<unknown> | EnvironmentVariable['nameAt'];
  readonly fix: ReportedFix;
}

export default defineRule({
  meta: {
    id: 'git-sync-command-injection',
    summary: 'A git-sync container is told to run another program than git.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: { checkov: ['CKV_K8S_159'] },
  },
  check: {
    pod({ containers }, report) {
      for (const one of containers) {
        const { image, name, environment } = one.container;
        if (image.kind !== 'known' || !gitSync.test(imageName(image.value))) continue;
        for (const { by, at, fix } of [...environment.flatMap(inVariable), ...inArguments(one)]) {
          report({
            at,
            message: `${named('container', name)} sets '${by}': git-sync runs any program put there.`,
            fix,
          });
        }
      }
    },
  },
});

function inVariable({ name, nameAt, value, literal, slot }: EnvironmentVariable): readonly Choice[] {
  if (!variables.has(name)) return [];
  const isChosen = value.kind === 'known' ? !usual.has(value.value) : !literal;
  if (!isChosen) return [];
  return [{ by: name, at: nameAt, fix: { title: `Remove \`${name}\``, safety: 'unsafe', change: remove(slot) } }];
}

function inArguments({ own }: PodContainer): readonly Choice[] {
  return ['command', 'args'].flatMap((list) => {
    const words = own.strings(list);
    if (words.kind !== 'known') return [];
    return words.value.flatMap((word, index): readonly Choice[] => {
      if (word.kind !== 'known') return [];
      const [flag = '', ...rest] = word.value.split('=');
      if (!flags.has(flag)) return [];
      const title = `Remove \`${flag}\``;
      if (rest.length > 0) {
        if (usual.has(rest.join('='))) return [];
        return [{ by: flag, at: word, fix: { title, safety: 'unsafe', change: remove(word.slot) } }];
      }
      const next = words.value[index + 1];
      if (next?.kind !== 'known' || usual.has(next.value)) return [];
      return [{ by: flag, at: word, fix: { title, safety: 'unsafe', change: [remove(word.slot), remove(next.slot)] } }];
    });
  });
}
