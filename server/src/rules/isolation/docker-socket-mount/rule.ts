import { defineRule, type Report, type Severity } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { hostPathKind, isEngineSocket } from '../../../model/host-path.js';
import type { ImageReference } from '../../../model/image-reference.js';
import { levelOfHostMount, standardsAt } from '../../../model/kubernetes/pod-security.js';
import { valueOf } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import type { HostMount, Orchestrator } from '../../../model/workload.js';

/** Wherever these point to: a socket below them is that of an engine which the user runs. */
const homeVariable = /^\$\{?(?:HOME|XDG_RUNTIME_DIR)\}?(?=\/)/;
const consequence = 'whoever reaches it controls the host.';

const standards: readonly string[] = [
  'pss/baseline',
  'cis-docker-1.6/5.32',
  'cis-kubernetes-1.12/5.2.11',
  'nist-800-190/4.4.3',
  'nist-800-190/4.5.5',
];

export default defineRule({
  meta: {
    id: 'docker-socket-mount',
    summary: 'Whoever is in the container can command the container engine, and with it the host.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose', 'kubernetes', 'dockerfile'],
    standards,
    peers: {
      kics: [
        'kubernetes/docker_daemon_socket_is_exposed_to_containers',
        'kubernetes/non_kube_system_pod_with_host_mount',
        'compose/docker_socket_mounted_in_container',
      ],
      checkov: ['CKV_K8S_27'],
      trivy: ['KSV-0006', 'KSV-0023'],
      'kube-linter': ['docker-sock'],
      polaris: ['hostPathSet'],
      psa: ['hostPathVolumes', 'restrictedVolumes'],
      'docker-bench': ['5.32'],
      semgrep: ['dockerd-socket-mount', 'exposing-docker-socket-volume'],
      kubescape: ['C-0048', 'C-0074', 'C-0203'],
    },
    options: {
      socketProxies: {
        default: [],
        description:
          'Images that guard the socket and need it, such as `tecnativa/docker-socket-proxy` or `*-socket-proxy`: lowered to info.',
      },
    },
  },
  check: {
    workload(workload, report, { options }) {
      const { containers, format, hostMounts } = workload;
      const areProxies =
        containers.length > 0 && containers.every(({ image }) => matches(valueOf(image), options.socketProxies));
      for (const mount of hostMounts) judge(mount, format, areProxies ? 'info' : undefined, report);
    },
    manifest(manifest, report) {
      for (const mount of manifest.hostMounts) judge(mount, 'kubernetes', undefined, report);
    },
    instruction(instruction, report) {
      const { keyword } = instruction;
      // Only what is looked at is read out of the file.
      if (keyword === 'VOLUME') {
        for (const path of instruction.arguments) {
          if (path.kind !== 'known' || !isEngineSocket(path.value)) continue;
          report({
            at: path,
            message: `${quoted(path.value)} is declared a volume: the image asks for control of the host.`,
            fix: { title: 'Remove the volume', safety: 'unsafe', change: remove(path.slot) },
          });
        }
      }
      if (keyword !== 'RUN') return;
      for (const { name, options } of instruction.flags) {
        if (name !== 'mount' || options.some(({ name, value }) => name === 'type' && valueOf(value) !== 'bind'))
          continue;
        // What is taken from another image or stage is not the host's.
        if (options.some((option) => option.name === 'from')) continue;
        const source = options.find((option) => option.name === 'source' || option.name === 'src')?.value;
        if (source?.kind !== 'known' || !isEngineSocket(source.value)) continue;
        report({
          at: source,
          message: `${quoted(source.value)} is bound into the build: the step asks for control of the host.`,
        });
      }
    },
  },
});

function judge(mount: HostMount, format: Orchestrator, severity: Severity | undefined, report: Report): void {
  const { source } = mount;
  const path = source.kind === 'known' ? source.value : mount.sourceText?.value.replace(homeVariable, '~');
  if (path === undefined || hostPathKind(path, format) !== 'socket') return;
  const what = isEngineSocket(path) ? 'is the socket of the engine' : 'holds the socket of the engine';
  const canRemove = format === 'compose' && mount.removable;
  report({
    at: source,
    message: `${quoted(path)} ${what}: ${consequence}`,
    standards: standardsAt(standards, levelOfHostMount(mount)),
    ...(severity === undefined ? {} : { severity }),
    fix: canRemove ? { title: 'Remove the mount', safety: 'unsafe', change: remove(mount.slot) } : undefined,
  });
}

/** A pattern is the name of a repository, with or without its registry; a `*` in front stands for any beginning. */
function matches(image: ImageReference | undefined, patterns: readonly string[]): boolean {
  if (image === undefined) return false;
  const names = [image.repository, `${image.registry}/${image.repository}`];
  return patterns.some((pattern) =>
    names.some((name) => (pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern)),
  );
}
