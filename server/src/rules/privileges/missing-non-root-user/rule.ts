import { defineRule, type ReportedFinding } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import type { Fields } from '../../../model/fields.js';
import { type Pod, takesOwnContext } from '../../../model/kubernetes/pod.js';
import { userNamespaceSparedSince } from '../../../model/kubernetes/pod-security.js';
import { is, type Located, valueOf } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';
import { isRoot } from '../../../model/user.js';
import type { Container } from '../../../model/workload.js';

export default defineRule({
  meta: {
    id: 'missing-non-root-user',
    summary: 'Nothing makes the container run as another user than root.',
    severity: 'info',
    confidence: 'medium',
    profile: 'strict',
    since: '0.1.0',
    formats: ['compose', 'kubernetes'],
    standards: [
      'pss/restricted',
      'cis-docker-1.6/4.1',
      'cis-kubernetes-1.12/5.2.7',
      'nist-800-190/4.1.2',
      'nist-800-190/4.4.3',
      'nsa-cisa/non-root-containers',
    ],
    peers: {
      kics: ['kubernetes/containers_running_as_root', 'dockerfile/missing_user_instruction'],
      checkov: ['CKV_DOCKER_3', 'CKV_K8S_23'],
      trivy: ['DS-0002', 'KSV-0012'],
      'kube-linter': ['run-as-non-root'],
      'kube-score': ['container-security-context-user-group-id'],
      polaris: ['runAsRootAllowed'],
      psa: ['runAsNonRoot'],
      'docker-bench': ['4.1'],
      semgrep: ['missing-user', 'missing-user-entrypoint'],
      dockle: ['CIS-DI-0001'],
      kubescape: ['C-0013', 'C-0198'],
    },
    options: {
      unknownImages: {
        default: false,
        description: 'Also tell of Compose services of whose image nothing is known: it is not built here.',
      },
    },
  },
  check: {
    service({ name, container, built }, report, { options: { unknownImages } }) {
      if (container?.complete !== true || container.os === 'windows' || container.user.kind !== 'absent') return;
      const subject = named('service', name);
      if (built === undefined) {
        if (!unknownImages || isNonRootImage(valueOf(container.image)?.text ?? '')) return;
        report({ at: container.user, message: `${subject} names no user: it runs as root if its image does.` });
        return;
      }
      const { user, base, os, givesRootUp } = built;
      if (user.kind !== 'absent' || base.kind !== 'known' || os === 'windows' || givesRootUp) return;
      if (isNonRootImage(base.value)) return;
      report({
        at: container.user,
        message: `${subject} and its Dockerfile name no user: it may be root.`,
        related: [{ at: base.at, message: 'The user of this image is that of the service.' }],
      });
    },
    pod(pod, report, { kubernetesMinor }) {
      // Root of such a pod is nobody on its node. Pod Security did not always think so.
      if (kubernetesMinor >= userNamespaceSparedSince && mayOwnUserNamespace(pod)) return;
      const { object, workload, spec, containers } = pod;
      const speak = (kind: string, name: string, owner: Fields, affected: readonly Container[]) =>
        report(judge(named(kind, name), demand(owner), affected));

      const ofPod = demand(spec);
      const inheriting = containers.filter(({ own }) => demand(own).kind === 'absent');
      if (is(ofPod, false) && !inheriting.some(({ container }) => isSaidToBeRoot(container))) {
        speak(
          object.kind,
          workload.name,
          spec,
          inheriting.map(({ container }) => container),
        );
      }
      for (const { container, own } of containers) {
        if (is(demand(own), false) && !isSaidToBeRoot(container)) speak('container', container.name, own, [container]);
      }
      if (ofPod.kind !== 'absent') return;
      const lacking = inheriting.filter(({ container }) => container.complete && !isSaidToBeRoot(container));
      if (lacking.length === 0) return;
      const isForPod = inheriting.length === containers.length && takesOwnContext(pod);
      if (isForPod && !containers.some(({ container }) => runsAsRoot(container))) {
        speak(
          object.kind,
          workload.name,
          spec,
          lacking.map(({ container }) => container),
        );
      } else {
        for (const { container, own } of lacking) speak('container', container.name, own, [container]);
      }
    },
  },
});

/** Whether an image says by its name that it has another user than root. */
function isNonRootImage(image: string): boolean {
  return /non-?root|unprivileged|rootless|chiseled|^cgr\.dev\/chainguard\/|(?:^|\/)bitnami\//i.test(image);
}

/** Whether a pod or container itself demands a user that is not root. */
function demand(owner: Fields): Located<boolean> {
  return owner.boolean('securityContext', 'runAsNonRoot');
}

function mayOwnUserNamespace({ workload: { ownUserNamespace } }: Pod): boolean {
  return ownUserNamespace.kind === 'unknown' || is(ownUserNamespace, true);
}

function runsAsRoot({ user }: Container): boolean {
  return user.kind === 'known' && isRoot(user.value);
}

/** Whether the file says root, which is more than not saying who. */
function isSaidToBeRoot(container: Container): boolean {
  const { user, requiresNonRoot, ownUserNamespace } = container;
  if (is(ownUserNamespace, true) || is(requiresNonRoot, true)) return false;
  return runsAsRoot(container) || (user.kind === 'absent' && is(requiresNonRoot, false));
}

function judge(subject: string, field: Located<boolean>, affected: readonly Container[]): ReportedFinding {
  const finding = { at: field, ...wordsFor(subject, field, affected) };
  // Both together would keep it from starting.
  if (affected.some(runsAsRoot)) return finding;
  return {
    ...finding,
    fix: { title: 'Demand a user other than root', safety: 'unsafe', change: set(field.slot, true) },
  };
}

function wordsFor(subject: string, field: Located<boolean>, affected: readonly Container[]) {
  if (field.kind === 'known') {
    return { message: `${subject} allows root: Pod Security restricted refuses it.`, severity: 'hint' } as const;
  }
  if (
    affected.some(
      ({ user, os, ownUserNamespace }) => user.kind === 'absent' && os === 'linux' && !is(ownUserNamespace, true),
    )
  ) {
    return { message: `${subject} names no user: it runs as root if its image does.` };
  }
  return { message: `${subject} lacks runAsNonRoot: Pod Security restricted denies it.`, severity: 'hint' } as const;
}
