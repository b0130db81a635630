// What a fix wants done, in the words of the model. Language rooms turn a change into text edits.
import type { FileId, Place } from '../text/span.js';
import type { Slot } from './located.js';

/** Plain data that a language room can write in the style of the file. */
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

export type Change =
  /**
   * Takes a field or list item away, and a parent that becomes empty, up to the nearest one with a comment or an anchor
   * of its own. Where the value comes from elsewhere (alias, merge key), `otherwise` is written in the user instead;
   * without `otherwise` such a change cannot be made.
   */
  | { readonly kind: 'remove'; readonly slot: Slot; readonly otherwise?: Data }
  /** Gives a field that is there, or is not, this value. */
  | { readonly kind: 'set'; readonly slot: Slot; readonly value: Data }
  /** Adds an item at the end of a list field, which is made where it is missing. */
  | { readonly kind: 'append'; readonly slot: Slot; readonly item: Data }
  /** Puts text in front of a string value, inside its quotes; a plain scalar gets quotes. */
  | { readonly kind: 'prefix'; readonly slot: Slot; readonly text: string }
  /**
   * Puts another end in the place of the one that a string value has, inside its quotes. It cannot be made where the value
   * as it is written does not end so, as where a variable brings the end.
   */
  | { readonly kind: 'ending'; readonly slot: Slot; readonly from: string; readonly to: string }
  /** Makes a list item a part of the item before it; both are maps, and nothing in them is written anew. */
  | { readonly kind: 'join'; readonly slot: Slot }
  /** Gives the list or map that holds the field a tag of YAML: `!override`. */
  | { readonly kind: 'tag'; readonly slot: Slot; readonly tag: string }
  /**
   * Puts an instruction into a Dockerfile: in front of that of the slot, and of the comments right above it, or behind
   * it. `text` has no line end.
   */
  | {
      readonly kind: 'insertInstruction';
      readonly slot: Slot;
      readonly where: 'before' | 'behind';
      readonly text: string;
    }
  /**
   * Has a RUN in shell form do one thing more at its end, if all has gone well. It cannot be made in a heredoc or an exec
   * form, nor where it would become a part of something else, as behind a comment of the shell.
   */
  | { readonly kind: 'appendCommand'; readonly slot: Slot; readonly command: string }
  /**
   * Makes one RUN of a RUN and the instruction right behind it, a RUN with the same flags. It cannot be made where
   * comments stand between, or where either would do something else behind the other.
   */
  | { readonly kind: 'joinNext'; readonly slot: Slot }
  /**
   * Makes an instruction of its own of an assignment of ENV and those behind it: of `ENV A=1 B=2` becomes `ENV A=1` and
   * `ENV B=2`.
   */
  | { readonly kind: 'splitInstruction'; readonly slot: Slot }
  /**
   * Takes words of a shell command in a Dockerfile away, from the first one's start to the last one's end, with the blanks
   * beside them and the line that they leave empty. Never the name of the command.
   */
  | { readonly kind: 'removeWords'; readonly place: Place }
  /** Replaces exactly the text of a place. */
  | { readonly kind: 'replaceText'; readonly place: Place; readonly text: string }
  /** Changes a text of another format that stands inside the file, in the value that begins at an offset. */
  | { readonly kind: 'embedded'; readonly at: number; readonly change: Change }
  | { readonly kind: 'createFile'; readonly file: FileId; readonly text: string };

export function remove(slot: Slot, otherwise?: Data): Change {
  return otherwise === undefined ? { kind: 'remove', slot } : { kind: 'remove', slot, otherwise };
}

export function set(slot: Slot, value: Data): Change {
  return { kind: 'set', slot, value };
}

export function append(slot: Slot, item: Data): Change {
  return { kind: 'append', slot, item };
}

export function prefix(slot: Slot, text: string): Change {
  return { kind: 'prefix', slot, text };
}

export function replaceEnding(slot: Slot, from: string, to: string): Change {
  return { kind: 'ending', slot, from, to };
}

export function join(slot: Slot): Change {
  return { kind: 'join', slot };
}

export function tagHolder(slot: Slot, tag: string): Change {
  return { kind: 'tag', slot, tag };
}

export function insertInstruction(slot: Slot, where: 'before' | 'behind', text: string): Change {
  return { kind: 'insertInstruction', slot, where, text };
}

export function appendCommand(slot: Slot, command: string): Change {
  return { kind: 'appendCommand', slot, command };
}

export function joinNext(slot: Slot): Change {
  return { kind: 'joinNext', slot };
}

export function splitInstruction(slot: Slot): Change {
  return { kind: 'splitInstruction', slot };
}

export function removeWords(place: Place): Change {
  return { kind: 'removeWords', place };
}

/** A place without text: what replaces it is put in there. */
export function emptyPlace({ file }: Place, offset: number): Place {
  return { file, span: { start: offset, end: offset } };
}

export function replaceText(place: Place, text: string): Change {
  return { kind: 'replaceText', place, text };
}

/** A safe fix cannot change what a working file does; an unsafe one is for a person to review. */
export type Safety = 'safe' | 'unsafe';

/** All or nothing: either every change of a fix can be made, or none is. */
export interface Fix {
  /** An imperative phrase without full stop: "Remove `privileged`". */
  readonly title: string;
  readonly safety: Safety;
  readonly changes: readonly Change[];
}
