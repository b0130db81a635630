// What .pre-commit-hooks.yaml defines, and the config files for pre-commit that the guide and the example show.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../../tools/project.js';
import { fencesIn } from '../support/fences.js';

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly args?: readonly string[];
  readonly require_serial?: boolean;
}

export interface Config {
  readonly repos: readonly { readonly repo: string; readonly hooks: readonly (Partial<Hook> & { id: string })[] }[];
}

export const manifest = readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8');
export const hooks: readonly Hook[] = parse(manifest);
const guide = readFileSync(join(root, 'docs', 'ci.md'), 'utf8');

export const configs: readonly string[] = [
  readFileSync(join(root, 'docs', 'examples', 'pre-commit-config.yaml'), 'utf8'),
  ...fencesIn(guide)
    .filter(({ body }) => body.startsWith('repos:'))
    .map(({ body }) => body),
];
