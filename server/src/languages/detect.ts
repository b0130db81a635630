// Which format a file is in, by its language id, its name and its first lines.
import type { FileKind } from '../model/format.js';

interface FileIntroduction {
  /** A name or a path, with `/` or `\`. */
  readonly name: string;
  /** What an editor takes it for. */
  readonly languageId?: string | undefined;
  readonly text: string;
}

/** Only so much of a text is looked at to find out what it is, in UTF-16 units. */
const maxLookedAt = 512 * 1024;

const dockerfileName = /^(?:dockerfile|containerfile)(?:[^a-z].*)?$|\.(?:dockerfile|containerfile)$/is;
/** Ends of names that begin like a Dockerfile and are something else: sources of one, texts about one, copies of one. */
const noDockerfile =
  /\.(?:dockerignore|template|tmpl|tpl|gotmpl|j2|jinja2?|erb|ejs|hbs|mustache|in|md|markdown|rst|adoc|txt|html?|json|ya?ml|toml|xml|sh|ps1|py|rb|go|rs|java|[cm]?[jt]sx?|lock|diff|patch|bak|orig|rej|swp)$|~$/i;
const composeName = /^(?:docker-)?compose(?:[.-].+)?\.ya?ml$/is;
const yamlName = /\.ya?ml$/i;
/** `.plimsoll.yaml`, and `team.plimsoll.yaml` for those that others extend; hadolint's, which is read as well. */
const configName = /\.plimsoll\.ya?ml$|^\.hadolint\.ya?ml$/;
/** Files of a Helm chart that may hold both keys without being an object of the cluster. */
const chartName = /^(?:chart|values)\.ya?ml$/i;

/** The kind of a file; undefined for everything that nobody here has anything to say about. */
export function detectKind({ name, languageId, text }: FileIntroduction): FileKind | undefined {
  const base = baseName(name);
  if (configName.test(base)) return 'config';
  if (dockerfileName.test(base)) return noDockerfile.test(base) ? undefined : 'dockerfile';
  if (languageId === 'dockerfile') return 'dockerfile';
  if (languageId === 'dockercompose') return 'compose';
  if (!yamlName.test(base) && languageId !== 'yaml' && languageId !== 'helm') return undefined;
  // A Compose file has neither key at its top, so that the contents settle what the name leaves open.
  if (!chartName.test(base) && holdsObject(text)) return 'kubernetes';
  return composeName.test(base) ? 'compose' : undefined;
}

/**
 * The folders that would hold `Chart.yaml` if the path were a template of a Helm chart, the nearest first: those right
 * above a folder `templates`. Without the final `/`; empty for the folder that a relative path begins in.
 */
export function helmChartRoots(path: string): readonly string[] {
  const roots: string[] = [];
  const folder = /(?:^|[\\/])templates(?=[\\/])/g;
  for (const match of path.matchAll(folder)) roots.unshift(path.slice(0, match.index));
  return roots;
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Whether one of the documents has the keys `apiVersion` and `kind` at the start of a line. */
function holdsObject(text: string): boolean {
  const head = text.length > maxLookedAt ? text.slice(0, maxLookedAt) : text;
  const line = /^\uFEFF?(?:(---|\.\.\.)(?=[ \t\r]|$)|["']?(apiVersion|kind)["']?[ \t]*:(?=[ \t\r]|$))/gm;
  let apiVersion = false;
  let kind = false;
  for (const [, marker, key] of head.matchAll(line)) {
    if (marker !== undefined) {
      apiVersion = false;
      kind = false;
    } else if (key === 'kind') kind = true;
    else apiVersion = true;
    if (apiVersion && kind) return true;
  }
  return false;
}
