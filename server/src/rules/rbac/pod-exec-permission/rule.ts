import { defineRule, type Severity } from '../../../engine/rule.js';
import { type ApiResource, type Grant, grantsOf, roleOf, streamVerbs } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

const exec: readonly ApiResource[] = [{ group: '', name: 'pods/exec' }];
/** A container that is added to a running pod runs what its author likes. */
const debug: readonly ApiResource[] = [{ group: '', name: 'pods/ephemeralcontainers' }];

export default defineRule({
  meta: {
    id: 'pod-exec-permission',
    summary: 'A role may run commands in running pods.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: {
      kics: ['kubernetes/rbac_roles_with_exec_permission'],
      checkov: ['CKV2_K8S_2'],
      trivy: ['KSV-0053'],
      polaris: [
        'clusterrolePodExecAttach',
        'clusterrolebindingPodExecAttach',
        'rolePodExecAttach',
        'rolebindingClusterRolePodExecAttach',
        'rolebindingRolePodExecAttach',
      ],
      kubescape: ['C-0002'],
    },
  },
  check: {
    manifest(manifest, report, { kubernetesMinor }) {
      const role = roleOf(manifest);
      const commands = grantsOf(role, streamVerbs(kubernetesMinor), exec);
      const commanding = new Set(commands.map(({ rule }) => rule));
      const debuggers = grantsOf(role, ['update', 'patch'], debug).filter(({ rule }) => !commanding.has(rule));
      for (const grant of [...commands, ...debuggers]) {
        report({
          at: grant.token,
          severity: severityFor(grant),
          message: `${named(grant.role.kind, grant.role.name)} may run commands in pods: their secrets are open.`,
        });
      }
    },
  },
});

function severityFor({ role, names }: Grant): Severity {
  if (names.restrict) return 'info';
  return role.extendsView ? 'error' : 'warning';
}
