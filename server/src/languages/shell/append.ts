// What may be put behind a script, and what a script may be put behind.
import { type CommandNode, type PipelineNode, parse, type Script } from 'unbash';
import { isTooMuch } from './read-shell.js';

/** These change what the commands behind them see. */
const lasting: ReadonlySet<string> = new Set([
  '.',
  'alias',
  'cd',
  'declare',
  'enable',
  'eval',
  'exec',
  'exit',
  'export',
  'getopts',
  'let',
  'mapfile',
  'popd',
  'pushd',
  'read',
  'readarray',
  'readonly',
  'return',
  'set',
  'shopt',
  'source',
  'trap',
  'typeset',
  'ulimit',
  'umask',
  'unset',
]);

/** Behind these nothing runs. */
const ending: ReadonlySet<string> = new Set(['exec', 'exit', 'return']);

/** Whether ` && command` behind a script is read as a command of its own: no comment or half a command takes it in. */
export function canAppend(script: string, command: string): boolean {
  if (isTooMuch(script)) return false;
  const text = `${script} && ${command}`;
  const read = parse(text);
  if ((read.errors?.length ?? 0) > 0) return false;
  const last = lastOf(read);
  if (last?.type !== 'Command' || last.end !== text.length || text.slice(last.pos, last.end) !== command) return false;
  return !endsForGood(read);
}

/** Whether what stands in front of the last command never lets it run: `exit 0 && command`. */
function endsForGood({ commands }: Script): boolean {
  const list = commands.at(-1)?.command;
  if (list?.type !== 'AndOr' || list.operators.at(-2) === '||') return false;
  const before = list.commands.at(-2);
  return before?.type === 'Command' && ending.has(before.name?.value ?? '');
}

function lastOf({ commands }: Script): CommandNode | undefined {
  const list = commands.at(-1)?.command;
  const pipeline: PipelineNode | undefined = list?.type === 'AndOr' ? list.commands.at(-1) : list;
  return pipeline?.type === 'Pipeline' ? undefined : pipeline;
}

/** Whether a script is one list of commands of which each runs only if the one before it went well. */
export function isChain(script: string): boolean {
  if (isTooMuch(script)) return false;
  const { commands, errors } = parse(script);
  const [only] = commands;
  if ((errors?.length ?? 0) > 0 || only === undefined || commands.length > 1 || only.background === true) return false;
  return only.command.type !== 'AndOr' || only.command.operators.every((operator) => operator === '&&');
}

/** Whether a script leaves behind what the commands of another one, put behind it, would see. */
export function hasLastingEffect(script: string): boolean {
  // `${NAME:=value}` sets a variable, whatever the command.
  if (isTooMuch(script) || /\$\{\w+:?=/.test(script)) return true;
  return parse(script).commands.some(({ command }) => {
    const pipelines = command.type === 'AndOr' ? command.commands : [command];
    return pipelines.some((each) => each.type !== 'Command' || isLasting(each.name?.value));
  });
}

function isLasting(name: string | undefined): boolean {
  return name === undefined || lasting.has(name);
}
