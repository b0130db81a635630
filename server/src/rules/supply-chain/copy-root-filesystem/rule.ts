import { defineRule } from '../../../engine/rule.js';
import { sourcesOf } from '../../../model/dockerfile/copied-source.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import type { Stage } from '../../../model/dockerfile/stage.js';
import { quoted } from '../../../model/quoted.js';

/** Images that hold no system, only files that are laid out to be copied so. */
const layouts: ReadonlySet<string> = new Set(['tonistiigi/xx']);

export default defineRule({
  meta: {
    id: 'copy-root-filesystem',
    summary: 'The whole file system of another stage or image is copied.',
    severity: 'warning',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: ['cis-docker-1.6/4.3'],
    peers: { hadolint: ['DL3067'], 'docker-bench': ['4.3'] },
  },
  check: {
    instruction(instruction, report) {
      const { keyword, flags, stage } = instruction;
      if (keyword !== 'COPY' || stage?.inFinalChain !== true) return;
      const from = flags.find(({ name }) => name === 'from')?.value;
      if (from === undefined || from.kind === 'absent' || !endsAtRoot(instruction)) return;
      if (holdsOnlyFiles(instruction, from.kind === 'known' ? from.value : '')) return;
      const source = sourcesOf(instruction).find(({ text }) => /^(?:\.|\.?\/|\/\.\/?|\/\*)$/.test(text));
      if (source === undefined) return;
      report({
        at: source.field,
        message: `${quoted(source.text)} is a whole file system: caches, keys and tools come with it.`,
        // Known as a way to make one layer of many.
        ...(stage.isFromScratch ? { severity: 'info' } : {}),
      });
    },
  },
});

function endsAtRoot(instruction: Instruction): boolean {
  const destination = instruction.arguments.at(-1);
  if (destination?.kind !== 'known') return false;
  if (/^\/+(?:\.\/?)?$/.test(destination.value)) return true;
  if (!/^\.\/?$/.test(destination.value)) return false;
  const { workdir, stage } = instruction;
  return workdir.kind === 'known' ? workdir.value === '/' : workdir.kind === 'absent' && stage?.isFromScratch === true;
}

/** Whether the source began with nothing, so that only what somebody put there is copied. */
function holdsOnlyFiles({ stageReferences }: Instruction, from: string): boolean {
  const source: Stage | undefined = stageReferences.find(({ by }) => by === 'copy')?.stage;
  if (source === undefined) return layouts.has(from.replace(/[:@].*/, ''));
  if (source.isFromScratch) return true;
  const { image } = source;
  return image.kind === 'known' && layouts.has(image.value.repository);
}
