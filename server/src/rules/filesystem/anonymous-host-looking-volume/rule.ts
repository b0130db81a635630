import { defineRule } from '../../../engine/rule.js';
import { cleanHostPath } from '../../../model/clean-host-path.js';
import { isWithin } from '../../../model/host-path.js';
import { quoted } from '../../../model/quoted.js';

/** What the kernel and the machine have, and no program keeps in a volume. */
const ofTheMachine: readonly string[] = ['/boot', '/dev', '/lib/modules', '/proc', '/sys', '/usr/share/zoneinfo'];
/** Memory that programs share. */
const memory: readonly string[] = ['/dev/hugepages', '/dev/mqueue', '/dev/shm'];
const systemFiles: ReadonlySet<string> = new Set([
  '/etc/group',
  '/etc/hostname',
  '/etc/hosts',
  '/etc/localtime',
  '/etc/machine-id',
  '/etc/passwd',
  '/etc/shadow',
  '/etc/timezone',
]);
/** A volume is a directory, and hardly anybody calls one like this. */
const file =
  /\/(?:\.env|[^/]+\.(?:cer|cfg|cnf|conf|crt|csv|db|env|gz|html|ini|js|json|key|log|p12|pem|php|pid|properties|py|sh|sock|sql|sqlite|sqlite3|toml|ts|txt|xml|ya?ml|zip))$/;

export default defineRule({
  meta: {
    id: 'anonymous-host-looking-volume',
    summary: 'A volume looks like a path of the host, but without a target it is a new and nameless one.',
    severity: 'info',
    confidence: 'medium',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['compose'],
    standards: [],
    peers: {},
  },
  check: {
    service({ mounts }, report) {
      for (const { type, form, target } of mounts) {
        if (type !== 'anonymous' || form !== 'short' || target.kind !== 'known') continue;
        if (!looksLikeHost(target.value)) continue;
        report({
          at: target,
          message: `${quoted(target.value)} has no second part: it is a new volume, and nothing of the host.`,
        });
      }
    },
  },
});

function looksLikeHost(path: string): boolean {
  // Inside a container there is no working directory and no home to start from.
  if (/^[.~]/.test(path)) return true;
  const clean = cleanHostPath(path);
  if (isWithin(clean, ofTheMachine)) return !isWithin(clean, memory);
  return systemFiles.has(clean) || file.test(clean);
}
