// What BuildKit was asked for `recorded.json`, and what is asked of us.
import { createHash } from 'node:crypto';
import { cases } from './cases.js';
import { generateDockerfile, generateWord } from './generate.js';
import type { Answer, Question } from './oracle.js';

export interface Recorded extends Answer {
  /** Of what, and how it was had. */
  readonly of: string;
  /** The hash of the questions: answers to others are of no use. */
  readonly questions: string;
}

const files = 150;
const words = 400;

export const question: Question = makeQuestion(0, files, words, cases);

export function makeQuestion(seed: number, fileCount: number, wordCount: number, more: readonly string[]): Question {
  return {
    files: [...more, ...Array.from({ length: fileCount }, (_, i) => generateDockerfile(seed + i))],
    words: Array.from({ length: wordCount }, (_, i) => generateWord(seed + i)),
  };
}

export function hashOf(asked: Question): string {
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 16);
}
