import { defineRule } from '../../../engine/rule.js';
import { cleanHostPath } from '../../../model/clean-host-path.js';
import { quoted } from '../../../model/quoted.js';

/** What the kernel shows, and what only the start and the repair of a machine use. */
const systemDirectory = /^\/(?:boot|dev|initrd|lost\+found|proc|sys)(?:\/|$)/;

export default defineRule({
  meta: {
    id: 'system-directory-workdir',
    summary: 'The working directory is one of the kernel, of devices or of the start of the machine.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { trivy: ['DS-0030'] },
  },
  check: {
    stage({ os, instructions, workdir }, report) {
      if (os === 'windows') return;
      for (const [index, instruction] of instructions.entries()) {
        if (instruction.keyword !== 'WORKDIR') continue;
        const [word] = instruction.arguments;
        if (word === undefined) continue;
        // Nobody knows what a trigger counts from.
        const place = instruction.onbuild ? word : (instructions[index + 1]?.workdir ?? workdir);
        if (place.kind !== 'known' || !place.value.startsWith('/')) continue;
        const path = cleanHostPath(place.value);
        if (!systemDirectory.test(path)) continue;
        report({
          at: word,
          message: `Directory ${quoted(path)} belongs to the system: what is written there is lost.`,
        });
      }
    },
  },
});
