import type { Command } from '../run.js';

export const versionCommand: Command = (_words, { stdout, version }) => {
  stdout.write(`${version}\n`);
  return Promise.resolve(0);
};
