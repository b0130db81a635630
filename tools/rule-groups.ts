// The groups that rules are sorted into: a folder below server/src/rules/ and a heading in the docs.

export const ruleGroups: Readonly<Record<string, string>> = {
  build: 'Image builds',
  capabilities: 'Linux capabilities',
  correctness: 'Correctness',
  evidence: 'Evidence from scanners',
  filesystem: 'Mounts and file systems',
  images: 'Image references',
  isolation: 'Isolation from the host',
  namespaces: 'Kubernetes namespaces',
  network: 'Network',
  privileges: 'Users and privileges',
  rbac: 'Kubernetes roles',
  reliability: 'Reliability',
  resources: 'Resources',
  secrets: 'Secrets',
  style: 'Style',
  'supply-chain': 'Supply chain',
};
