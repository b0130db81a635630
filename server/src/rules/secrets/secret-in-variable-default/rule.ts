import { defineRule } from '../../../engine/rule.js';
import { replaceText } from '../../../model/change.js';
import type { VariableReference } from '../../../model/compose/variable-reference.js';
import { findCredential } from '../../../model/credential.js';
import type { Instruction } from '../../../model/dockerfile/instruction.js';
import { named, quoted } from '../../../model/quoted.js';
import { defaultsIn, type WrittenDefault } from './shell-defaults.js';

export default defineRule({
  meta: {
    id: 'secret-in-variable-default',
    summary: 'A password, key or token has a default, which is used wherever nobody sets another one.',
    severity: 'warning',
    confidence: 'medium',
    profile: 'strict',
    since: '0.1.0',
    marksSecrets: true,
    formats: ['dockerfile', 'compose'],
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
    instruction(instruction, report) {
      const { keyword, stage } = instruction;
      if (keyword !== 'ENV' && !running.has(keyword)) return;
      const severity = stage?.inFinalChain === true ? 'warning' : 'info';
      for (const written of keyword === 'ENV' ? defaultsOfBuilder(instruction) : defaultsOfShell(instruction)) {
        const { name, text, at } = written;
        if (!isSecret(written, text)) continue;
        const message = `${named('variable', name)} has a secret as default: who reads the file has it.`;
        report({ at, message, severity });
      }
    },
  },
});

/** What has commands. */
const running: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'RUN']);

/** `ENV NAME=${OTHER:-text}`: the default is that of both. */
function defaultsOfBuilder({ variables, assignments }: Instruction): readonly WrittenDefault[] {
  return variables.flatMap(({ name, operator, operand }) => {
    if (operand === undefined || operator?.endsWith('-') !== true || operand.text.includes('$')) return [];
    const { start } = operand.at.span;
    const owner = assignments.find(({ value: { at } }) => at.span.start <= start && start < at.span.end);
    return [{ name, alsoCalled: owner === undefined ? [] : [owner.name], ...operand }];
  });
}

/** Those in the words of commands. What a shell runs in a shell is looked at once. */
function defaultsOfShell({ commands }: Instruction): readonly WrittenDefault[] {
  const found = new Map<number, WrittenDefault>();
  for (const command of commands) {
    for (const written of defaultsIn(command)) found.set(written.at.span.start, written);
  }
  return [...found.values()];
}

/** What has the looks of a known kind of token is told as what it is. */
function isSecret({ name, alsoCalled }: Pick<VariableReference, 'name' | 'alsoCalled'>, text: string): boolean {
  return [name, ...alsoCalled].some((one) => findCredential(one, text)?.sign === 'name');
}
