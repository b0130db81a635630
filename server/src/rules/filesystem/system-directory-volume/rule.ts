import { defineRule } from '../../../engine/rule.js';
import { cleanHostPath } from '../../../model/clean-host-path.js';
import { quoted } from '../../../model/quoted.js';

/** What the system is made of. Below these, much belongs to the program: `/usr/share/nginx/html`. */
const systemDirectories: ReadonlySet<string> = new Set([
  '/',
  '/bin',
  '/boot',
  '/etc',
  '/lib',
  '/lib64',
  '/sbin',
  '/usr',
]);

/** What the kernel shows, with all below it, but for the memory that programs share. */
const kernelDirectory = /^\/(?:dev(?!\/shm(?:\/|$))|proc|sys)(?:\/|$)/;

export default defineRule({
  meta: {
    id: 'system-directory-volume',
    summary: 'A directory of the system is declared as a volume.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { dockle: ['DKL-DI-0002'] },
  },
  check: {
    instruction(instruction, report) {
      if (instruction.keyword !== 'VOLUME' || instruction.stage?.os === 'windows') return;
      for (const word of instruction.arguments) {
        if (word.kind !== 'known' || !word.value.startsWith('/')) continue;
        const path = cleanHostPath(word.value);
        if (kernelDirectory.test(path)) {
          const message = `Volume ${quoted(path)} is a place of the kernel: what is mounted there hides it.`;
          report({ at: word, message });
        } else if (systemDirectories.has(path)) {
          const message = `Volume ${quoted(path)} holds the system: an old volume hides what a new image fixes.`;
          report({ at: word, message });
        }
      }
    },
  },
});
