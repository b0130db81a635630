// Reads the files of one Compose project and shows what came out as plain text, with file and source of each place.
import assert from 'node:assert/strict';
import type { ReadFile } from '../../../src/engine/language.js';
import { composeLanguage } from '../../../src/languages/compose/language.js';
import type { ComposeProject } from '../../../src/model/compose/project.js';
import type { ComposeService } from '../../../src/model/compose/service.js';
import type { Located } from '../../../src/model/located.js';
import type { Place } from '../../../src/text/span.js';

export interface Project {
  readonly texts: ReadonlyMap<string, string>;
  readonly file: ReadFile;
}

const root = '/p';

/** A project below `/p`, read as its first file. `main`: the files that are merged; all of them where it is left out. */
export function readProject(
  files: { readonly [name: string]: string },
  main: readonly string[] = Object.keys(files).filter((name) => !name.includes('/') && !name.endsWith('.env')),
): Project {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`${root}/${name}`, text]));
  const paths = main.map((name) => `${root}/${name}`);
  const file = composeLanguage.read({
    file: paths[0] ?? '',
    text: texts.get(paths[0] ?? '') ?? '',
    mode: 'open',
    kubernetesMinor: 31,
    projects: [
      {
        main: paths,
        variables: [`${root}/.env`],
        texts,
        missing: new Set([`${root}/missing.yaml`]),
        partial: false,
        memory: {},
      },
    ],
  });
  return { texts, file };
}

export function project({ file }: Project): ComposeProject {
  const [found] = file.subjects.composeProject ?? [];
  assert.ok(found, 'no project');
  return found;
}

export function service(read: Project, name = 'web'): ComposeService {
  const found = file(read).find((candidate) => candidate.name === name);
  assert.ok(found, `no service ${name}`);
  return found;
}

function file(read: Project): readonly ComposeService[] {
  return read.file.subjects.service ?? [];
}

/** `NAME:source`, the name of the file and what stands at the place. */
export function at({ texts }: Project, place: Place): string {
  const text = texts.get(place.file);
  assert.ok(text !== undefined, place.file);
  const { start, end } = place.span;
  assert.ok(start <= end && end <= text.length);
  return `${place.file.slice(root.length + 1)}:${text.slice(start, end)}`;
}

/** `value @file:source`, `? @…` or `- @…`, with the hops behind it. */
export function show<T>(read: Project, field: Located<T>, value: (known: T) => unknown = (known) => known): string {
  const where = `@${at(read, field.at)}`;
  if (field.kind === 'absent') return `- ${where}`;
  const hops = field.via.map((hop) => ` <${hop.kind} ${at(read, hop.at)}`).join('');
  return `${field.kind === 'known' ? String(value(field.value)) : '?'} ${where}${hops}`;
}

/** The items of a list, each as {@link show} does it. */
export function showAll<T>(
  read: Project,
  list: Located<readonly Located<T>[]>,
  value: (known: T) => unknown = (known) => known,
): readonly string[] {
  assert.equal(list.kind, 'known');
  return list.kind === 'known' ? list.value.map((item) => show(read, item, value)) : [];
}
