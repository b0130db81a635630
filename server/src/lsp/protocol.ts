// What is said between client and server beyond the Language Server Protocol itself.
import { NotificationType, NotificationType0, type Range, RequestType } from 'vscode-languageserver';

/** What a client may tell in `initializationOptions`. All of it is optional. */
export interface InitializationOptions {
  /** The client answers {@link readFileRequest} and {@link findFilesRequest} for URIs that are no files of this machine. */
  readonly files: boolean;
  /** The client asks for the reason of an ignore comment itself: such actions come as the command `plimsoll.ignoreWithReason`. */
  readonly askReason: boolean;
  /** Where the page of a rule is; `{id}` stands for the rule. */
  readonly rulePage: string | undefined;
  /** The client wants {@link statusNotification}. */
  readonly status: boolean;
  /** The client wants {@link composeChangedNotification}. */
  readonly composeChanges: boolean;
  /** The client never asks for `workspace/diagnostic`: what stands in files that are not open is pushed. */
  readonly pushWorkspace: boolean;
  /**
   * The ShellCheck to ask about the scripts of Dockerfiles: its absolute path, or its name on the PATH. No setting, for
   * settings may come from the files of a workspace, which start no program.
   */
  readonly shellcheckPath: string | undefined;
  /** Settings of a client that has no `workspace/configuration`; the same keys as the section `plimsoll`. */
  readonly settings: unknown;
}

export interface ReadFileParams {
  readonly uri: string;
  /** At most so many bytes are wanted. */
  readonly limit: number;
}

export interface ReadFileResult {
  /** In Base64. */
  readonly data: string;
}

export const readFileRequest = new RequestType<ReadFileParams, ReadFileResult, void>('plimsoll/readFile');

export interface FindFilesResult {
  readonly uris: readonly string[];
}

/** All files below a folder whose names may matter here. */
export const findFilesRequest = new RequestType<{ readonly folder: string }, FindFilesResult, void>(
  'plimsoll/findFiles',
);

/**
 * `waiting`: on command only, and nobody asked yet. `standing-back`: there are more files than a scan takes by itself.
 * `idle`: there is no folder to scan.
 */
export type ScanState = 'off' | 'idle' | 'waiting' | 'scanning' | 'done' | 'cancelled' | 'standing-back';

export interface Status {
  readonly scan: ScanState;
  /** Files done, and files to do in all. */
  readonly done: number;
  readonly total: number;
  /** Findings that baselines hold back, in the files of the scan. */
  readonly heldBack: number;
  /** False where only open documents are known, because the client reads no files for us. */
  readonly files: boolean;
  /** What keeps a part of the findings from being known, in a sentence; undefined: nothing does. */
  readonly trouble?: string | undefined;
  /** One short sentence for people, followed by `trouble`. */
  readonly message: string;
}

export const statusNotification = new NotificationType<Status>('plimsoll/status');

export interface EffectiveComposeParams {
  /** A file of the project, open or not. */
  readonly uri: string;
  /** Which of its projects, by its id; undefined or unknown: that of its own folder, else the first one. */
  readonly project?: string | undefined;
}

export interface EffectiveComposeResult {
  /** Names the project in further requests about the same file. */
  readonly project: string;
  /** What people call it. */
  readonly name: string;
  /** YAML with comments. */
  readonly text: string;
  /** The files that it was read from, as the comments of the text call them: `NAME:LINE`. */
  readonly files: readonly { readonly uri: string; readonly name: string }[];
  /** All projects that the file is in, this one among them. */
  readonly projects: readonly EffectiveComposeProject[];
}

export interface EffectiveComposeProject {
  readonly project: string;
  readonly name: string;
  /** Its first file, as people name it. */
  readonly file: string;
}

/** The project of a Compose file, merged; null for other files. Also the command {@link serverCommands.effectiveCompose}. */
export const effectiveComposeRequest = new RequestType<EffectiveComposeParams, EffectiveComposeResult | null, void>(
  'plimsoll/effectiveCompose',
);

/** For clients that ask for it: because of files that are not open, or of settings, projects may be other ones now. */
export const composeChangedNotification = new NotificationType0('plimsoll/composeChanged');

/** The commands of `workspace/executeCommand`. */
export const serverCommands = {
  scan: 'plimsoll.server.scan',
  cancelScan: 'plimsoll.server.cancelScan',
  fixWorkspace: 'plimsoll.server.fixWorkspace',
  ignore: 'plimsoll.server.ignore',
  configuration: 'plimsoll.server.configuration',
  rulePage: 'plimsoll.server.rulePage',
  effectiveCompose: 'plimsoll.server.effectiveCompose',
} as const;

/** The argument of `plimsoll.server.ignore`: a finding, by its rule and range, and why it is no fault. */
export interface IgnoreParams {
  readonly uri: string;
  readonly rule: string;
  readonly range: Range;
  readonly reason: string;
}

/** The command of a client that asks for reasons; its argument is an {@link IgnoreParams} whose `reason` is to be replaced. */
export const ignoreWithReason = 'plimsoll.ignoreWithReason';

export function readInitializationOptions(value: unknown): InitializationOptions {
  const options: { readonly [key: string]: unknown } = typeof value === 'object' && value !== null ? { ...value } : {};
  return {
    files: options.files === true,
    askReason: options.askReason === true,
    rulePage: typeof options.rulePage === 'string' ? options.rulePage : undefined,
    status: options.status === true,
    composeChanges: options.composeChanges === true,
    pushWorkspace: options.pushWorkspace === true,
    shellcheckPath:
      typeof options.shellcheckPath === 'string' && options.shellcheckPath !== '' ? options.shellcheckPath : undefined,
    settings: options.settings,
  };
}
