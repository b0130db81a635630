// Runs the steps of a composite action as a runner of GitHub does. What it does not know it refuses: nothing is passed over.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface CompositeAction {
  readonly inputs: { readonly [name: string]: { readonly description: string; readonly default?: string } };
  readonly outputs: { readonly [name: string]: { readonly description: string; readonly value: string } };
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly shell: string;
  readonly env?: { readonly [name: string]: string };
  readonly run: string;
}

interface Runner {
  /** Where the action was checked out. */
  readonly action: string;
  /** Where the repository was checked out. */
  readonly workspace: string;
  readonly env?: { readonly [name: string]: string };
}

interface Outcome {
  /** Of the last step that ran: after one that fails there is none. */
  readonly status: number;
  readonly log: string;
  /** Those of the action; a runner sets them after a failure, too. */
  readonly outputs: { readonly [name: string]: string };
}

/** @throws Error for an action that is not made of scripts for bash. */
export function readAction(text: string): CompositeAction {
  const action: CompositeAction = parse(text);
  const known = new Set(['name', 'id', 'shell', 'env', 'run']);
  for (const step of action.runs.steps) {
    const strange = Object.keys(step).filter((key) => !known.has(key));
    if (strange.length > 0 || step.shell !== 'bash') throw new Error(`A step that is not understood: ${strange}`);
  }
  return action;
}

/** @throws Error for an input that the action does not have. */
export function runAction(
  action: CompositeAction,
  inputs: { readonly [name: string]: string },
  { action: folder, workspace, env = {} }: Runner,
): Outcome {
  for (const name of Object.keys(inputs)) {
    if (!Object.hasOwn(action.inputs, name)) throw new Error(`The action has no input '${name}'.`);
  }
  const values = Object.entries(action.inputs).map(([name, input]) => [name, inputs[name] ?? input.default ?? '']);
  const context = new Map<string, string>(values.map(([name, value]) => [`inputs.${name}`, value ?? '']));
  const files = mkdtempSync(join(tmpdir(), 'plimsoll-runner-'));
  let status = 0;
  let log = '';
  try {
    for (const step of action.runs.steps) {
      const script = join(files, 'script.sh');
      const output = join(files, 'output');
      writeFileSync(script, step.run);
      writeFileSync(output, '');
      const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluate(value, context)]);
      const ran = spawnSync('/bin/bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
        cwd: workspace,
        encoding: 'utf8',
        env: {
          ...process.env,
          ...{ CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_ACTION_PATH: folder, GITHUB_OUTPUT: output },
          ...env,
          ...Object.fromEntries(own),
        },
      });
      if (ran.error !== undefined) throw ran.error;
      log += ran.stdout + ran.stderr;
      for (const [name, value] of outputsIn(readFileSync(output, 'utf8'))) {
        context.set(`steps.${step.id}.outputs.${name}`, value);
      }
      status = ran.status ?? 1;
      if (status !== 0) break;
    }
  } finally {
    rmSync(files, { recursive: true, force: true });
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, evaluate(value, context)]);
  return { status, log, outputs: Object.fromEntries(outputs) };
}

/** An output that no step has set is empty; that it is one of a step, GitHub's own reader has seen. */
function evaluate(text: string, context: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
    const name = expression.trim();
    const value = context.get(name) ?? (/^steps\.[\w-]+\.outputs\.[\w-]+$/.test(name) ? '' : undefined);
    if (value === undefined) throw new Error(`An expression that is not understood: ${name}`);
    return value;
  });
}

/** `name=value`, or `name<<END`, the lines of the value and `END`. */
function outputsIn(text: string): ReadonlyMap<string, string> {
  const outputs = new Map<string, string>();
  const lines = text.split('\n');
  for (let i = 0; i < lines.length - 1; i++) {
    const [, name, sign, rest] = /^([\w-]+)(=|<<)(.*)$/.exec(lines[i] ?? '') ?? [];
    if (name === undefined || rest === undefined) throw new Error(`No output of a step: ${lines[i]}`);
    if (sign === '=') {
      outputs.set(name, rest);
      continue;
    }
    const end = lines.indexOf(rest, i + 1);
    if (end < 0) throw new Error(`The output '${name}' does not end.`);
    outputs.set(name, lines.slice(i + 1, end).join('\n'));
    i = end;
  }
  return outputs;
}
