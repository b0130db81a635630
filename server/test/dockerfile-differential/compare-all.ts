// All differences between what BuildKit answers and what we answer, as a person has to see them.
import { compareFile, compareWord } from './compare.js';
import type { Answer, Question } from './oracle.js';
import { readOurs, readWord } from './ours.js';

export interface Troubles {
  readonly files: readonly string[];
  readonly words: readonly string[];
}

export function compareAll(question: Question, answer: Answer): Troubles {
  return {
    files: question.files.flatMap((text, index) => {
      const theirs = answer.files[index];
      const troubles = theirs === undefined ? ['BuildKit has no answer.'] : compareFile(text, theirs, readOurs(text));
      return troubles.length === 0 ? [] : [`${troubles.map((trouble) => `✖ ${trouble}\n`).join('')}${numbered(text)}`];
    }),
    words: question.words.flatMap((asked, index) => {
      const theirs = answer.words[index];
      const troubles = theirs === undefined ? ['BuildKit has no answer.'] : compareWord(theirs, readWord(asked));
      return troubles.map((trouble) => `✖ ${trouble}\n${JSON.stringify(asked)}`);
    }),
  };
}

function numbered(text: string): string {
  return text
    .split('\n')
    .map((line, index) => `${index + 1}| ${line}\n`)
    .join('');
}
