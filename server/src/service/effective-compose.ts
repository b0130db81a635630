// The Compose projects of a file as texts to read.
import type { ComposeProject } from '../model/compose/project.js';
import { valueOf } from '../model/located.js';
import { below, folderOf, nameOf } from '../model/paths.js';
import { LineIndex } from '../text/line-index.js';
import { oneLine } from '../text/one-line.js';
import type { FileId, Place } from '../text/span.js';
import { renderProject } from './compose-view.js';
import type { Linted } from './lint-text.js';

export interface NamedProject {
  /** What it is called where nobody chose another name: as its folder. */
  readonly name: string;
  readonly project: ComposeProject;
}

/** The projects that a file is a part of, that of its own folder first. */
export function projectsOf({ file }: Linted): readonly NamedProject[] {
  const own = folderOf(file.source.id);
  const isOwn = ({ main }: ComposeProject) => main[0] !== undefined && folderOf(main[0]) === own;
  const { composeProject: all = [] } = file.subjects;
  return [...all.filter(isOwn), ...all.filter((project) => !isOwn(project))].map((project) => ({
    name: nameOfProject(project),
    project,
  }));
}

/** As Compose makes a name of that of a folder (compose-go, "NormalizeProjectName"). */
function nameOfProject({ fields, main }: ComposeProject): string {
  const written = valueOf(fields.string('name'));
  const name = (written ?? nameOf(folderOf(main[0] ?? ''))).toLowerCase();
  return name.replaceAll(/[^a-z0-9_-]/g, '').replace(/^[_-]+/, '') || 'project';
}

/** More files are not listed. */
const maxListed = 20;

/** The files of a project as its text calls them. */
export function projectFiles(
  { project }: NamedProject,
  linted: Linted,
): readonly { readonly file: FileId; readonly name: string }[] {
  const where = namesIn(project, linted);
  return project.files.map((file) => ({ file, name: where.file(file) }));
}

function namesIn({ main }: ComposeProject, linted: Linted): PlaceNames {
  return placeNames(linted, folderOf(main[0] ?? ''));
}

/** The project in long form, below some lines of comments that say what it is. */
export function projectText({ name, project }: NamedProject, linted: Linted): string {
  const where = namesIn(project, linted);
  const { files } = project;
  const listed = files.slice(0, maxListed).map((file) => where.file(file));
  const rest = files.length > maxListed ? ` and ${files.length - maxListed} more` : '';
  const misread = project
    .misread()
    .map((place) => `# ${where.place(place)} is no YAML: what follows may miss something.`);
  const effective = project.effective();
  const notes = [
    `# ${project.whole ? 'The project' : 'What is known of the project'} '${name}' as it will run.`,
    '# Behind each line stands where it comes from.',
    `# Read from ${listed.join(', ')}${rest}.`,
    ...misread.slice(0, maxListed),
    ...(effective === undefined ? ['# There is nothing in it.'] : []),
  ];
  const text = effective === undefined ? '' : renderProject(effective, where.place);
  return `${notes.map(oneLine).join('\n')}\n${text}`;
}

/** The text for a Compose file of which nothing can be read, so that it has no project. */
export function unreadText({ file }: Linted): string {
  const where = placeNames({ file }, folderOf(file.source.id));
  const reasons = file.source.problems.map(({ at, message }) => `# ${where.place(at)}: ${message}`);
  return `${['# Nothing can be read here.', ...reasons.slice(0, maxListed)].map(oneLine).join('\n')}\n`;
}

export interface PlaceNames {
  readonly file: (file: FileId) => string;
  /** `compose.yaml:4` */
  readonly place: (place: Place) => string;
  /** Undefined for a file that is not known. */
  readonly lines: (file: FileId) => LineIndex | undefined;
}

/** How places are named for somebody in a folder. */
export function placeNames({ file, elsewhere }: Pick<Linted, 'file' | 'elsewhere'>, folder: string): PlaceNames {
  const indexes = new Map<FileId, LineIndex>();
  const lines = (id: FileId): LineIndex | undefined => {
    const text = id === file.source.id ? file.text : elsewhere?.get(id);
    const index = indexes.get(id) ?? (text === undefined ? undefined : new LineIndex(text));
    if (index !== undefined) indexes.set(id, index);
    return index;
  };
  const name = (id: FileId) => wayTo(folder, id);
  return {
    file: name,
    place: ({ file: id, span }) => {
      const line = lines(id)?.positionAt(span.start).line;
      return line === undefined ? name(id) : `${name(id)}:${line + 1}`;
    },
    lines,
  };
}

/** The way from a folder to a file: `../base/compose.yaml`; the whole path where that is no longer. */
function wayTo(folder: string, path: FileId): string {
  let up = '';
  for (let from = folder; ; from = folderOf(from)) {
    const rest = below(from, path);
    if (rest !== undefined) return up.length + rest.length < path.length ? `${up}${rest}` : path;
    if (folderOf(from) === from) return path;
    up += '../';
  }
}
