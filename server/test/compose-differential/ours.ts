// The one place where the differential test calls our model.
import type { Answer, Project } from './project.js';

/** What we say of a project: its effective configuration, or the finding that tells that Compose does not load it. */
export function askOurs(_project: Project): Answer {
  throw new Error('not there yet');
}
