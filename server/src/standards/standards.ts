// The standards that rules refer to, as data. The titles are ours; the numbers are those of the version in the id.
interface Benchmark {
  readonly name: string;
  /** What its items speak of. */
  readonly formats: readonly string[];
  readonly items: { readonly [number: string]: string };
}

const benchmarks: { readonly [id: string]: Benchmark } = {
  'cis-docker-1.6': {
    name: 'CIS Docker Benchmark 1.6',
    formats: ['dockerfile', 'compose'],
    items: {
      '4.1': 'The image has a user that is not root',
      '4.2': 'Only trusted base images are used',
      '4.3': 'No needless packages are installed',
      '4.4': 'Images are scanned and rebuilt with patches',
      '4.5': 'Content trust is on',
      '4.6': 'The image has a health check',
      '4.7': 'No update instruction stands alone',
      '4.8': 'Setuid and setgid bits are dropped',
      '4.9': 'COPY is used instead of ADD',
      '4.10': 'No secrets in Dockerfiles',
      '4.11': 'Only verified packages are installed',
      '4.12': 'Signed artifacts are validated',
      '5.2': 'An AppArmor profile is in force',
      '5.3': 'SELinux options are set',
      '5.4': 'Linux capabilities are limited',
      '5.5': 'No privileged containers',
      '5.6': 'No sensitive host directories are mounted',
      '5.7': 'No SSH server inside containers',
      '5.8': 'No privileged ports of the host are used',
      '5.9': 'Only needed ports are open',
      '5.10': 'The network of the host is not shared',
      '5.11': 'Memory is limited',
      '5.12': 'CPU shares are set',
      '5.13': 'The root file system is read-only',
      '5.14': 'Ports are bound to one interface',
      '5.15': 'Restarts are limited',
      '5.16': 'The process namespace of the host is not shared',
      '5.17': 'The IPC namespace of the host is not shared',
      '5.18': 'Host devices are not exposed',
      '5.19': 'Ulimits are set where needed',
      '5.20': 'Mount propagation is not shared',
      '5.21': 'The UTS namespace of the host is not shared',
      '5.22': 'Seccomp is not switched off',
      '5.23': 'Nothing is executed with privileges in a running container',
      '5.24': 'Nothing is executed as root in a running container',
      '5.25': 'The cgroup is the intended one',
      '5.26': 'New privileges cannot be gained',
      '5.27': 'Health is checked at run time',
      '5.28': 'The newest version of the image is used',
      '5.29': 'The number of processes is limited',
      '5.30': 'The default bridge is not used',
      '5.31': 'The user namespace of the host is not shared',
      '5.32': 'The Docker socket is not mounted',
    },
  },
  'cis-docker-1.7': {
    name: 'CIS Docker Benchmark 1.7',
    formats: ['dockerfile', 'compose'],
    items: { '2.5': 'No insecure registries' },
  },
  'cis-kubernetes-1.10': {
    name: 'CIS Kubernetes Benchmark 1.10',
    formats: ['kubernetes'],
    items: { '5.2.9': 'Added capabilities are limited' },
  },
  'cis-kubernetes-1.12': {
    name: 'CIS Kubernetes Benchmark 1.12',
    formats: ['kubernetes'],
    items: {
      '5.1.1': 'Cluster-admin is used only where needed',
      '5.1.2': 'Access to secrets is limited',
      '5.1.3': 'No wildcards in roles',
      '5.1.4': 'Creating pods is limited',
      '5.1.5': 'Default service accounts are not used',
      '5.1.6': 'Service account tokens are mounted only where needed',
      '5.1.7': 'The group system:masters is not used',
      '5.1.8': 'Bind, impersonate and escalate are limited',
      '5.1.9': 'Creating persistent volumes is limited',
      '5.1.10': 'Access to the proxy of nodes is limited',
      '5.1.11': 'Approving certificate requests is limited',
      '5.1.12': 'Access to webhook configuration is limited',
      '5.1.13': 'Creating service account tokens is limited',
      '5.2.1': 'A policy control mechanism is active',
      '5.2.2': 'No privileged containers',
      '5.2.3': 'The process namespace of the host is not shared',
      '5.2.4': 'The IPC namespace of the host is not shared',
      '5.2.5': 'The network of the host is not shared',
      '5.2.6': 'Privileges cannot be escalated',
      '5.2.7': 'No root containers',
      '5.2.8': 'NET_RAW is dropped',
      '5.2.9': 'Capabilities are dropped',
      '5.2.10': 'No Windows HostProcess containers',
      '5.2.11': 'No hostPath volumes',
      '5.2.12': 'No host ports',
      '5.3.1': 'The network plugin supports network policies',
      '5.3.2': 'Every namespace has a network policy',
      '5.4.1': 'Secrets are files, not environment variables',
      '5.4.2': 'An external secret store is used',
      '5.5.1': 'The provenance of images is checked',
      '5.6.1': 'Namespaces are the boundaries',
      '5.6.2': 'A seccomp profile is set',
      '5.6.3': 'Security contexts are applied',
      '5.6.4': 'The default namespace is not used',
    },
  },
  'nist-800-190': {
    name: 'NIST SP 800-190',
    formats: ['dockerfile', 'compose', 'kubernetes'],
    items: {
      '4.1.1': 'Image vulnerabilities',
      '4.1.2': 'Image configuration defects',
      '4.1.3': 'Embedded malware',
      '4.1.4': 'Embedded clear-text secrets',
      '4.1.5': 'Untrusted images',
      '4.2.1': 'Insecure connections to registries',
      '4.2.2': 'Stale images in registries',
      '4.2.3': 'Weak registry authentication and authorization',
      '4.3.1': 'Unbounded administrative access',
      '4.3.2': 'Unauthorized access',
      '4.3.3': 'Poorly separated traffic between containers',
      '4.3.4': 'Mixed sensitivity of workloads',
      '4.4.2': 'Unbounded network access from containers',
      '4.4.3': 'Insecure runtime configuration',
      '4.5.5': 'Tampering with the host file system',
    },
  },
  'nsa-cisa': {
    name: 'NSA/CISA Kubernetes Hardening Guide',
    formats: ['kubernetes'],
    items: {
      'audit-logging': 'Audit logging',
      authentication: 'Authentication',
      encryption: 'Encryption',
      'hardening-container-environments': 'Hardening container environments',
      'immutable-container-file-systems': 'Immutable container file systems',
      namespaces: 'Namespaces',
      'network-policies': 'Network policies',
      'non-root-containers': 'Non-root containers',
      'pod-security-enforcement': 'Pod security enforcement',
      rbac: 'Role-based access control',
      'resource-policies': 'Resource policies',
      secrets: 'Secrets',
      'service-account-tokens': 'Service account tokens',
      upgrading: 'Upgrading',
    },
  },
  pss: {
    name: 'Pod Security Standards',
    formats: ['kubernetes'],
    items: { baseline: 'Baseline', restricted: 'Restricted' },
  },
};

/** An item of a standard, e.g. `pss/baseline` or `cis-docker-1.6/5.5`. */
export interface Standard {
  readonly id: string;
  /** "CIS Docker Benchmark 1.6, 5.5: No privileged containers" */
  readonly title: string;
  /** The kinds of file that it speaks of. */
  readonly formats: readonly string[];
}

/** Looks a standard up by its id; undefined for an id that is not in the data. */
export function findStandard(id: string): Standard | undefined {
  const slash = id.indexOf('/');
  const benchmark = benchmarks[id.slice(0, slash)];
  const number = id.slice(slash + 1);
  const item = benchmark?.items[number];
  if (benchmark === undefined || item === undefined) return undefined;
  return {
    id,
    title: `${benchmark.name}, ${/^\d/.test(number) ? `${number}: ` : ''}${item}`,
    formats: benchmark.formats,
  };
}

/** Whether a standard speaks of a kind of file. */
export function appliesTo(id: string, kind: string): boolean {
  return findStandard(id)?.formats.includes(kind) ?? false;
}
