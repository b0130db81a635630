// How other tools write their names; rules have them in lower case.

const toolNames: Readonly<Record<string, string>> = {
  buildkit: 'BuildKit',
  checkov: 'Checkov',
  dclint: 'DCLint',
  'docker-bench': 'Docker Bench',
  dockle: 'Dockle',
  kics: 'KICS',
  'kube-linter': 'KubeLinter',
  'kube-score': 'kube-score',
  kubescape: 'Kubescape',
  polaris: 'Polaris',
  psa: 'Pod Security Admission',
  semgrep: 'Semgrep',
  terrascan: 'Terrascan',
  trivy: 'Trivy',
};

/** The name as its makers write it. */
export function toolName(tool: string): string {
  return toolNames[tool] ?? tool;
}
