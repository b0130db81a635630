// Asks the real Compose. `config` needs no daemon.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findDockerCompose } from '../../../tools/programs.js';
import { type Answer, type Json, type JsonMap, type Project, projectFolder } from './project.js';

const found = findDockerCompose();

/** Why Compose cannot be asked, if so. */
export const whyNoCompose = 'missing' in found ? found.missing : undefined;

/** Two at a time: a build server has two cores. */
const atOnce = 2;

/** What Compose says of each project, in their order. */
export async function askCompose(projects: readonly Project[]): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  const left = projects.entries();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [index, project] of left) answers[index] = await askComposeOnce(project);
    }),
  );
  return answers;
}

async function askComposeOnce(project: Project): Promise<Answer> {
  if ('missing' in found) throw new Error(found.missing);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'compose-')));
  try {
    const root = join(folder, projectFolder);
    for (const [path, text] of Object.entries(project.files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const { failed, stdout, stderr } = await run(
      found.command,
      [
        ...found.arguments,
        ...(project.main ?? []).flatMap((file) => ['--file', file]),
        // Services of all profiles: those of inactive ones are left out of the answer.
        ...['--profile', '*', 'config', '--format', 'json'],
      ],
      // No variable of the shell that runs the test; a home that is like no other path.
      { cwd: root, env: { PATH: process.env.PATH, HOME: join(folder, 'home of the user') } },
    );
    if (failed) return { refused: atPlaceholder(withoutWarnings(stderr), folder) };
    return {
      json: JSON.parse(stdout, (_, value: Json) =>
        typeof value === 'string' ? atPlaceholder(value, folder) : value,
      ) as JsonMap,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Paths as if the project were at {@link projectFolder}. We do not know the home of the user: it stays `~`. */
function atPlaceholder(text: string, folder: string): string {
  if (text === folder) return '/';
  return text.replaceAll(join(folder, 'home of the user'), '~').replaceAll(folder, '');
}

function withoutWarnings(stderr: string): string {
  return stderr.replace(/^time=.*level=warning.*\n/gm, '').trim();
}

interface Ran {
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  command: string,
  given: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    execFile(command, given, { ...options, timeout: 20_000 }, (error, stdout, stderr) => {
      // A program that could not run, or was killed, has not refused anything.
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ failed: error !== null, stdout, stderr });
    });
  });
}
