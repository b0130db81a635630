// `npm run test:editor`: the suites of client/test in a real VS Code; with `--vsix FILE` that package alone is tried.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runEditorTests } from './run-tests.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    node: { type: 'boolean' },
    web: { type: 'boolean' },
    desktop: { type: 'boolean' },
    grep: { type: 'string', short: 'g' },
    extension: { type: 'string' },
    vsix: { type: 'string' },
    workspace: { type: 'string' },
    timeout: { type: 'string' },
  },
});
const caller = process.env.INIT_CWD ?? process.cwd();
const from = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(caller, path));

const chosen = [...(values.node === true ? ['node' as const] : []), ...(values.web === true ? ['web' as const] : [])];
const { passed, failed, troubles, leftOut } = await runEditorTests({
  extension: from(values.extension),
  kinds: chosen.length > 0 || values.vsix !== undefined ? chosen : undefined,
  vsix: from(values.vsix),
  files: positionals.length > 0 ? positionals : undefined,
  grep: values.grep,
  desktop: values.desktop,
  workspace: from(values.workspace),
  timeout: values.timeout === undefined ? undefined : Number(values.timeout) * 1000,
});
const problems = [...troubles, ...leftOut];
for (const problem of problems) console.log(`✖ ${problem}`);
console.log(`${passed} passed, ${failed + problems.length} failed`);
process.exitCode = failed + problems.length === 0 ? 0 : 1;
