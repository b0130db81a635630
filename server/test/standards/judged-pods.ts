// Pods, and the versions of Kubernetes whose Pod Security admission refuses each of them.

type Fields = { readonly [key: string]: unknown };

export interface JudgedPod {
  /** The check of the admission controller that it is about. */
  readonly check: string;
  /** The level whose check it is; without that one thing the pod meets this level. */
  readonly level: 'baseline' | 'restricted';
  readonly what: string;
  /** The first and the last minor version that refuses it; all others admit it. */
  readonly refused?: readonly [number, number];
  /** The first minor version that is judged: older ones refuse the pod for what cannot be written in it. */
  readonly judgedFrom?: number;
  readonly spec?: Fields;
  readonly podSecurity?: Fields;
  /** Fields of its one container, but for those of the security context. */
  readonly container?: Fields;
  readonly security?: Fields;
  readonly list?: 'initContainers' | 'ephemeralContainers';
  readonly annotations?: Fields;
}

export const oldestMinor = 0;
export const newestMinor = 37;
const always = [oldestMinor, newestMinor] as const;
/** Since there is a field for it, or a check. */
const sinceEscalation = [8, newestMinor] as const;
const sinceSeccompFields = [19, newestMinor] as const;
const sinceCapabilities = [22, newestMinor] as const;

const hardPod: Fields = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
const hardContainer: Fields = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** The pod as a manifest: JSON, which is YAML. */
export function manifestOf(pod: JudgedPod): string {
  const isHard = pod.level === 'restricted';
  const container = (name: string, fields: Fields = {}, security: Fields = {}) => ({
    name,
    image: 'registry.example.com/shop:1.4',
    ...fields,
    securityContext: { ...(isHard ? hardContainer : {}), ...security },
  });
  const judged = container('judged', pod.container, pod.security);
  const list = pod.list ?? 'containers';
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop', annotations: pod.annotations ?? {} },
    spec: {
      ...pod.spec,
      securityContext: { ...(isHard ? hardPod : {}), ...pod.podSecurity },
      ...(list === 'containers' ? {} : { containers: [container('other')] }),
      [list]: [judged],
    },
  });
}

export const judgedPods: readonly JudgedPod[] = [
  { check: 'privileged', level: 'baseline', what: 'privileged', refused: always, security: { privileged: true } },
  {
    check: 'privileged',
    level: 'baseline',
    what: 'privileged at its start',
    refused: always,
    list: 'initContainers',
    security: { privileged: true },
  },
  { check: 'privileged', level: 'baseline', what: 'not privileged', security: { privileged: false } },

  { check: 'hostNamespaces', level: 'baseline', what: 'host network', refused: always, spec: { hostNetwork: true } },
  { check: 'hostNamespaces', level: 'baseline', what: 'host processes', refused: always, spec: { hostPID: true } },
  { check: 'hostNamespaces', level: 'baseline', what: 'host IPC', refused: always, spec: { hostIPC: true } },
  {
    check: 'hostNamespaces',
    level: 'baseline',
    what: 'namespaces of its own',
    spec: { hostNetwork: false, hostPID: false, hostIPC: false, shareProcessNamespace: true },
  },

  ...['/srv/data', '/etc', '/run/containerd/containerd.sock'].map(
    (path): JudgedPod => ({
      check: 'hostPathVolumes',
      level: 'baseline',
      what: `host path ${path}`,
      refused: always,
      spec: { volumes: [{ name: 'data', hostPath: { path } }] },
    }),
  ),
  {
    check: 'hostPathVolumes',
    level: 'baseline',
    what: 'other volumes',
    spec: {
      volumes: [
        { name: 'scratch', emptyDir: {} },
        { name: 'share', nfs: { server: 'files.example.com', path: '/' } },
      ],
    },
  },

  {
    check: 'hostPorts',
    level: 'baseline',
    what: 'a port of the node',
    refused: always,
    container: { ports: [{ containerPort: 8080, hostPort: 80 }] },
  },
  {
    check: 'hostPorts',
    level: 'baseline',
    what: 'a port of its own',
    container: { ports: [{ containerPort: 8080, hostPort: 0 }] },
  },

  ...(['livenessProbe', 'readinessProbe', 'startupProbe'] as const).map(
    (probe): JudgedPod => ({
      check: 'hostProbesAndHostLifecycle',
      level: 'baseline',
      what: `a host in ${probe}`,
      refused: [34, newestMinor],
      container: { [probe]: { httpGet: { host: 'db.example.com', port: 80 } } },
    }),
  ),
  {
    check: 'hostProbesAndHostLifecycle',
    level: 'baseline',
    what: 'the loopback address in a hook',
    refused: [34, newestMinor],
    container: { lifecycle: { postStart: { tcpSocket: { host: '127.0.0.1', port: 80 } } } },
  },
  {
    check: 'hostProbesAndHostLifecycle',
    level: 'baseline',
    what: 'a hook of a sidecar before it stops',
    refused: [34, newestMinor],
    list: 'initContainers',
    container: {
      restartPolicy: 'Always',
      lifecycle: { preStop: { httpGet: { host: 'localhost', port: 80, path: '/stop' } } },
    },
  },
  {
    check: 'hostProbesAndHostLifecycle',
    level: 'baseline',
    what: 'probes and hooks of itself',
    container: {
      livenessProbe: { httpGet: { host: '', port: 80 } },
      readinessProbe: { grpc: { port: 80 } },
      lifecycle: { preStop: { sleep: { seconds: 5 } } },
    },
  },

  {
    check: 'procMount',
    level: 'baseline',
    what: 'an unmasked /proc',
    refused: always,
    security: { procMount: 'Unmasked' },
  },
  {
    check: 'procMount',
    level: 'baseline',
    what: 'an unmasked /proc in a user namespace',
    refused: [oldestMinor, 34],
    spec: { hostUsers: false },
    security: { procMount: 'Unmasked' },
  },
  { check: 'procMount', level: 'baseline', what: 'a masked /proc', security: { procMount: 'Default' } },
  {
    check: 'procMount_restricted',
    level: 'restricted',
    what: 'an unmasked /proc in a user namespace',
    refused: always,
    spec: { hostUsers: false },
    security: { procMount: 'Unmasked' },
  },
  {
    check: 'procMount_restricted',
    level: 'restricted',
    what: 'a masked /proc in a user namespace',
    spec: { hostUsers: false },
    security: { procMount: 'Default' },
  },

  ...['spc_t', 'Container_t', 'container_runtime_t'].map(
    (type): JudgedPod => ({
      check: 'seLinuxOptions',
      level: 'baseline',
      what: `type ${type}`,
      refused: always,
      security: { seLinuxOptions: { type } },
    }),
  ),
  {
    check: 'seLinuxOptions',
    level: 'baseline',
    what: 'the type of container engines',
    refused: [oldestMinor, 30],
    podSecurity: { seLinuxOptions: { type: 'container_engine_t' } },
  },
  {
    check: 'seLinuxOptions',
    level: 'baseline',
    what: 'a user',
    refused: always,
    podSecurity: { seLinuxOptions: { user: 'system_u' } },
  },
  {
    check: 'seLinuxOptions',
    level: 'baseline',
    what: 'a role',
    refused: always,
    list: 'ephemeralContainers',
    security: { seLinuxOptions: { role: 'system_r' } },
  },
  {
    check: 'seLinuxOptions',
    level: 'baseline',
    what: 'types of containers, and a level',
    podSecurity: { seLinuxOptions: { type: 'container_kvm_t', user: '', level: 's0:c1' } },
    security: { seLinuxOptions: { type: 'container_t', role: '' } },
  },

  ...(
    [
      ['vm.max_map_count', always],
      ['net/ipv4/tcp_syncookies', always],
      ['net.ipv4.ip_local_reserved_ports', [oldestMinor, 26]],
      ['net.ipv4.tcp_keepalive_time', [oldestMinor, 28]],
      ['net.ipv4.tcp_fin_timeout', [oldestMinor, 28]],
      ['net.ipv4.tcp_keepalive_intvl', [oldestMinor, 28]],
      ['net.ipv4.tcp_keepalive_probes', [oldestMinor, 28]],
      ['net.ipv4.tcp_rmem', [oldestMinor, 31]],
      ['net.ipv4.tcp_wmem', [oldestMinor, 31]],
      ['net.ipv4.tcp_slow_start_after_idle', [oldestMinor, 36]],
      ['net.ipv4.tcp_notsent_lowat', [oldestMinor, 36]],
      ['kernel.shm_rmid_forced', undefined],
      ['net.ipv4.ip_local_port_range', undefined],
      ['net.ipv4.ip_unprivileged_port_start', undefined],
      ['net.ipv4.ping_group_range', undefined],
      ['net.ipv4.tcp_syncookies', undefined],
    ] as const
  ).map(
    ([name, refused]): JudgedPod => ({
      check: 'sysctls',
      level: 'baseline',
      what: name,
      ...(refused === undefined ? {} : { refused }),
      podSecurity: { sysctls: [{ name, value: '1' }] },
    }),
  ),

  {
    check: 'windowsHostProcess',
    level: 'baseline',
    what: 'a host process',
    refused: always,
    spec: { os: { name: 'windows' } },
    podSecurity: { windowsOptions: { hostProcess: true } },
  },
  {
    check: 'windowsHostProcess',
    level: 'baseline',
    what: 'a container that is a host process',
    refused: always,
    security: { windowsOptions: { hostProcess: true } },
  },
  {
    check: 'windowsHostProcess',
    level: 'baseline',
    what: 'no host process',
    spec: { os: { name: 'windows' } },
    podSecurity: { windowsOptions: { hostProcess: false } },
  },

  ...['NET_RAW', 'SYS_ADMIN', 'CAP_SYS_ADMIN', 'sys_time', 'AUDIT_CONTROL', 'chown', 'ALL', 'IPC_LOCK'].map(
    (name): JudgedPod => ({
      check: 'capabilities_baseline',
      level: 'baseline',
      what: `added ${name}`,
      refused: always,
      security: { capabilities: { add: [name] } },
    }),
  ),
  {
    check: 'capabilities_baseline',
    level: 'baseline',
    what: 'added ones of the baseline',
    security: { capabilities: { add: ['CHOWN', 'MKNOD', 'SYS_CHROOT', 'AUDIT_WRITE'] } },
  },
  {
    check: 'capabilities_restricted',
    level: 'restricted',
    what: 'no dropped ones',
    refused: sinceCapabilities,
    security: { capabilities: {} },
  },
  {
    check: 'capabilities_restricted',
    level: 'restricted',
    what: 'all of them dropped in another spelling',
    refused: sinceCapabilities,
    security: { capabilities: { drop: ['all'] } },
  },
  {
    check: 'capabilities_restricted',
    level: 'restricted',
    what: 'added CHOWN',
    refused: sinceCapabilities,
    security: { capabilities: { drop: ['ALL'], add: ['CHOWN'] } },
  },
  {
    check: 'capabilities_restricted',
    level: 'restricted',
    what: 'added NET_BIND_SERVICE',
    security: { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } },
  },
  {
    check: 'capabilities_restricted',
    level: 'restricted',
    what: 'Windows without capabilities',
    judgedFrom: 25,
    spec: { os: { name: 'windows' } },
    podSecurity: { seccompProfile: null },
    security: { allowPrivilegeEscalation: null, capabilities: null },
  },
  {
    check: 'capabilities_restricted',
    level: 'restricted',
    what: 'no dropped ones on Windows, which only a label of the node tells',
    refused: sinceCapabilities,
    spec: { nodeSelector: { 'kubernetes.io/os': 'windows' } },
    security: { capabilities: null },
  },

  {
    check: 'appArmorProfile',
    level: 'baseline',
    what: 'no confinement by an annotation',
    refused: always,
    annotations: { 'container.apparmor.security.beta.kubernetes.io/judged': 'unconfined' },
  },
  {
    check: 'appArmorProfile',
    level: 'baseline',
    what: 'no confinement, by a field that older clusters do not know',
    refused: [30, newestMinor],
    podSecurity: { appArmorProfile: { type: 'Unconfined' } },
  },
  {
    check: 'appArmorProfile',
    level: 'baseline',
    what: 'the default profile by an annotation',
    annotations: { 'container.apparmor.security.beta.kubernetes.io/judged': 'runtime/default' },
  },

  {
    check: 'allowPrivilegeEscalation',
    level: 'restricted',
    what: 'allowed',
    refused: sinceEscalation,
    security: { allowPrivilegeEscalation: true },
  },
  {
    check: 'allowPrivilegeEscalation',
    level: 'restricted',
    what: 'not forbidden',
    refused: sinceEscalation,
    list: 'initContainers',
    security: { allowPrivilegeEscalation: null },
  },
  { check: 'allowPrivilegeEscalation', level: 'restricted', what: 'forbidden' },
  {
    check: 'allowPrivilegeEscalation',
    level: 'restricted',
    what: 'not forbidden on Windows',
    refused: [8, 24],
    spec: { os: { name: 'windows' } },
    podSecurity: { seccompProfile: null },
    security: { allowPrivilegeEscalation: null, capabilities: null },
  },

  {
    check: 'allowPrivilegeEscalation',
    level: 'restricted',
    what: 'not forbidden on Windows, which only a label of the node tells',
    refused: sinceEscalation,
    spec: { nodeSelector: { 'kubernetes.io/os': 'windows' } },
    security: { allowPrivilegeEscalation: null },
  },
  {
    check: 'allowPrivilegeEscalation',
    level: 'restricted',
    what: 'allowed on Windows, which only a label of the node tells',
    refused: sinceEscalation,
    spec: { nodeSelector: { 'kubernetes.io/os': 'windows' } },
    security: { allowPrivilegeEscalation: true },
  },

  {
    check: 'restrictedVolumes',
    level: 'restricted',
    what: 'a share that the pod names',
    refused: always,
    spec: { volumes: [{ name: 'share', nfs: { server: 'files.example.com', path: '/' } }] },
  },
  {
    check: 'restrictedVolumes',
    level: 'restricted',
    what: 'volumes that it may have',
    spec: {
      volumes: [
        { name: 'a', emptyDir: {} },
        { name: 'b', secret: { secretName: 'shop' } },
        { name: 'c', persistentVolumeClaim: { claimName: 'shop' } },
      ],
    },
  },

  {
    check: 'runAsNonRoot',
    level: 'restricted',
    what: 'nothing about root',
    refused: always,
    podSecurity: { runAsNonRoot: null },
  },
  {
    check: 'runAsNonRoot',
    level: 'restricted',
    what: 'a container that may be root',
    refused: always,
    security: { runAsNonRoot: false },
  },
  {
    check: 'runAsNonRoot',
    level: 'restricted',
    what: 'a container that may be root in a user namespace',
    refused: [oldestMinor, 34],
    spec: { hostUsers: false },
    security: { runAsNonRoot: false },
  },
  {
    check: 'runAsNonRoot',
    level: 'restricted',
    what: 'a pod that may be root, which its container may not, and is not',
    refused: always,
    podSecurity: { runAsNonRoot: false },
    security: { runAsNonRoot: true, runAsUser: 10_001 },
  },
  {
    check: 'runAsNonRoot',
    level: 'restricted',
    what: 'a container that must not be root',
    podSecurity: { runAsNonRoot: null },
    security: { runAsNonRoot: true },
  },
  {
    check: 'runAsUser',
    level: 'restricted',
    what: 'user 0',
    refused: [23, newestMinor],
    security: { runAsUser: 0 },
  },
  {
    check: 'runAsUser',
    level: 'restricted',
    what: 'user 0 of the pod, which its container replaces',
    refused: [23, newestMinor],
    podSecurity: { runAsUser: 0 },
    security: { runAsUser: 10_001 },
  },
  {
    check: 'runAsUser',
    level: 'restricted',
    what: 'user 0 in a user namespace',
    refused: [23, 34],
    spec: { hostUsers: false },
    podSecurity: { runAsUser: 0 },
  },
  {
    check: 'runAsUser',
    level: 'restricted',
    what: 'user 0 in a user namespace, which its container replaces',
    refused: [23, 34],
    spec: { hostUsers: false },
    podSecurity: { runAsUser: 0 },
    security: { runAsUser: 10_001 },
  },
  {
    check: 'runAsUser',
    level: 'restricted',
    what: 'user 0 on Windows, which knows none',
    refused: [23, newestMinor],
    spec: { nodeSelector: { 'kubernetes.io/os': 'windows' } },
    podSecurity: { runAsUser: 0 },
  },
  { check: 'runAsUser', level: 'restricted', what: 'user 10001', podSecurity: { runAsUser: 10_001 } },

  {
    check: 'seccompProfile_baseline',
    level: 'baseline',
    what: 'no filter for system calls',
    refused: sinceSeccompFields,
    security: { seccompProfile: { type: 'Unconfined' } },
  },
  {
    check: 'seccompProfile_baseline',
    level: 'baseline',
    what: 'no filter, in the pod, which its container replaces',
    refused: sinceSeccompFields,
    podSecurity: { seccompProfile: { type: 'Unconfined' } },
    security: { seccompProfile: { type: 'RuntimeDefault' } },
  },
  {
    check: 'seccompProfile_baseline',
    level: 'baseline',
    what: 'no filter, by an annotation',
    refused: [oldestMinor, 18],
    annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' },
  },
  {
    check: 'seccompProfile_baseline',
    level: 'baseline',
    what: 'no filter, by the annotation for a container, against its field',
    refused: [oldestMinor, 18],
    list: 'initContainers',
    security: { seccompProfile: { type: 'RuntimeDefault' } },
    annotations: { 'container.seccomp.security.alpha.kubernetes.io/judged': 'unconfined' },
  },
  {
    check: 'seccompProfile_baseline',
    level: 'baseline',
    what: 'no filter, by an annotation of the pod, which that for its container replaces',
    refused: [oldestMinor, 18],
    annotations: {
      'seccomp.security.alpha.kubernetes.io/pod': 'unconfined',
      'container.seccomp.security.alpha.kubernetes.io/judged': 'localhost/shop.json',
    },
  },
  {
    check: 'seccompProfile_baseline',
    level: 'restricted',
    what: 'no filter, by an annotation of a pod that meets level restricted but for it',
    refused: [oldestMinor, 18],
    annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'unconfined' },
  },
  {
    check: 'seccompProfile_baseline',
    level: 'baseline',
    what: 'profiles by annotations, and none for a container that is not there',
    annotations: {
      'seccomp.security.alpha.kubernetes.io/pod': 'docker/default',
      'container.seccomp.security.alpha.kubernetes.io/judged': 'runtime/default',
      'container.seccomp.security.alpha.kubernetes.io/other': 'unconfined',
    },
  },
  {
    check: 'seccompProfile_restricted',
    level: 'restricted',
    what: 'nothing about system calls',
    refused: sinceSeccompFields,
    podSecurity: { seccompProfile: null },
  },
  {
    check: 'seccompProfile_restricted',
    level: 'restricted',
    what: 'nothing about system calls on Windows, which only a label of the node tells',
    refused: sinceSeccompFields,
    spec: { nodeSelector: { 'kubernetes.io/os': 'windows' } },
    podSecurity: { seccompProfile: null },
  },
  {
    check: 'seccompProfile_restricted',
    level: 'restricted',
    what: 'nothing about system calls on Windows',
    refused: [19, 24],
    judgedFrom: 19,
    spec: { os: { name: 'windows' } },
    podSecurity: { seccompProfile: null },
    security: { allowPrivilegeEscalation: null, capabilities: null },
  },
  {
    check: 'seccompProfile_restricted',
    level: 'restricted',
    what: 'a filter of the container',
    podSecurity: { seccompProfile: null },
    security: { seccompProfile: { type: 'Localhost', localhostProfile: 'shop.json' } },
  },
];
