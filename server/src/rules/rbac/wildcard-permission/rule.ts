import { defineRule, type Severity } from '../../../engine/rule.js';
import { type RoleRule, reachOf, roleOf } from '../../../model/kubernetes/rbac.js';
import type { Known } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';

interface Wildcard {
  readonly token: Known<string>;
  readonly what: string;
  readonly severity: Severity;
}

export default defineRule({
  meta: {
    id: 'wildcard-permission',
    summary: 'A role grants rights by a wildcard.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.3', 'nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: {
      kics: ['kubernetes/rbac_wildcard_in_rule'],
      checkov: ['CKV_K8S_49'],
      trivy: ['KSV-0045'],
      'kube-linter': ['wildcard-in-rules'],
      kubescape: ['C-0187'],
    },
  },
  check: {
    manifest(manifest, report) {
      const role = roleOf(manifest);
      if (role === undefined) return;
      for (const rule of role.rules) {
        // Where that is everything, more is wrong than a wildcard.
        if (reachOf(rule) !== undefined) continue;
        for (const { token, what, severity } of wildcards(rule)) {
          report({
            at: token,
            severity,
            message: `${named(role.kind, role.name)} grants ${what}: also what comes later.`,
          });
        }
      }
    },
  },
});

function wildcards(rule: RoleRule): readonly Wildcard[] {
  const { apiGroups, resources, verbs, nonResourceUrls, names, clusterWide } = rule;
  const wide = resources.filter(({ value }) => value === '*' || /^\*\/[^*]/.test(value));
  const severity: Severity = names?.restrict === true || isOfExtensions(apiGroups) ? 'info' : 'warning';
  const urls = clusterWide ? nonResourceUrls.filter(({ value }) => value === '*' || value === '/*') : [];
  return [
    ...wildcardsIn(apiGroups, 'every API group', wide.length > 0 ? severity : 'info'),
    ...wide.map((token) => ({
      token,
      what: token.value === '*' ? 'every resource' : quoted(token.value, 20),
      severity,
    })),
    ...wildcardsIn(verbs, 'every verb', severity),
    ...urls.map((token): Wildcard => ({ token, what: 'every path', severity: 'warning' })),
  ];
}

function wildcardsIn(tokens: readonly Known<string>[], what: string, severity: Severity): readonly Wildcard[] {
  return tokens.filter(({ value }) => value === '*').map((token) => ({ token, what, severity }));
}

/** Groups of Kubernetes itself have no dot, or end in `.k8s.io`. */
function isOfExtensions(groups: RoleRule['apiGroups']): boolean {
  return groups.length > 0 && groups.every(({ value }) => value.includes('.') && !value.endsWith('.k8s.io'));
}
