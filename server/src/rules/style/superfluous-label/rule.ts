import { defineRule } from '../../../engine/rule.js';
import { remove } from '../../../model/change.js';
import { isFilledIn, readLabelSchema } from '../../../model/dockerfile/labels.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'superfluous-label',
    summary: 'A label is none of those that the project allows.',
    severity: 'hint',
    confidence: 'high',
    profile: 'all',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3050'] },
    options: {
      labelSchema: { default: [], description: 'The labels that an image may have, as `key=type` or the key alone.' },
    },
  },
  check: {
    instruction(instruction, report, { options }) {
      if (instruction.keyword !== 'LABEL' || options.labelSchema.length === 0) return;
      const schema = readLabelSchema(options.labelSchema);
      if (schema.size === 0) return;
      for (const { name, nameAt, value, slot } of instruction.assignments) {
        // Without a value it is not written to its end.
        if (name === '' || value.kind === 'absent' || schema.has(name) || isFilledIn(name)) continue;
        report({
          at: nameAt,
          message: `Label ${quoted(name, 36)} is not in the schema: nobody agreed on what it means.`,
          fix: { title: `Remove label ${quoted(name)}`, safety: 'unsafe', change: remove(slot) },
        });
      }
    },
  },
});
