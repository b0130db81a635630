// The stages of a Dockerfile, for whoever wants to know what an image is.
import type { Stage } from '../../model/dockerfile.js';
import type { FileId } from '../../text/span.js';
import { readModel } from './model.js';
import { splitDockerfile } from './split.js';

/** `hidden`: variables of which nothing is known. */
export function readStages(file: FileId, text: string, hidden?: ReadonlySet<string>): readonly Stage[] {
  return readModel(splitDockerfile(file, text), hidden).stages;
}
