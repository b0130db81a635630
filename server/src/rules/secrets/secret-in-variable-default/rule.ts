import { defineRule } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import type { VariableReference } from '../../../model/compose/variable-reference.js';
import { findCredential } from '../../../model/credential.js';
import { named, quoted } from '../../../model/quoted.js';

export default defineRule({
  meta: {
    id: 'secret-in-variable-default',
    summary: 'A password, key or token has a default, which is used wherever nobody sets another one.',
    severity: 'warning',
    confidence: 'medium',
    profile: 'strict',
    since: '0.1.0',
    marksSecrets: true,
    formats: ['compose'],
    standards: ['nist-800-190/4.1.4'],
    peers: {},
  },
  check: {
    variableReference(reference, report) {
      const { name, operator, operand, operatorAt } = reference;
      if (operand === undefined || !operator.endsWith('-') || !isSecret(reference, operand.text)) return;
      report({
        at: operand.at,
        message: `${named('variable', name)} has a secret as default: who reads the file has it.`,
        fix: operatorAt && {
          title: `Require ${quoted(name)}`,
          safety: 'unsafe',
          change: replaceText(operatorAt, `:?set ${name}`),
        },
      });
    },
  },
});

/** What has the looks of a known kind of token is told as what it is. */
function isSecret({ name, alsoCalled }: VariableReference, text: string): boolean {
  return [name, ...alsoCalled].some((one) => findCredential(one, text)?.sign === 'name');
}
