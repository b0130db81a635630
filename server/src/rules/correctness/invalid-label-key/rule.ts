import { defineRule } from '../../../engine/rule.js';
import { quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'invalid-label-key',
    summary: 'The key of a label breaks the rules for names, or is reserved.',
    severity: 'info',
    confidence: 'high',
    profile: 'strict',
    since: '0.1.0',
    formats: ['dockerfile'],
    standards: [],
    peers: { hadolint: ['DL3048'] },
  },
  check: {
    instruction(instruction, report) {
      if (instruction.keyword !== 'LABEL') return;
      for (const { name, nameAt } of instruction.assignments) {
        // A line that goes on by mistake brings an instruction.
        if (instruction.swallowed.has(name)) return;
        const fault = faultOf(name);
        if (fault !== undefined) report({ at: nameAt, message: `Label ${quoted(name)} ${fault}` });
      }
    },
  },
});

/** What extensions of Docker Desktop have to set (docs.docker.com, "Extension image labels"). */
const forExtensions = /^com\.docker\.(?:desktop\.)?extension\./;

/** Docker's "Object labels" page, "Key format recommendations". */
function faultOf(key: string): string | undefined {
  // Nobody knows what a variable or a template brings.
  if (key === '' || /[$"'{}%@]/.test(key)) return undefined;
  if (/^(?:com\.docker|io\.docker|org\.dockerproject)\./.test(key) && !forExtensions.test(key)) {
    return 'has a prefix that is for Docker itself: it may come to mean something.';
  }
  if (/[^a-z\d.-]/.test(key)) {
    return "has more than a-z, 0-9, '.' and '-': tools may refuse it.";
  }
  if (/[.-]{2}/.test(key)) return "has '.' or '-' twice in a row: tools may refuse that.";
  return /^[a-z].*[a-z\d]$|^[a-z]$/.test(key) ? undefined : 'has to begin with a letter and end with one or a digit.';
}
