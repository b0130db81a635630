// A Compose project of the differential test: what is written to disk for Compose, and handed to our model as it is.

export interface Project {
  /** What it is about; no two of a run are the same. */
  readonly name: string;
  /** What it is made of, for the proof that everything occurs. */
  readonly features: readonly string[];
  /** The texts by their path in the project's folder. */
  readonly files: { readonly [path: string]: string };
  /** The files that `-f` lists, in merge order. Absent where Compose finds the files by their names. */
  readonly main?: readonly string[];
  /** Why Compose does not load it. Absent where it has to load. */
  readonly refused?: Refusal;
  /** The variables that have no value anywhere: we do not know what the shell will hold, Compose takes them for empty. */
  readonly unset: readonly string[];
}

export interface Refusal {
  readonly reason: string;
  /** What Compose says. */
  readonly message: RegExp;
}

/** What Compose says of a project, or we. */
export type Answer =
  | { readonly json: JsonMap; readonly refused?: undefined }
  | { readonly refused: string; readonly json?: undefined };

export type Json = string | number | boolean | null | JsonSymbol | readonly Json[] | JsonMap;
export interface JsonMap {
  readonly [key: string]: Json;
}
type JsonSymbol = typeof notKnown;

/** Stands in our answer for a value that hangs on a variable without a value. Compose never gives it. */
export const notKnown = Symbol('not known');

/** Where both sides see the project. Its last part is the name of the project where no `name` gives one. */
export const projectFolder = '/project';

/** The project as a person reads it when a case fails. */
export function describeProject(project: Project): string {
  const texts = Object.entries(project.files).map(([path, text]) => `--- ${path}\n${text}`);
  const command = project.main === undefined ? [] : [`docker-compose ${project.main.map((f) => `-f ${f}`).join(' ')}`];
  return [`${project.name} (${project.features.join(', ')})`, ...command, ...texts].join('\n');
}

export function isJsonMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
