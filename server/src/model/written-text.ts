// All texts of a file, for rules that look for what may stand anywhere in it.
import type { MappedText } from '../text/mapped-text.js';
import type { Stage } from './dockerfile/stage.js';

/** Finds texts by a sign in them, so that nobody has to look at all of them. */
export interface WrittenTexts {
  /**
   * The texts in whose source the pattern occurs, in order, each of them once; also those that no other subject is made
   * of. The pattern is global, and finds what it seeks in the text as it is written: with its escapes and line ends.
   */
  holding(sign: RegExp): readonly WrittenText[];
}

/**
 * Of YAML a scalar, of a Dockerfile a value, a heredoc or the line of an instruction; or a comment. Where it is written:
 * what comes through an alias or a merge key is not told again.
 */
export interface WrittenText {
  readonly kind: 'value' | 'key' | 'comment';
  /** A comment has its `#`. */
  readonly text: MappedText;
  /**
   * What people call it: the key of a value, or the `name` beside a key `value`; for an item of a list the key of the
   * list. The variable or label of a Dockerfile, else the keyword. Empty for a comment.
   */
  readonly name: string;
  /** The keys on the way from the document, without that of the value itself where it is a key. */
  readonly path: readonly string[];
  /** The innermost map around it that has `apiVersion` and `kind`; undefined where none has. */
  readonly object: { readonly group: string; readonly kind: string } | undefined;
  /**
   * Whether the value of an environment variable is written here that a container has among its own, or all of the value
   * of an ENV or ARG.
   */
  readonly isVariable: boolean;
  /** The stage of a Dockerfile that it stands in. */
  readonly stage?: Stage;
}

/** Whether a text stands in a Secret of Kubernetes, which is where secrets belong. */
export function isSecretObject({ object }: WrittenText): boolean {
  return object?.kind === 'Secret' && object.group === '';
}

/** Whether a text is a Dockerfile in a Compose file, which is read, and judged, as what it is. */
export function isDockerfileInside({ kind, path }: WrittenText): boolean {
  return (
    kind === 'value' &&
    path.length === 4 &&
    path[0] === 'services' &&
    path.slice(2).join() === 'build,dockerfile_inline'
  );
}
