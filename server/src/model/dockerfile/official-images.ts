// What a bare word behind `--from=` means that no stage is called by.
import type { ImageReference } from '../image-reference.js';

/** Docker Official Images that others copy single files from (Docker Hub, November 2026). */
const officialImages: ReadonlySet<string> = new Set([
  'alpine',
  'amazoncorretto',
  'bash',
  'busybox',
  'caddy',
  'composer',
  'consul',
  'debian',
  'docker',
  'eclipse-temurin',
  'fedora',
  'golang',
  'gradle',
  'haproxy',
  'httpd',
  'maven',
  'memcached',
  'mongo',
  'mysql',
  'nats',
  'nginx',
  'node',
  'openjdk',
  'perl',
  'php',
  'postgres',
  'python',
  'redis',
  'registry',
  'ruby',
  'rust',
  'swift',
  'telegraf',
  'tomcat',
  'traefik',
  'ubuntu',
  'vault',
]);

/**
 * Whether a word without registry, path and tag, which no stage has for its name, is surely an image: one of Docker's own,
 * or one that a stage is built on (`builtOn`, by their bare names). Any other may be a build context that has a name, or a slip.
 */
export function isImageName(name: string, builtOn: ReadonlySet<string>): boolean {
  return officialImages.has(name) || builtOn.has(name);
}

/** An image without tag and digest, as it is written. */
export function bareName({ text }: ImageReference): string {
  return text.split(/[:@]/, 1)[0] ?? text;
}
