// The folders that are open, each with its files, its settings and what is known of it.
import type { Connection, WorkspaceFolder } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { type Config, emptyConfig } from '../engine/config.js';
import { parseConfig } from '../languages/config/language.js';
import { below, folderOf } from '../model/paths.js';
import { allRules } from '../rules/all.js';
import type { Files } from '../service/files.js';
import type { ShellChecks } from '../service/shell-checks.js';
import { openWorkspace, type Workspace } from '../service/workspace.js';
import { clientFiles, noFiles } from './client-files.js';
import { pathOf, type Space, sameSpace, spaceOf, uriOf } from './uris.js';

/** A workspace folder; or the folder of a document that lies in none. */
export interface Root {
  readonly uri: string;
  readonly space: Space;
  readonly path: string;
  readonly files: Files;
  /** Whether its files can be read at all. */
  readonly reads: boolean;
  readonly enabled: boolean;
  /** Whether hints for overridden values are wanted. */
  readonly hints: boolean;
  /** Whether the outline of a document is wanted. */
  readonly outline: boolean;
  readonly workspace: Workspace;
}

export interface RootsRequest {
  readonly connection: Connection;
  /** The file system of this machine; undefined where there is none, as in a browser. */
  readonly localFiles: Files | undefined;
  readonly today: () => string;
  /** Asks ShellCheck; undefined: it is not asked. */
  readonly shellChecks: ShellChecks | undefined;
  /** Whether the client reads files for us. */
  readonly clientReads: boolean;
  /** Whether the client can be asked for settings. */
  readonly asksSettings: boolean;
}

/** The settings of the section `plimsoll`, as far as the server reads them. */
interface EditorSettings {
  readonly enabled: boolean;
  readonly hints: boolean;
  readonly outline: boolean;
  readonly config: Config;
}

export class Roots {
  readonly #request: RootsRequest;
  #named: readonly WorkspaceFolder[] = [];
  #folders: readonly URI[] = [];
  #roots = new Map<string, Promise<Root>>();
  /** What the client told without being asked. */
  #pushed: unknown;

  constructor(request: RootsRequest) {
    this.#request = request;
  }

  setFolders(folders: readonly WorkspaceFolder[]): void {
    this.#named = folders;
    this.#folders = folders.map((folder) => URI.parse(folder.uri));
    this.forget();
  }

  setSettings(settings: unknown): void {
    this.#pushed = settings;
    this.forget();
  }

  /** Everything that was found out before may have changed. */
  forget(): void {
    this.#roots = new Map();
  }

  get folders(): readonly WorkspaceFolder[] {
    return this.#named;
  }

  get hasFolders(): boolean {
    return this.#folders.length > 0;
  }

  /** The workspace folders; one inside another is a part of that one. */
  async all(): Promise<readonly Root[]> {
    const outer = this.#folders.filter(
      (folder) => !this.#folders.some((other) => other !== folder && isInside(other, folder)),
    );
    return Promise.all(outer.map((folder) => this.#root(spaceOf(folder), pathOf(folder))));
  }

  /** The innermost folder that holds a document; without one, the folder that the document is in. */
  async of(uri: URI): Promise<Root> {
    const holding = this.#folders.filter((folder) => isInside(folder, uri));
    holding.sort((a, b) => pathOf(b).length - pathOf(a).length);
    const [folder] = holding;
    return folder === undefined
      ? this.#root(spaceOf(uri), folderOf(pathOf(uri)))
      : this.#root(spaceOf(folder), pathOf(folder));
  }

  #root(space: Space, path: string): Promise<Root> {
    const uri = uriOf(space, path);
    const root = this.#roots.get(uri) ?? this.#open(uri, space, path);
    this.#roots.set(uri, root);
    return root;
  }

  async #open(uri: string, space: Space, path: string): Promise<Root> {
    const { connection, localFiles, clientReads } = this.#request;
    const isFolder = this.#folders.some((folder) => sameSpace(spaceOf(folder), space) && pathOf(folder) === path);
    const local = space.scheme === 'file' ? localFiles : undefined;
    // A lone document of the client's file system is not worth a walk over all that is beside it.
    const files = local ?? (clientReads && isFolder ? clientFiles(connection, space, path) : noFiles);
    const { enabled, hints, outline, config: fallback } = await this.#settingsOf(uri);
    const workspace = openWorkspace({
      files,
      root: path,
      rules: allRules,
      config: { from: 'nearest' },
      overrides: {},
      fallback,
      today: this.#request.today(),
      shellChecks: this.#request.shellChecks,
    });
    return { uri, space, path, files, reads: files !== noFiles, enabled, hints, outline, workspace };
  }

  async #settingsOf(uri: string): Promise<EditorSettings> {
    return readEditorSettings(await this.section(uri));
  }

  /** The section `plimsoll` of the settings, for a folder or in general. */
  async section(uri?: string): Promise<unknown> {
    const { connection, asksSettings } = this.#request;
    if (!asksSettings) return this.#pushed;
    try {
      return await connection.workspace.getConfiguration(
        uri === undefined ? { section: 'plimsoll' } : { scopeUri: uri, section: 'plimsoll' },
      );
    } catch (error) {
      connection.console.warn(`The settings could not be read: ${String(error)}`);
      return undefined;
    }
  }
}

function isInside(folder: URI, uri: URI): boolean {
  return sameSpace(spaceOf(folder), spaceOf(uri)) && below(pathOf(folder), pathOf(uri)) !== undefined;
}

/** What editors give for a setting that nobody has set: nothing, or the default of the manifest, which counts anyhow. */
const unsaid: ReadonlySet<string> = new Set(['""', '{}', '"recommended"', '["default"]']);

/** The keys that a config file has too are read as one: what is wrong with them is left out. */
function readEditorSettings(section: unknown): EditorSettings {
  if (typeof section !== 'object' || section === null) {
    return { enabled: true, hints: false, outline: true, config: emptyConfig };
  }
  const settings: { readonly [key: string]: unknown } = { ...section };
  const said: { [key: string]: unknown } = {};
  for (const key of ['profile', 'rules', 'trustedRegistries', 'kubernetesVersion']) {
    const value = settings[key];
    if (value !== undefined && value !== null && !unsaid.has(JSON.stringify(value))) said[key] = value;
  }
  // JSON is YAML.
  return {
    enabled: settings.enable !== false,
    hints: wantsHints(settings.inlayHints),
    outline: settings.outline !== false,
    config: parseConfig(JSON.stringify(said), allRules, 'the settings of the editor'),
  };
}

function wantsHints(group: unknown): boolean {
  return typeof group === 'object' && group !== null && 'overriddenValues' in group && group.overriddenValues === true;
}
