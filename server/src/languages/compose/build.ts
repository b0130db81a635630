// What a service is built from: its Dockerfile, or the text that stands for one.
import type { ComposeFiles } from '../../engine/language.js';
import type { BuiltImage } from '../../model/compose/built-image.js';
import { givesRootUp } from '../../model/dockerfile/gives-root-up.js';
import type { Stage } from '../../model/dockerfile/stage.js';
import type { Located } from '../../model/located.js';
import type { MappedText } from '../../text/mapped-text.js';
import type { FileId, Place } from '../../text/span.js';
import { entryAt, get, type YamlDocument, type YamlValue } from '../yaml/document.js';
import { textForShell } from './interpolation.js';
import { resolvePath } from './project/resolve-path.js';
import { type ComposeValues, field } from './values.js';

export interface Build {
  /** The value of `build`. */
  readonly value: YamlValue;
  /** The scalars that say where the Dockerfile is: `context`, or `build` itself, and `dockerfile`. */
  readonly named: readonly YamlValue[];
  /** The Dockerfile; undefined where it is not known to be on this machine. */
  readonly file: FileId | undefined;
  readonly inline: YamlValue | undefined;
  /** The stage that is built; undefined: the last one. */
  readonly target: string | undefined;
}

const keys: readonly string[] = ['context', 'dockerfile', 'dockerfile_inline', 'target'];

/** `folders`: what relative paths of a document count from. Undefined where nothing is built, or nobody can tell what. */
export function readBuild(
  values: ComposeValues,
  folders: ReadonlyMap<YamlDocument, string>,
  service: YamlValue,
): Build | undefined {
  const value = field(service, 'build');
  if (value === undefined || value.node?.kind === 'sequence') return undefined;
  if (keys.some((key) => get(value, key)?.duplicate === true) || isTemplate(value)) return undefined;
  const isShort = value.merged === undefined && value.node?.kind === 'scalar';
  const context = isShort ? value : field(value, 'context');
  const [inline, dockerfile, target] = ['dockerfile_inline', 'dockerfile', 'target'].map((key) => field(value, key));
  const stage = target === undefined ? '' : values.known(target)?.value;
  if (stage === undefined) return undefined;
  const found = { value, target: stage === '' ? undefined : stage };
  if (inline !== undefined && !isEmpty(values, inline)) {
    // Compose refuses both at once.
    return isEmpty(values, dockerfile) ? { ...found, named: [], file: undefined, inline } : undefined;
  }
  const named = [context, dockerfile].filter((each) => each !== undefined);
  const folder = context === undefined ? folders.get(service.document) : pathIn(values, folders, context);
  const name = isEmpty(values, dockerfile) ? 'Dockerfile' : dockerfile && values.known(dockerfile)?.value;
  const file = folder === undefined || name === undefined ? undefined : resolvePath(folder, name);
  return { ...found, named, file, inline: undefined };
}

/** `build: {{ name }}` reads as a map with a map for its key. */
function isTemplate({ node }: YamlValue): boolean {
  return node?.kind === 'map' && node.pairs.some(({ name, merge }) => name === undefined && !merge);
}

function isEmpty(values: ComposeValues, value: YamlValue | undefined): boolean {
  return value === undefined || values.known(value)?.value === '';
}

/** Where a path leads that counts from the folder of its document. */
export function pathIn(
  values: ComposeValues,
  folders: ReadonlyMap<YamlDocument, string>,
  value: YamlValue,
): FileId | undefined {
  const folder = folders.get(value.document);
  const written = values.known(value)?.value;
  return folder === undefined || written === undefined ? undefined : resolvePath(folder, written);
}

/** A Dockerfile inside a Compose file, as the builder gets it. */
export interface InlineText {
  readonly text: MappedText;
  /** The variables that Compose replaces and whose values are not known: they stand in the text as they are written. */
  readonly hidden: ReadonlySet<string>;
}

/** Undefined where a variable or a template may bring instructions of which nothing is known. */
export function inlineText(values: ComposeValues, value: YamlValue): InlineText | undefined {
  const written = values.written(value);
  if (written === undefined || written.interpolation.invalid.length > 0) return undefined;
  const hidden = new Set<string>();
  let isLineStart = true;
  for (const { known, text } of written.interpolation.parts) {
    if (!known && isLineStart) return undefined;
    if (!known) for (const [, name = ''] of text.value.matchAll(/\$\{?([A-Za-z_]\w*)/g)) hidden.add(name);
    const line = text.value.slice(text.value.lastIndexOf('\n') + 1);
    isLineStart = known && (isLineStart || text.value.includes('\n')) && line.trim() === '';
  }
  return { text: textForShell(written.interpolation, written.source.place), hidden };
}

/** What a Dockerfile says of the image of a service; undefined where it cannot be told which stage that is. */
export function readBuiltImage(
  values: ComposeValues,
  files: ComposeFiles,
  service: YamlValue,
  build: Build | undefined,
): BuiltImage | undefined {
  const at = entryAt(service, 'build')?.keyAt;
  if (build === undefined || at === undefined || files.readStages === undefined) return undefined;
  const { inline, file, target } = build;
  if (inline !== undefined) {
    const source = inlineText(values, inline);
    if (source === undefined) return undefined;
    const { text, hidden } = source;
    const stages = files.readStages(text.place.file, text.value, hidden);
    return imageOf(stages, target, { at, isInline: true, move: ({ span }) => text.part(span.start, span.end) });
  }
  const text = file === undefined ? undefined : files.dockerfiles?.get(file);
  if (file === undefined || text === undefined) return undefined;
  return imageOf(files.readStages(file, text), target, { at, isInline: false, move: (place) => place });
}

interface Around {
  readonly at: Place;
  readonly isInline: boolean;
  /** From the text of the Dockerfile to that of its file. */
  readonly move: (place: Place) => Place;
}

function imageOf(
  stages: readonly Stage[],
  target: string | undefined,
  { at, isInline, move }: Around,
): BuiltImage | undefined {
  const name = target?.toLowerCase();
  const stage =
    name === undefined
      ? stages.at(-1)
      : (stages.find((each) => each.name?.toLowerCase() === name) ??
        (/^\d+$/.test(name) ? stages[Number(name)] : undefined));
  if (stage === undefined) return undefined;
  let lowest = stage;
  while (lowest.base !== undefined) lowest = lowest.base;
  const base = lowest.instructions[0]?.arguments[0];
  if (base === undefined) return undefined;
  const moved = <T>(field: Located<T>): Located<T> => ({ ...field, at: move(field.at) });
  return {
    at,
    isInline,
    isLastStage: stage.final,
    os: stage.os,
    user: moved(stage.user),
    base: moved(base),
    givesRootUp: givesRootUp(stage),
  };
}
