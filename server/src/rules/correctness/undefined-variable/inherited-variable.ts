// Variables that base images bring, so that a Dockerfile may use them without a word.

import type { Stage } from '../../../model/dockerfile/stage.js';
import { imageName } from '../../../model/image-reference.js';

/** What the Docker Official Images set in their ENV lines, but for versions (November 2026). */
const inherited: ReadonlySet<string> = new Set([
  'CARGO_HOME',
  'CATALINA_HOME',
  'DEBIAN_FRONTEND',
  'GEM_HOME',
  'GOPATH',
  'GOROOT',
  'GRADLE_HOME',
  'HOME',
  'HOSTNAME',
  'HTTPD_PREFIX',
  'JAVA_HOME',
  'LANG',
  'LANGUAGE',
  'LC_ALL',
  'LD_LIBRARY_PATH',
  'MAVEN_HOME',
  'PATH',
  'PGDATA',
  'PHP_INI_DIR',
  'PWD',
  'PYTHONPATH',
  'RUSTUP_HOME',
  'SHELL',
  'TERM',
  'USER',
  'YARN_VERSION',
]);

/** Whether a base image is likely to set a variable: its absence from the file then says nothing. */
export function isInheritedAnyway(name: string, stage: Stage): boolean {
  if (inherited.has(name)) return true;
  // The image `node` sets NODE_VERSION.
  const image = stage.bottomImage;
  const program = /^(\w+)_VERSION$/.exec(name)?.[1];
  if (image.kind !== 'known' || program === undefined) return false;
  return imageName(image.value).replaceAll('-', '_').toUpperCase() === program;
}
