import { defineRule } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'uppercase-expose-protocol',
    summary: 'EXPOSE writes a protocol in capital letters.',
    severity: 'hint',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { buildkit: ['ExposeProtoCasing'] },
  },
  check: {
    instruction(instruction, report) {
      if (instruction.keyword !== 'EXPOSE') return;
      for (const port of instruction.arguments) {
        const protocol = port.kind === 'known' ? /\/([a-z]+)$/i.exec(port.value)?.[1] : undefined;
        if (port.kind !== 'known' || protocol === undefined || protocol === protocol.toLowerCase()) continue;
        const { file, span } = port.at;
        const stands = span.end - span.start === port.value.length;
        const at = stands ? { file, span: { start: span.end - protocol.length, end: span.end } } : port.at;
        report({
          at,
          message: `Protocol ${quoted(protocol, 23)} has capital letters: everywhere else it is written in small ones.`,
          fix: stands
            ? { title: 'Write it in small letters', safety: 'safe', change: replaceText(at, protocol.toLowerCase()) }
            : undefined,
        });
      }
    },
  },
});
