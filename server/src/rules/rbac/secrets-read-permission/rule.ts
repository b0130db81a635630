import { defineRule, type Severity } from '../../../engine/rule.js';
import { type ApiResource, type Grant, grantsOf, readVerbs, roleOf } from '../../../model/kubernetes/rbac.js';
import { is } from '../../../model/located.js';
import { named } from '../../../model/quoted.js';

const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
const secrets: readonly ApiResource[] = [{ group: '', name: 'secrets' }];
/** Who may only add or delete learns nothing, and cannot put another value in. */
const weakVerbs: ReadonlySet<string> = new Set(['create', 'delete', 'deletecollection']);

export default defineRule({
  meta: {
    id: 'secrets-read-permission',
    summary: 'A role may read or change Secrets.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['cis-kubernetes-1.12/5.1.2', 'nist-800-190/4.1.4', 'nist-800-190/4.3.1', 'nsa-cisa/rbac'],
    peers: {
      kics: ['kubernetes/rbac_roles_with_read_secrets_permissions', 'kubernetes/service_account_allows_access_secrets'],
      checkov: ['CKV2_K8S_5'],
      trivy: ['KSV-0041', 'KSV-0113'],
      'kube-linter': ['access-to-secrets'],
      kubescape: ['C-0015', 'C-0186', 'C-0255'],
    },
  },
  check: {
    manifest(manifest, report) {
      for (const grant of grantsOf(roleOf(manifest), verbs, secrets)) {
        const severity = severityFor(grant);
        if (severity === undefined) continue;
        const { role, token } = grant;
        report({ at: token, severity, message: `${named(role.kind, role.name)} ${consequence(grant)}.` });
      }
    },
  },
});

function severityFor({ role, names, verbs }: Grant): Severity | undefined {
  const reads = verbs.some((verb) => readVerbs.has(verb));
  if (names.restrict) return verbs.every((verb) => readVerbs.has(verb)) ? undefined : 'info';
  if (reads && role.extendsView) return 'error';
  if (verbs.every((verb) => weakVerbs.has(verb))) return 'info';
  return role.clusterWide || is(role.namespace, 'kube-system') ? 'warning' : 'info';
}

function consequence({ role, names, verbs }: Grant): string {
  if (names.restrict) return 'may change some Secrets: others trust them';
  if (!verbs.some((verb) => readVerbs.has(verb))) return 'may write Secrets: others trust them';
  return role.clusterWide ? 'may read Secrets: all of the cluster' : 'may read Secrets: all of its namespace';
}
