import { defineRule, type Severity } from '../../../engine/rule.js';
import { type ApiResource, type Grant, grantsOf, roleOf, streamVerbs } from '../../../model/kubernetes/rbac.js';
import { named } from '../../../model/quoted.js';

const streams: readonly ApiResource[] = [{ group: '', name: 'pods/attach' }];

export default defineRule({
  meta: {
    id: 'pod-attach-permission',
    summary: 'A role may attach to the main process of running containers.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: {
      kics: ['kubernetes/rbac_roles_with_attach_permission'],
      trivy: ['KSV-0054'],
      polaris: [
        'clusterrolePodExecAttach',
        'clusterrolebindingPodExecAttach',
        'rolePodExecAttach',
        'rolebindingClusterRolePodExecAttach',
        'rolebindingRolePodExecAttach',
      ],
    },
  },
  check: {
    manifest(manifest, report, { kubernetesMinor }) {
      for (const grant of grantsOf(roleOf(manifest), streamVerbs(kubernetesMinor), streams)) {
        report({
          at: grant.token,
          severity: severityFor(grant),
          message: `${named(grant.role.kind, grant.role.name)} may attach to pods: it reads and types along.`,
        });
      }
    },
  },
});

function severityFor({ role, names }: Grant): Severity {
  if (names.restrict) return 'info';
  return role.extendsView ? 'error' : 'warning';
}
