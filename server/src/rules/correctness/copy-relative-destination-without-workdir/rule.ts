import { defineRule } from '../../../engine/rule.js';
import { documentedWorkdir } from '../../../model/dockerfile/documented-workdir.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import { named } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'copy-relative-destination-without-workdir',
    summary: 'A relative target of a copy depends on a working directory that the file does not set.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3045'] },
  },
  check: {
    instruction(instruction, report) {
      const { keyword, stage, onbuild } = instruction;
      if ((keyword !== 'COPY' && keyword !== 'ADD') || stage === undefined || onbuild) return;
      if (stage.isFromScratch || bringsWorkdir(stage)) return;
      const words = instruction.arguments;
      const target = words.at(-1);
      if (words.length < 2 || target?.kind !== 'known' || /^(?:[/\\]|[A-Za-z]:|$)/.test(target.value)) return;
      if (instruction.workdir.kind !== 'absent') return;
      const subject = named('target', target.value);
      report({ at: target, message: `${subject} is relative without a WORKDIR: the base image says where.` });
    },
  },
});

/** Whether the image below is known to bring a folder of its own. */
function bringsWorkdir(stage: Stage): boolean {
  const image = stage.bottomImage;
  if (image.kind === 'known' && image.value.tag?.includes('onbuild')) return true;
  return (documentedWorkdir(stage) ?? '/') !== '/';
}
