// The Dockerfiles of test-fixtures/dockerfiles, and what the command line says of them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { detectKind } from '../../src/languages/detect.js';
import { allRules } from '../../src/rules/all.js';
import { jsonReport } from './json-report.js';
import type { Reported } from './reported.js';

const folder = fileURLToPath(new URL('../../../test-fixtures/dockerfiles/', import.meta.url));

/** What has to be found, beside the folder so that nobody takes it for one of the projects. */
export const expectedFile = fileURLToPath(new URL('../../../test-fixtures/dockerfiles.expected.json', import.meta.url));

export interface Fixture {
  /** From the folder of all of them, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Every file that is taken for a Dockerfile, in the order of their paths. */
export function dockerfileFixtures(): readonly Fixture[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: path.slice(folder.length).replaceAll('\\', '/'),
      text: readFileSync(path, 'utf8'),
    }))
    .filter(({ path, text }) => detectKind({ name: path, text }) === 'dockerfile')
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The findings of one file: `line:column-line:column severity rule: what is marked`. */
interface Told {
  readonly recommended: readonly string[];
  /** What this profile adds to the other one. */
  readonly strict: readonly string[];
}

/** What profile `strict` says of each of them on the command line. */
export async function findingsOfFixtures(): Promise<{ readonly [path: string]: Told }> {
  const fixtures = dockerfileFixtures();
  const reported = await lintFolder();
  const profiles = new Map(allRules.map(({ meta }) => [meta.id, meta.profile]));
  const told = fixtures.map(({ path, text }) => {
    const own = reported.filter(({ file }) => file === path);
    const inProfile = (profile: keyof Told) =>
      own.filter(({ rule }) => profiles.get(rule) === profile).map((finding) => describeFinding(finding, text));
    return [path, { recommended: inProfile('recommended'), strict: inProfile('strict') }] as const;
  });
  const unknown = reported.find(({ file }) => !fixtures.some(({ path }) => path === file));
  if (unknown !== undefined) throw new Error(`Nobody takes ${unknown.file} for a Dockerfile, and it has findings.`);
  return Object.fromEntries(told);
}

async function lintFolder(): Promise<readonly Reported[]> {
  const report = (await jsonReport(folder, '--no-config', '--profile', 'strict', '.')) as {
    readonly findings: readonly Reported[];
  };
  return report.findings;
}

/** So much of what is marked is written down. */
const longest = 60;

function describeFinding({ rule, severity, range: { start, end } }: Reported, text: string): string {
  const lines = text.split('\n');
  const marked =
    start.line === end.line
      ? lines[start.line - 1]?.slice(start.column - 1, end.column - 1)
      : `${lines[start.line - 1]?.slice(start.column - 1)}…`;
  const short = marked !== undefined && marked.length > longest ? `${marked.slice(0, longest)}…` : marked;
  return `${start.line}:${start.column}-${end.line}:${end.column} ${severity} ${rule}: ${short}`;
}
