// What the engine asks of a language room.
import type { Address } from '../model/address.js';
import type { Change } from '../model/change.js';
import type { ShellFindings } from '../model/dockerfile/shell-script.js';
import type { Stage } from '../model/dockerfile/stage.js';
import type { FileKind } from '../model/format.js';
import type { Slot } from '../model/located.js';
import type { SourceFile } from '../model/source-file.js';
import type { TextEdit } from '../text/edit.js';
import type { MappedText } from '../text/mapped-text.js';
import type { FileId, Place, Span } from '../text/span.js';
import type { SubjectMap, SubjectName, Subjects } from './rule.js';

export interface ReadRequest {
  readonly file: FileId;
  readonly text: string;
  /** `open`: parsed whole. `scan`: documents of kinds that no rule reads are not parsed. */
  readonly mode: 'open' | 'scan';
  /** The text of the `.env` file that Compose would use; undefined where there is none. */
  readonly dotenv?: string | undefined;
  /** The Compose projects that the file is judged in; undefined: it is one by itself. */
  readonly projects?: readonly ComposeFiles[] | undefined;
  /** Whether the objects of the file are patches: others that stand elsewhere complete them. */
  readonly patch?: boolean | undefined;
  /** What a config file cannot say of itself; undefined for other files. */
  readonly config?: ConfigSurroundings | undefined;
  /** The name or number of the stage of a Dockerfile that is built; undefined: the last one. */
  readonly target?: string | undefined;
  /** What ShellCheck says about scripts, as far as it is known; undefined where nobody asks it. */
  readonly shellFindings?: ShellFindings | undefined;
  /** The minor number of the target Kubernetes version. */
  readonly kubernetesMinor: number;
  /** Names of variables that somebody replaces before the text is read; of their values nothing is known. */
  readonly hidden?: ReadonlySet<string> | undefined;
  /** The last reading of the same file; parts whose text did not change are taken from it. */
  readonly previous?: ReadFile | undefined;
}

/** The files of a Compose project. */
export interface ComposeFiles {
  /** Those that are merged, in order: the base, then what overrides it. */
  readonly main: readonly FileId[];
  /** The files that give variables their values; of two that give one the later counts. */
  readonly variables: readonly FileId[];
  /** What all files hold that the project is made of, those that others extend or include among them. */
  readonly texts: ReadonlyMap<FileId, string>;
  /** Files that are named and are not there. Of others that `texts` does not have nothing is known. */
  readonly missing: ReadonlySet<FileId>;
  /** What the Dockerfiles hold that services are built from, as far as they are known. */
  readonly dockerfiles?: ReadonlyMap<FileId, string> | undefined;
  /** Reads Dockerfiles; undefined where nobody can. */
  readonly readStages?: ReadStages | undefined;
  /** Whether the project is a fragment that somebody merges onto another one: nothing is missing in it. */
  readonly partial: boolean;
  /** Whether other files that nobody knows of may be merged with it: what it names may be defined there. */
  readonly open?: boolean | undefined;
  /** The same object in all readings of the project, which keep there what they share. */
  readonly memory: object;
}

/** The stages of a Dockerfile. `hidden`: see {@link ReadRequest.hidden}. */
export type ReadStages = (file: FileId, text: string, hidden?: ReadonlySet<string>) => readonly Stage[];

export interface ConfigSurroundings {
  /** `2026-12-31`; undefined: no ignore has ended. */
  readonly today?: string | undefined;
  /** Why a path of `extends` was not taken in, by the path as it is written. */
  readonly unextended?: ReadonlyMap<string, string> | undefined;
  /** The ignores that are known to silence nothing, by where they begin. */
  readonly unused?: ReadonlySet<number> | undefined;
}

export interface Comment {
  /** From its `#` to the end of its line. */
  readonly span: Span;
  /** Whether something else stands before it on its line. */
  readonly trailing: boolean;
  /** Whether what follows would mean something else if its line were not there. */
  readonly separates?: boolean;
}

/** An annotation in the metadata of a Kubernetes object, or of a pod template in it. */
export interface Annotation {
  readonly key: string;
  /** Empty where it is no string, or cannot be told. */
  readonly value: string;
  readonly of: 'object' | 'pod-template';
  /** The text of what it belongs to. */
  readonly scope: Span;
}

/** Subjects that were read from one part of a file, or of several. */
export interface SubjectGroup<Subject> {
  /** The same object in every reading in which that means the same, wherever it stands: the subjects are the same, too. */
  readonly part: object;
  /** Read when somebody asks for them: not where all rules are known to have nothing to say of the part. */
  readonly members: () => readonly Subject[];
}

export type SubjectGroups = { readonly [Name in SubjectName]?: readonly SubjectGroup<SubjectMap[Name]>[] };

/** One file, read. Immutable, but for caches. */
export interface ReadFile {
  readonly source: SourceFile;
  readonly text: string;
  /** The texts of other files that its subjects were read from. */
  readonly others?: ReadonlyMap<FileId, string>;
  readonly subjects: Subjects;
  /** Texts of other formats in it, which are no part of its subjects. */
  readonly embedded?: readonly EmbeddedText[];
  /** The files that it names, in order. */
  readonly links?: () => readonly FileLink[];
  /** All subjects of these names once more, by what they were read from. */
  readonly groups?: SubjectGroups;
  /**
   * What another subject was read from: the same object in every reading in which that means the same, wherever it stands.
   * Undefined where there is none.
   */
  readonly partOf?: (subject: object) => object | undefined;
  /** All comments, in order. */
  comments(): readonly Comment[];
  /**
   * What a comment that stands alone on its line speaks of: the next instruction, or the pair or list item that begins
   * on the next line that is no comment, with all below it. Undefined where nothing follows.
   */
  scopeBelow(comment: Comment): Span | undefined;
  /**
   * The largest thing that begins on the line of an offset: an instruction; a document, pair or list item with all below
   * it. Undefined where none does.
   */
  blockAt(offset: number): Span | undefined;
  /**
   * For a field that is not there: the key or item of the innermost thing that is there and lacks it. Undefined where the
   * format has no such things.
   */
  lackingAt(slot: Slot): Place | undefined;
  /** Those of Kubernetes objects; none in other files. */
  annotations(): readonly Annotation[];
  /** What an offset belongs to. */
  addressOf(offset: number): Address;
  /** The edits that make a change; undefined where it cannot be made without touching something else. */
  edits(change: Change): readonly TextEdit[] | undefined;
}

/** A part of a file that names another file, whether or not that is there, or a line of the same one. */
export interface FileLink {
  readonly at: Place;
  readonly path: FileId;
  /** Counted from 0; undefined: the file as a whole. */
  readonly line?: number;
}

/** A text of another format that stands inside a file. */
export interface EmbeddedText {
  readonly kind: FileKind;
  readonly text: MappedText;
  /** See {@link ReadRequest.hidden}. */
  readonly hidden: ReadonlySet<string>;
  /** The edits of the file that come to edits of the text; undefined where none are exactly that. */
  edits(edits: readonly TextEdit[]): readonly TextEdit[] | undefined;
}

/** A language room. */
export interface Language {
  readonly kind: FileKind;
  read(request: ReadRequest): ReadFile;
}
