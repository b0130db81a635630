import { defineRule } from '../../../engine/rule.js';
import type { Stage } from '../../../model/dockerfile.js';
import { is } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';
import { isRoot } from '../../../model/user.js';

/** Programs that an entrypoint gives its root rights up with. */
const dropsRoot = /(?:^|[\s/"'])(?:gosu|su-exec|setpriv|runuser|chpst|(?:s6-)?setuidgid)(?![\w-])/;

export default defineRule({
  meta: {
    id: 'run-as-root',
    summary: 'The container is expressly set to run as root.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: [
      'pss/restricted',
      'cis-docker-1.6/4.1',
      'cis-kubernetes-1.12/5.2.7',
      'nist-800-190/4.1.2',
      'nist-800-190/4.4.3',
      'nsa-cisa/non-root-containers',
    ],
    peers: {
      checkov: ['CKV_DOCKER_8', 'CKV_K8S_23'],
      'docker-bench': ['4.1'],
      dockle: ['CIS-DI-0001'],
      hadolint: ['DL3002'],
      kics: ['kubernetes/containers_running_as_root', 'dockerfile/last_user_is_root'],
      'kube-linter': ['run-as-non-root'],
      'kube-score': ['container-security-context-user-group-id'],
      kubescape: ['C-0013', 'C-0198'],
      polaris: ['runAsRootAllowed'],
      psa: ['runAsNonRoot', 'runAsUser'],
      semgrep: ['last-user-is-root'],
      trivy: ['DS-0002', 'KSV-0012', 'KSV-0105'],
    },
  },
  check: {
    container({ name, user, requiresNonRoot, ownUserNamespace }, report) {
      // A kubelet that is told both refuses to start it as root.
      if (is(ownUserNamespace, true) || is(requiresNonRoot, true)) return;
      const subject = named('container', name);
      if (user.kind === 'known') {
        if (isRoot(user.value))
          report({ at: user, message: `${subject} runs as root: a break-out is root on the host.` });
      } else if (user.kind === 'absent' && is(requiresNonRoot, false)) {
        report({ at: requiresNonRoot, message: `${subject} is allowed to run as root: its image alone decides.` });
      }
    },
    workload({ kind, name, defaultUser, containers, ownUserNamespace }, report) {
      if (defaultUser.kind !== 'known' || !isRoot(defaultUser.value) || is(ownUserNamespace, true)) return;
      const { at } = defaultUser;
      if (
        containers.some(
          ({ user }) => user.kind !== 'absent' && user.at.span.start === at.span.start && user.at.file === at.file,
        )
      )
        return;
      const message = `${named(kind, name)} has root as its default user: new containers get it.`;
      report({ at: defaultUser, severity: 'info', message });
    },
    stage(stage, report) {
      const { user, final } = stage;
      if (!final || user.kind !== 'known' || !isRoot(user.value) || givesRootUp(stage)) return;
      report({ at: user, message: `User ${quoted(user.value.text)} runs the image: a break-out is root on the host.` });
    },
    instruction({ keyword, onbuild, user, stage, at }, report) {
      if (keyword !== 'USER' || !onbuild || user?.kind !== 'known' || !isRoot(user.value)) return;
      const last = stage?.instructions.findLast((other) => other.onbuild && other.keyword === 'USER');
      if (last?.at.span.start !== at.span.start) return;
      const message = `User ${quoted(user.value.text)} is set in images built on this one: they run as root.`;
      report({ at: user, severity: 'info', message });
    },
  },
});

function givesRootUp(stage: Stage): boolean {
  for (let at: Stage | undefined = stage; at !== undefined; at = at.base) {
    for (const { arguments: words, heredocs } of at.instructions) {
      if (words.some((word) => word.kind === 'known' && dropsRoot.test(word.value))) return true;
      if (heredocs.some((body) => dropsRoot.test(body))) return true;
    }
  }
  return false;
}
