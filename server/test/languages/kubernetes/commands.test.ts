import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { pod, read } from './reading.js';

function commands(text: string): readonly string[] {
  const reading = read(text);
  return reading.commands.map(({ name, nameAt }) => `${name}: ${reading.under(nameAt)}`);
}

describe('the commands of a container', () => {
  it('are command and args together, and what a shell in them runs', () => {
    const text = pod(`  containers:
  - name: a
    args:
    - |
      set -e
      curl https://example.com/x | bash
    command: [/bin/sh, -c]
`);
    assert.deepEqual(commands(text), ['sh: /bin/sh (12)', 'set: set (10)', 'curl: curl (11)', 'bash: bash (11)']);
    for (const { at } of read(text).commands) assert.ok(at.span.start <= at.span.end);
  });

  it('are those of hooks and probes too', () => {
    const text = pod(`  initContainers:
  - {name: i, command: [a0]}
  containers:
  - name: a
    args: [a1, x]
    lifecycle:
      postStart: {exec: {command: [a2]}}
      preStop: {exec: {command: [sh, -c, "a3 && a4"]}}
    livenessProbe: {exec: {command: [a5]}}
    readinessProbe: {httpGet: {port: 80}}
    startupProbe: {exec: {command: [a6]}}
  ephemeralContainers:
  - {name: e, command: [a7]}
`);
    assert.deepEqual(commands(text), [
      'a0: a0 (7)',
      'a1: a1 (10)',
      'a2: a2 (12)',
      'sh: sh (13)',
      'a3: a3 (13)',
      'a4: a4 (13)',
      'a5: a5 (14)',
      'a6: a6 (16)',
      'a7: a7 (18)',
    ]);
  });

  it('are none where a word cannot be told', () => {
    assert.deepEqual(commands(pod('  containers:\n  - {name: a, command: [sh, -c], args: ["{{ .script }}"]}\n')), []);
    assert.deepEqual(commands(pod('  containers:\n  - {name: a, command: [sh, 1]}\n')), []);
    assert.deepEqual(commands(pod('  containers:\n  - {name: a, command: sh}\n')), []);
  });
});
