// The documents that the server is told about. No scheme: unsaved, remote and virtual documents count as well.
export const documentSelector = [
  { language: 'dockerfile' },
  { language: 'dockercompose' },
  { language: 'yaml' },
  // `Dockerfile-dev` is plain text to VS Code.
  { pattern: '**/{[dD]ockerfile,[cC]ontainerfile}[-_]*' },
] as const;
