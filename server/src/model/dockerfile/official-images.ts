// What a bare word behind `--from=` means that no stage is called by.
import type { Stage } from './stage.js';

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
 * or one that a stage is built on ({@link imageNameOf}). Any other may be a build context that has a name, or a slip.
 */
export function isImageName(name: string, builtOn: ReadonlySet<string>): boolean {
  return officialImages.has(name) || builtOn.has(name);
}

/** The image that a stage is built on, without tag and digest; undefined where it is none from outside, or not known. */
export function imageNameOf({ image }: Stage): string | undefined {
  return image.kind === 'known' ? image.value.text.split(/[:@]/, 1)[0] : undefined;
}
