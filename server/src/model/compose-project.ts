import type { Workload } from './workload.js';

/** The merged model of a Compose project. */
export interface ComposeProject {
  readonly services: readonly ComposeService[];
}

export interface ComposeService {
  readonly workload: Workload;
  /** The profiles that it belongs to; none: it always runs. Undefined where they cannot be told. */
  readonly profiles: readonly string[] | undefined;
}
