import { defineRule } from '../../../engine/rule.js';
import { named } from '../../../model/quoted.js';

const groups: ReadonlySet<string> = new Set(['policy', 'extensions']);

/** The minor version that no longer has the kind: kubernetes.io/docs/reference/using-api/deprecation-guide */
const removedIn = 25;

export default defineRule({
  meta: {
    id: 'permissive-pod-security-policy',
    summary: 'A PodSecurityPolicy is to keep pods in check, but clusters no longer know the kind.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: {
      kics: [
        'kubernetes/container_runs_unmasked',
        'kubernetes/net_raw_capabilities_disabled_for_psp',
        'kubernetes/not_limited_capabilities_for_pod_security_policy',
        'kubernetes/psp_allows_privilege_escalation',
        'kubernetes/psp_allows_sharing_host_ipc',
        'kubernetes/psp_allows_sharing_host_pid',
        'kubernetes/psp_containers_share_host_network_namespace',
        'kubernetes/psp_set_to_privileged',
        'kubernetes/psp_with_added_capabilities',
        'kubernetes/psp_with_unrestricted_access_to_host_path',
        'kubernetes/root_containers_admitted',
      ],
      checkov: [
        'CKV_K8S_1',
        'CKV_K8S_2',
        'CKV_K8S_3',
        'CKV_K8S_4',
        'CKV_K8S_5',
        'CKV_K8S_6',
        'CKV_K8S_7',
        'CKV_K8S_24',
        'CKV_K8S_32',
        'CKV_K8S_36',
      ],
      kubescape: ['C-0068', 'C-0213', 'C-0214', 'C-0215', 'C-0216', 'C-0217', 'C-0218', 'C-0219', 'C-0220'],
    },
  },
  check: {
    manifest({ group, kind, kindAt, name }, report, { kubernetesMinor }) {
      if (kind !== 'PodSecurityPolicy' || !groups.has(group)) return;
      const subject = named(kind, name);
      if (kubernetesMinor >= removedIn) {
        report({ at: kindAt, message: `${subject} protects nothing: Kubernetes 1.25 dropped the kind.` });
      } else {
        const message = `${subject} ends with Kubernetes 1.25: pods go unchecked then.`;
        report({ at: kindAt, severity: 'info', message });
      }
    },
  },
});
