// Runs the command line in a folder of its own, with small rules, and catches what it writes.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lint } from '../../src/cli/commands/lint.js';
import { runGit } from '../../src/cli/git.js';
import type { Io, LocalFiles, Output } from '../../src/cli/io.js';
import { nodeFiles } from '../../src/cli/node-files.js';
import { run } from '../../src/cli/run.js';
import { isUsageError } from '../../src/cli/usage-error.js';
import { withSlashes } from '../../src/disk/disk-files.js';
import { shellChecker } from '../../src/disk/shell-check.js';
import { defineRule, type Rule } from '../../src/engine/rule.js';
import { replaceText } from '../../src/model/change.js';
import invalidConfig from '../../src/rules/correctness/invalid-config/rule.js';
import skippedFile from '../../src/rules/correctness/skipped-file/rule.js';
import syntaxError from '../../src/rules/correctness/syntax-error/rule.js';

const meta = { confidence: 'high', profile: 'recommended', since: '0.1.0', peers: {} } as const;

/** Flags the tag `latest`; its safe fix writes `1`. */
const latestTag = defineRule({
  meta: {
    ...meta,
    id: 'latest-tag',
    summary: 'The tag is latest.',
    severity: 'warning',
    formats: ['dockerfile', 'compose', 'kubernetes'],
    standards: ['nist-800-190/4.2.2', 'pss/baseline'],
  },
  check: {
    image({ reference }, report) {
      if (reference.kind !== 'known' || reference.value.tag !== 'latest') return;
      const { tagAt, nameAt } = reference.value;
      if (tagAt === undefined) return;
      report({
        at: tagAt,
        message: "The tag is 'latest': it moves.",
        related: [{ at: nameAt, message: 'It is the tag of this image.' }],
        fix: { title: "Change to '1'", safety: 'safe', change: replaceText(tagAt, '1') },
      });
    },
  },
});

/** Flags privileged containers; its fix is for a person. */
const privileged = defineRule({
  meta: {
    ...meta,
    id: 'privileged',
    summary: 'The container is privileged.',
    severity: 'error',
    formats: ['compose', 'kubernetes'],
    standards: ['pss/baseline'],
  },
  check: {
    container(container, report) {
      const field = container.privileged;
      if (field.kind !== 'known' || !field.value) return;
      report({
        at: field,
        message: `Container '${container.name}' is privileged: a break-out owns the host.`,
        fix: { title: "Change to 'false'", safety: 'unsafe', change: replaceText(field.at, 'false') },
      });
    },
  },
});

export const rules: readonly Rule[] = [latestTag, privileged, syntaxError, skippedFile, invalidConfig];

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  /** The same, undecoded. */
  readonly bytes: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: string | Uint8Array;
  readonly files?: LocalFiles;
  readonly rules?: readonly Rule[];
  /** Below the folder. */
  readonly cwd?: string;
  readonly terminal?: boolean;
  /** The width of the terminal. */
  readonly columns?: number;
  readonly env?: Io['env'];
  readonly now?: () => number;
  /** `2026-06-15` where it is left out. */
  readonly today?: string;
}

export interface Workshop {
  readonly path: string;
  write(name: string, contents: string | Uint8Array): void;
  /** Runs `plimsoll lint` with these words. */
  lint(words: readonly string[], options?: RunOptions): Promise<Outcome>;
  /** Runs `plimsoll` with these words and the rules of the product. */
  run(words: readonly string[], options?: RunOptions): Promise<Outcome>;
  close(): void;
}

export function openWorkshop(): Workshop {
  const path = withSlashes(realpathSync(mkdtempSync(join(tmpdir(), 'plimsoll-cli-'))));
  mkdirSync(join(path, '.git'));

  async function caught(options: RunOptions, action: (io: Io) => Promise<number>): Promise<Outcome> {
    const columns = options.terminal === true ? (options.columns ?? 100) : undefined;
    const stdout = catcher(columns);
    const stderr = catcher(columns);
    const code = await action({
      cwd: options.cwd === undefined ? path : `${path}/${options.cwd}`,
      env: options.env ?? {},
      version: '1.2.3',
      stdout,
      stderr,
      files: options.files ?? nodeFiles,
      git: (words) => runGit(options.cwd === undefined ? path : `${path}/${options.cwd}`, words),
      shellChecker: (name) => Promise.resolve(shellChecker(name, path)),
      stdin: (limit) => {
        const bytes = typeof options.stdin === 'string' ? new TextEncoder().encode(options.stdin) : options.stdin;
        return Promise.resolve((bytes ?? new Uint8Array()).subarray(0, limit));
      },
      now: options.now ?? (() => 0),
      today: () => options.today ?? '2026-06-15',
    });
    return {
      code,
      stdout: stdout.bytes().toString('utf8'),
      bytes: stdout.bytes(),
      stderr: stderr.bytes().toString('utf8'),
    };
  }

  return {
    path,
    write(name, contents) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), contents);
    },
    lint: (words, options = {}) =>
      caught(options, async (io) => {
        try {
          return await lint(words, io, options.rules ?? rules);
        } catch (error) {
          if (!isUsageError(error)) throw error;
          io.stderr.write(error.message);
          return 2;
        }
      }),
    run: (words, options = {}) => caught(options, (io) => run(words, io)),
    close: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** A terminal where it has a width. */
function catcher(columns: number | undefined): Output & { bytes(): Buffer } {
  const chunks: Uint8Array[] = [];
  return {
    write(text) {
      chunks.push(typeof text === 'string' ? new TextEncoder().encode(text) : text);
    },
    isTerminal: columns !== undefined,
    columns,
    bytes: () => Buffer.concat(chunks),
  };
}
