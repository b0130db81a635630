// Writes down what the ShellCheck of this machine says about the scripts of the rule's pages.
import { writeFileSync } from 'node:fs';
import { askShellCheck, shellCheckVersion } from '../server/test/support/shell-check.js';
import { answersFile, scriptsOfPages } from '../server/test/support/shell-check-answers.js';

const answers: { [script: string]: unknown } = {};
for (const script of scriptsOfPages()) answers[script] = await askShellCheck(script);
writeFileSync(answersFile, `${JSON.stringify({ version: shellCheckVersion(), answers }, undefined, 2)}\n`);
