// Where we differ from Compose 2.26.1 on purpose, case by case. A case that no longer differs fails the test.
import type { Answer, Project } from './project.js';

/** By the title of a fact. */
export const knownFacts: ReadonlyMap<string, string> = new Map([
  ['a required variable without value is refused', 'Whether it is set is for the shell to say.'],
  [
    'a truth that hangs on an unset variable is refused',
    'Whether it is set is for the shell to say; a hint tells of it.',
  ],
  ['a service of the main file may not be in an included one', 'Newer ones merge the two.'],
  ['an empty list of security options loads in one file only', 'What loads by itself is taken for what is meant.'],
  ['the keys of a build for SSH cannot be merged', 'Nothing is known of newer ones.'],
  ['an anchor reaches the later documents of its file', 'In YAML it ends with its document (YAML 1.2.2, 3.2.2.2).'],
  [
    'a colon at the end of a flow map belongs to the key',
    'In YAML it is the indicator of a value (YAML 1.2.2, 7.4.2).',
  ],
  ['a published address loads where a port should be', 'It loads, and then the container cannot be started.'],
]);

/** Why we say nothing of a project that Compose refuses; undefined where we have to say something. */
export function whyUnsaid({ refused }: Project, answer: Answer | undefined): string | undefined {
  switch (refused?.reason) {
    case 'required variable without value':
      return 'Whether it is set is for the shell to say.';
    case 'variable that is no truth or number':
      // Compose takes a variable that is not set for an empty text.
      return /invalid boolean: *$|parsing ""|invalid size: ''/m.test(answer?.refused ?? '')
        ? 'Whether it is set is for the shell to say; a warning tells of it.'
        : undefined;
    case 'include conflict':
      return 'Newer ones merge the two.';
    case 'env_file that cannot be read':
      return 'It need not be checked in, and it is read when services start.';
    default:
      return undefined;
  }
}
