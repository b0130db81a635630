import { defineRule, type ReportedFinding } from '../../../engine/rule.js';
import { type Change, insertInstruction, set } from '../../../model/change.js';
import { createdUsers } from '../../../model/dockerfile/created-user.js';
import { givesRootUp } from '../../../model/dockerfile/gives-root-up.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import type { Fields } from '../../../model/fields.js';
import { type Pod, takesOwnContext } from '../../../model/kubernetes/pod.js';
import { userNamespaceSparedSince } from '../../../model/kubernetes/pod-security.js';
import { is, type Located, valueOf } from '../../../model/located.js';
import { isNonRootImage } from '../../../model/non-root-image.js';
import { named, quoted } from '../../../model/quoted.js';
import { isRoot } from '../../../model/user.js';
import type { Container } from '../../../model/workload.js';

export default defineRule({
  meta: {
    id: 'missing-non-root-user',
    summary: 'Nothing makes the container run as another user than root.',
    severity: { dockerfile: 'warning', compose: 'info', kubernetes: 'info' },
    confidence: 'medium',
    profile: 'strict',
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
      nonRootImages: {
        default: [],
        description: 'Beginnings of the names of more images whose user is not root, e.g. `registry.internal/base`.',
      },
      unknownImages: {
        default: false,
        description: 'Also tell of Compose services of whose image nothing is known: it is not built here.',
      },
    },
  },
  check: {
    stage(stage, report, { options: { nonRootImages } }) {
      const { name = '', nameAt, final, os, user, isFromScratch } = stage;
      if (!final || os === 'windows' || user.kind !== 'absent') return;
      if (isFromScratch ? !startsSomething(stage) : mayHaveOwnUser(stage, nonRootImages)) return;
      if (givesRootUp(stage)) return;
      const consequence = isFromScratch ? 'it runs as root.' : 'it runs as root if its base image does.';
      const chosen = chooseUser(stage);
      report({
        at: nameAt,
        message: `${named('stage', name)} names no user: ${consequence}`,
        fix: { title: `Run as user ${quoted(chosen)}`, safety: 'unsafe', change: addUser(stage, chosen) },
      });
    },
    service({ name, container, built }, report, { options: { nonRootImages, unknownImages } }) {
      if (container?.complete !== true || container.os === 'windows' || container.user.kind !== 'absent') return;
      const subject = named('service', name);
      if (built === undefined) {
        if (!unknownImages || isNonRootImage(valueOf(container.image)?.text ?? '', nonRootImages)) return;
        report({ at: container.user, message: `${subject} names no user: it runs as root if its image does.` });
        return;
      }
      const { user, base, os, givesRootUp: isHandedOver, isInline, isLastStage } = built;
      if (user.kind !== 'absent' || base.kind !== 'known' || os === 'windows' || isHandedOver) return;
      if (isNonRootImage(base.value, nonRootImages)) return;
      // There its FROM is marked, in the same file.
      if (isInline && isLastStage) return;
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

function startsSomething({ command, entrypoint }: Stage): boolean {
  return command !== undefined || entrypoint !== undefined;
}

/** Whether the image from outside is not known, or is one that has another user than root. */
function mayHaveOwnUser(stage: Stage, nonRootImages: readonly string[]): boolean {
  const image = stage.bottomImage;
  return image.kind !== 'known' || isNonRootImage(image.value.text, nonRootImages);
}

/** A number that no image has given away, and that collides with nobody of the host. */
const spareUser = '10001:10001';

/** The one user that the image has for the purpose, by number where that is known. */
function chooseUser(stage: Stage): string {
  const [only, ...others] = new Map(createdUsers(stage).map((user) => [user.name, user])).values();
  if (only === undefined || others.length > 0 || only.name === 'root' || only.uid === 0) return spareUser;
  return only.uid === undefined ? only.name : String(only.uid);
}

/** In front of what the container starts, or at the end of the stage where a step still comes behind that. */
function addUser({ instructions, from }: Stage, user: string): Change {
  const lastStep = instructions.findLastIndex(({ keyword, onbuild }) => onbuild || keyword === 'RUN');
  const start = instructions.find(
    ({ keyword, onbuild }, index) => index > lastStep && !onbuild && (keyword === 'CMD' || keyword === 'ENTRYPOINT'),
  );
  const text = `USER ${user}`;
  if (start !== undefined) return insertInstruction(start.slot, 'before', text);
  return insertInstruction((instructions.at(-1) ?? from).slot, 'behind', text);
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
