// What the recorder (see README.md) answers, and how it is asked.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

export interface Question {
  readonly files: readonly string[];
  readonly words: readonly WordCase[];
}

/** A word with the variables that are set where it stands. */
export interface WordCase {
  readonly word: string;
  readonly escape: '\\' | '`';
  readonly env: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly files: readonly FileAnswer[];
  readonly words: readonly WordAnswer[];
}

/** `is`, or why BuildKit refuses it. */
export interface WordAnswer {
  readonly is?: string;
  readonly refused?: string;
}

export interface Refusal {
  /** Which part of BuildKit refuses: the parser, the reader of instructions, or what turns them into steps. */
  readonly step: 'parse' | 'instructions' | 'convert' | 'panic';
  readonly message: string;
  readonly line: number;
}

export interface FileAnswer {
  /** The first refusal: the ones behind it are not known. */
  readonly refused?: Refusal;
  readonly escape?: string;
  readonly directives?: readonly (readonly [string, string])[];
  readonly nodes?: readonly NodeAnswer[];
  /** The configuration of the last stage's image. */
  readonly image?: ImageAnswer;
  readonly warnings?: readonly string[];
}

export interface NodeAnswer {
  readonly keyword: string;
  /** From 1; the last one included. */
  readonly lines: readonly [number, number];
  readonly flags?: readonly string[];
  readonly json?: boolean;
  /** Those of ENV and LABEL by three: name, value, and `=` where there is one. */
  readonly args?: readonly string[];
  readonly trigger?: NodeAnswer;
  readonly heredocs?: readonly HeredocAnswer[];
  readonly refused?: string;
}

export interface HeredocAnswer {
  readonly name: string;
  readonly expand?: boolean;
  readonly chomp?: boolean;
  readonly fd?: number;
  readonly content: string;
}

export interface ImageAnswer {
  readonly env?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly user?: string;
  readonly workdir?: string;
  readonly stopSignal?: string;
}

export function ask(program: string, question: Question): Answer {
  const { stdout, stderr, status } = spawnSync(program, {
    input: JSON.stringify(question),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Answer;
}
