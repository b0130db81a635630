// The WORKDIR that well-known images bring, from the Dockerfiles of the Docker Official Images (November 2026).
import { imageName } from '../image-reference.js';
import type { Stage } from './stage.js';

const workdirs: ReadonlyMap<string, string> = new Map([
  ...['almalinux', 'alpine', 'amazonlinux', 'archlinux', 'bash', 'buildpack-deps', 'busybox', 'debian'].map(atRoot),
  ...['eclipse-temurin', 'fedora', 'memcached', 'nginx', 'node', 'oraclelinux', 'perl', 'postgres'].map(atRoot),
  ...['python', 'rockylinux', 'ruby', 'rust', 'ubuntu'].map(atRoot),
  ['composer', '/app'],
  ['drupal', '/opt/drupal'],
  ['ghost', '/var/lib/ghost'],
  ['golang', '/go'],
  ['gradle', '/home/gradle'],
  ['httpd', '/usr/local/apache2'],
  ['joomla', '/var/www/html'],
  ['nextcloud', '/var/www/html'],
  ['redis', '/data'],
  ['tomcat', '/usr/local/tomcat'],
  ['valkey', '/data'],
  ['wordpress', '/var/www/html'],
]);

function atRoot(name: string): readonly [string, string] {
  return [name, '/'];
}

/** The WORKDIR of the image that a stage is built on at last; undefined where it is not known. */
export function documentedWorkdir(stage: Stage): string | undefined {
  const image = stage.bottomImage;
  if (image.kind !== 'known' || image.value.registry !== 'docker.io') return undefined;
  if (!image.value.repository.startsWith('library/')) return undefined;
  return workdirs.get(imageName(image.value));
}
