import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { createdUsers } from '../../../model/dockerfile/created-user.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import type { Known } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import { type ContainerUser, isRoot } from '../../../model/user.js';

/** Anything else is the mark of a template, or a slip. */
const userName = /^[A-Za-z_][\w.-]*\$?$/;

export default defineRule({
  meta: {
    id: 'non-numeric-user',
    summary: 'The user of the image has a name and no number, by which Kubernetes could tell that it is not root.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3066'] },
  },
  check: {
    stage(stage, report) {
      const { user, final, os } = stage;
      if (!final || os === 'windows' || user.kind !== 'known') return;
      const { name } = user.value;
      if (name === undefined || !userName.test(name) || isRoot(user.value)) return;
      const number = numbered(stage, user, name);
      report({
        at: user,
        message: `User ${quoted(user.value.text)} has no number: Kubernetes refuses it under runAsNonRoot.`,
        fix:
          number === undefined
            ? undefined
            : { title: `Write ${quoted(number)}`, safety: 'unsafe', change: set(user.slot, number) },
      });
    },
  },
});

/** The number that the user gets when he is created, with the group as it is written. */
function numbered(stage: Stage, { value, at }: Known<ContainerUser>, name: string): string | undefined {
  // Quotes, or a variable, that somebody can set.
  if (at.span.end - at.span.start !== value.text.length) return undefined;
  const [uid, ...others] = new Set(createdUsers(stage).flatMap((user) => (user.name === name ? [user.uid] : [])));
  // Root by any name stays root.
  return uid === undefined || uid === 0 || others.length > 0 ? undefined : `${uid}${value.text.slice(name.length)}`;
}
