// What became of each id of our ignore comments, for the rules that look at them.
import type { Suppression } from '../../model/source-file.js';
import { closest } from '../../text/closest.js';
import { leading } from '../../text/leading.js';
import type { ReadFile } from '../language.js';
import type { Rule } from '../rule.js';
import type { IgnoreId } from './ignore.js';
import { hasEnded, type IgnoreComment } from './plimsoll.js';

export interface JudgeRequest {
  readonly file: ReadFile;
  readonly comments: readonly IgnoreComment[];
  /** The ids that silence something. */
  readonly used: ReadonlySet<IgnoreId>;
  readonly rules: readonly Rule[];
  /** The ids of the rules that ran, and did not fail. */
  readonly ran: ReadonlySet<string>;
  /** `2026-12-31`; undefined: no comment has ended. */
  readonly today: string | undefined;
}

export function judgedIds({ file, comments, used, rules, ran, today }: JudgeRequest): readonly Suppression[] {
  const meant = suggestions(rules.map((rule) => rule.meta.id));
  // A file that could not be read whole may hide the very finding that the comment is for.
  const complete = file.source.problems.every((problem) => problem.kind === 'config');
  const variables = variablesOf(file);
  return comments.flatMap((comment) => {
    const { at: commentAt, reason, until } = comment;
    const ended = hasEnded(comment, today);
    return comment.ids.map((ignored): Suppression => {
      const checked = complete && ignored.rules.every((id) => ran.has(id)) && !dependsOnEnvironment(comment, variables);
      const state = used.has(ignored)
        ? 'used'
        : ignored.rules.length === 0
          ? 'unknown-rule'
          : ended
            ? 'ended'
            : checked
              ? 'unused'
              : 'not-checked';
      const suggestion = state === 'unknown-rule' ? meant(ignored.id) : undefined;
      const { id, at: idAt, removal } = ignored;
      return { file: file.source.id, id, idAt, state, commentAt, reason, until, suggestion, removal };
    });
  });
}

/** Each id is compared with those of all rules: of more ids that nobody knows the others get none. */
const maxCompared = 200;

function suggestions(own: readonly string[]): (id: string) => string | undefined {
  const found = new Map<string, string | undefined>();
  return (id) => {
    if (!found.has(id) && found.size < maxCompared) found.set(id, closest(id, own));
    return found.get(id);
  };
}

/** Where variables stand in a Compose file, in order; none in another file. */
function variablesOf({ source, text }: ReadFile): readonly number[] {
  return source.kind === 'compose' ? [...text.matchAll(/\$\{?[A-Za-z_]/g)].map((match) => match.index) : [];
}

/**
 * Whether a variable of a Compose file stands where a comment speaks of: what is found there may differ from machine to
 * machine, with the `.env` file and the environment.
 */
function dependsOnEnvironment({ scope }: IgnoreComment, variables: readonly number[]): boolean {
  if (scope === undefined) return variables.length > 0;
  const next = variables[leading(variables, (offset) => offset < scope.start)];
  return next !== undefined && next < scope.end;
}
