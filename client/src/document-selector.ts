// The documents that the server is told about. No scheme: unsaved, remote and virtual documents count as well.
export const documentSelector = [
  { language: 'dockerfile' },
  { language: 'dockercompose' },
  { language: 'yaml' },
] as const;
