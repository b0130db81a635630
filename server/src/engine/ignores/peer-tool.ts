// What a tool is whose ignores are honoured, and what its reader tells of them.
import type { FileKind } from '../../model/format.js';
import type { Span } from '../../text/span.js';
import type { ReadFile } from '../language.js';
import type { ForeignIgnore } from './ignore.js';

export interface PeerTool {
  /** As rules name it among their `peers`. */
  readonly name: string;
  readonly formats: readonly FileKind[];
  /** Found in every text that has an ignore of the tool. Has the flag `i` and no other. */
  readonly mark: RegExp;
  /** One name for all spellings of a check that rules have among their `peers`; left out: it has one spelling. */
  readonly keyOf?: (check: string) => string;
  readonly read: (file: ReadFile, today: string | undefined) => readonly Said[];
}

/** What one comment or annotation says, in the words of its tool. */
export interface Said {
  readonly by: ForeignIgnore['by'];
  readonly checks: readonly NamedCheck[] | Chosen;
  readonly reason: string;
  readonly scope: Span | undefined;
}

export interface NamedCheck {
  readonly written: string;
  /** Its key: see {@link PeerTool.keyOf}. */
  readonly key: string;
}

/** Whether a rule is meant, by the keys of the checks of the tool that judge the same. Asked of rules with such checks. */
export type Chosen = (keys: readonly string[]) => boolean;

export const everything: Chosen = () => true;

/** Of what is said, the part about some checks; where everything is meant, about the rules that have one of them. */
export function partAbout(keys: readonly string[]): (checks: Said['checks']) => Said['checks'] {
  const known = new Set(keys);
  const chosen: Chosen = (ofRule) => ofRule.some((key) => known.has(key));
  return (checks) => (typeof checks === 'function' ? chosen : checks.filter(({ key }) => known.has(key)));
}

/** Checks that have one spelling. */
export function named(ids: readonly string[]): readonly NamedCheck[] {
  return ids.map((id) => ({ written: id, key: id }));
}
