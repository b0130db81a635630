import { defineRule } from '../../../engine/rule.js';
import { givesRootUp } from '../../../model/dockerfile/gives-root-up.js';
import type { Fields } from '../../../model/fields.js';
import { levelOfRoot, levelOfUser, standardsAt } from '../../../model/kubernetes/pod-security.js';
import { is, valueOf } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';
import { isRoot } from '../../../model/user.js';

/** What speaks against root that is nobody outside. */
const refused = 'Pod Security refuses it before 1.35.';

const standards: readonly string[] = [
  'pss/restricted',
  'cis-docker-1.6/4.1',
  'cis-kubernetes-1.12/5.2.7',
  'nist-800-190/4.1.2',
  'nist-800-190/4.4.3',
  'nsa-cisa/non-root-containers',
];

export default defineRule({
  meta: {
    id: 'run-as-root',
    summary: 'The container is told to run as root.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards,
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
    container(container, report, { kubernetesMinor }) {
      const { user, requiresNonRoot, ownUserNamespace } = container;
      // A kubelet that is told both refuses to start it as root.
      if (is(requiresNonRoot, true)) return;
      const isKnown = user.kind === 'known';
      if (isKnown ? !isRoot(user.value) : user.kind === 'unknown' || !is(requiresNonRoot, false)) return;
      const subject = named('container', container.name);
      const at = isKnown ? user : requiresNonRoot;
      if (!is(ownUserNamespace, true)) {
        const level = levelOfRoot({ uid: valueOf(user)?.uid, requiresNonRoot, ownUserNamespace }, kubernetesMinor);
        const what = isKnown
          ? 'runs as root: a break-out is root on the host.'
          : 'is allowed to run as root: its image alone decides.';
        report({ at, standards: standardsAt(standards, level), message: `${subject} ${what}` });
        return;
      }
      const level = levelOfUser(valueOf(user)?.uid, ownUserNamespace, kubernetesMinor);
      if (container.format !== 'kubernetes' || level === undefined) return;
      report({ at, severity: 'hint', standards: [`pss/${level}`], message: `${subject} runs as root: ${refused}` });
    },
    service({ name, container, built }, report) {
      if (container?.complete !== true || built === undefined || container.user.kind !== 'absent') return;
      const { user, isInline, isLastStage, givesRootUp: isHandedOver } = built;
      if (user.kind !== 'known' || !isRoot(user.value) || isHandedOver) return;
      // There the line itself is marked, in the same file.
      if (isInline && isLastStage) return;
      report({
        at: container.user,
        standards,
        message: `${named('service', name)} runs as root: its Dockerfile says so.`,
        related: [{ at: user.at, message: 'This is the user of its image.' }],
      });
    },
    workload({ kind, name, defaultUser, containers, ownUserNamespace }, report, { kubernetesMinor }) {
      if (defaultUser.kind !== 'known' || !isRoot(defaultUser.value)) return;
      const { at } = defaultUser;
      if (
        containers.some(
          ({ user }) => user.kind !== 'absent' && user.at.span.start === at.span.start && user.at.file === at.file,
        )
      )
        return;
      const level = levelOfUser(defaultUser.value.uid, ownUserNamespace, kubernetesMinor);
      const subject = named(kind, name);
      if (!is(ownUserNamespace, true)) {
        const message = `${subject} has root as its default user: new containers get it.`;
        report({ at: defaultUser, severity: 'info', standards: standardsAt(standards, level), message });
      } else if (level !== undefined) {
        report({
          at: defaultUser,
          severity: 'hint',
          standards: [`pss/${level}`],
          message: `${subject} defaults to root: ${refused}`,
        });
      }
    },
    pod({ object, spec, workload, containers }, report, { kubernetesMinor }) {
      // Windows has no user 0, and nothing reads the field there but admission.
      if (workload.os !== 'windows') return;
      const level = levelOfUser(0, workload.ownUserNamespace, kubernetesMinor);
      if (level === undefined) return;
      const judge = (subject: string, owner: Fields) => {
        const at = owner.number('securityContext', 'runAsUser');
        if (!is(at, 0)) return;
        const message = `${subject} asks for user 0: Pod Security restricted refuses it.`;
        report({ at, severity: 'hint', standards: [`pss/${level}`], message });
      };
      judge(named(object.kind, workload.name), spec);
      for (const { container, own } of containers) judge(named('container', container.name), own);
    },
    stage(stage, report) {
      const { user, final, instructions } = stage;
      const trigger = instructions.findLast(({ onbuild, keyword }) => onbuild && keyword === 'USER')?.user;
      if (trigger?.kind === 'known' && isRoot(trigger.value)) {
        const message = `User ${quoted(trigger.value.text)} is set in images built on this one: they run as root.`;
        report({ at: trigger, severity: 'info', message });
      }
      if (!final || user.kind !== 'known' || !isRoot(user.value) || givesRootUp(stage)) return;
      report({ at: user, message: `User ${quoted(user.value.text)} runs the image: a break-out is root on the host.` });
    },
  },
});
