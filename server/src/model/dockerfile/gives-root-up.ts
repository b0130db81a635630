// Images that start as root and hand their program over to another user themselves.
import { remembered } from '../parted.js';
import { matchesRegistry } from '../registry-pattern.js';
import type { Instruction } from './instruction.js';
import type { Stage } from './stage.js';

/** Programs that an entrypoint gives its root rights up with. */
const dropsRoot = /(?:^|[\s/"'])(?:gosu|su-exec|setpriv|runuser|chpst|(?:s6-)?setuidgid)(?![\w-])/;

/** Images whose entrypoint is known to do so, as of 2026; the last ones are built on one of the others. */
const stepDown: readonly string[] = [
  'cassandra',
  'couchdb',
  'ghost',
  'hashicorp/consul',
  'hashicorp/vault',
  'influxdb',
  'mariadb',
  'mongo',
  'mysql',
  'postgres',
  'rabbitmq',
  'redis',
  'valkey/valkey',
  'zookeeper',
  'pgvector/pgvector',
  'postgis/postgis',
  'timescale/timescaledb',
];

/** Whether a stage has the entrypoint of an image that gives root up. */
function keepsEntrypoint(stage: Stage): boolean {
  const image = stage.bottomImage;
  if (stage.entrypoint !== undefined || image.kind !== 'known') return false;
  const { registry, repository } = image.value;
  return matchesRegistry(stepDown, registry, repository);
}

/** Whether a stage, or one that it is built on, mentions a program that gives root up, or an image does by itself. */
export function givesRootUp(stage: Stage): boolean {
  if (keepsEntrypoint(stage)) return true;
  for (let at: Stage | undefined = stage; at !== undefined; at = at.base) {
    if (at.instructions.some(mentionsProgram)) return true;
  }
  return false;
}

const mentionsProgram = remembered((instruction: Instruction): boolean => {
  const { keyword, written, heredocs } = instruction;
  if (heredocs.some((body) => dropsRoot.test(body))) return true;
  // A step may have thousands of words.
  if (keyword === 'RUN' && !dropsRoot.test(written.rest)) return false;
  return instruction.arguments.some((word) => word.kind === 'known' && dropsRoot.test(word.value));
});
