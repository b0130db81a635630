import { defineRule } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import { exposedPorts } from '../../../model/dockerfile/exposed-port.js';
import { partOfWord, standsAsItIs } from '../../../model/dockerfile/written-word.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'invalid-expose-format',
    summary: 'EXPOSE is given an address, or a port of the host.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { buildkit: ['ExposeInvalidFormat'] },
  },
  check: {
    instruction(instruction, report) {
      if (instruction.keyword !== 'EXPOSE') return;
      for (const word of instruction.arguments) {
        if (word.kind !== 'known' || !word.value.includes(':')) continue;
        const ports = exposedPorts(word.value).filter(({ ip, host }) => ip !== '' || host !== '');
        // Where a variable brings several, they all stand in one place.
        for (const { text, start, ip, container } of standsAsItIs(word) ? ports : ports.slice(0, 1)) {
          const what = ip === '' ? 'has a port of the host' : 'has an address';
          report({
            at: partOfWord(word, start, start + text.length),
            message: `${quoted(text)} ${what}: EXPOSE keeps only the port of the container.`,
            fix:
              standsAsItIs(word) && text === word.value
                ? { title: `Replace by ${quoted(container)}`, safety: 'safe', change: set(word.slot, container) }
                : undefined,
          });
        }
      }
    },
  },
});
