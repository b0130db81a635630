import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { changed, first, pod, read } from './reading.js';

const variables = pod(`  containers:
  - name: App_1
    env:
    - name: PASSWORD # the old one
      value: "s3cret" # for now
    - {name: TOKEN, value: abc}
    - name: TAKEN
      valueFrom: {secretKeyRef: {name: a, key: b}}
    - name: EMPTY
    - {name: NUMBER, value: 12}
    - {name: TEMPLATE, value: "{{ .x }}"}
    - {name: "{{ .name }}", value: x}
    - name: BOTH
      value: x
      valueFrom: {fieldRef: {fieldPath: status.podIP}}
`);

describe('the environment of a container', () => {
  it('has the literal values, and knows which come from elsewhere', () => {
    const { containers, under, show } = read(variables);
    assert.deepEqual(
      first(containers).environment.map(({ name, nameAt, value, externalise }) => [
        name,
        under(nameAt),
        show(value),
        externalise?.kind,
      ]),
      [
        ['PASSWORD', 'PASSWORD (9)', '"s3cret" at "s3cret" (10)', 'secret-reference'],
        ['TOKEN', 'TOKEN (11)', '"abc" at abc (11)', 'secret-reference'],
        ['TAKEN', 'TAKEN (12)', 'unknown at {secretKeyRef: {name: a, key: b}} (13)', undefined],
        ['EMPTY', 'EMPTY (14)', 'absent at EMPTY (14)', undefined],
        ['NUMBER', 'NUMBER (15)', 'unknown at 12 (15)', undefined],
        ['TEMPLATE', 'TEMPLATE (16)', 'unknown at "{{ .x }}" (16)', undefined],
        ['BOTH', 'BOTH (18)', 'unknown at {fieldRef: {fieldPath: status.podIP}} (20)', undefined],
      ],
    );
  });

  it('is conditional where template actions stand between its variables', () => {
    const list = (open: string, close: string) =>
      pod(`  containers:
  - name: web
    env:
    ${open}
    - {name: A, value: a}
    ${close}
    - {name: A, value: b}
`);
    const conditional = (text: string) => first(read(text).containers).environment.map((one) => one.conditional);
    assert.deepEqual(conditional(list('{{- if .x }}', '{{- else }}')), [true, true]);
    assert.deepEqual(conditional(list('# {', '# }')), [undefined, undefined]);
  });

  it('can take a value from a Secret, and keeps the comments around it', () => {
    const reading = read(variables);
    const [password, token] = first(reading.containers).environment;
    assert.ok(password?.externalise !== undefined && token?.externalise !== undefined);
    assert.equal(
      changed(reading, password.externalise.change),
      variables.replace(
        'value: "s3cret" # for now',
        'valueFrom: # for now\n        secretKeyRef:\n          name: web-secret\n          key: PASSWORD',
      ),
    );
    assert.equal(
      changed(reading, token.externalise.change),
      variables.replace('value: abc', 'valueFrom: {secretKeyRef: {name: web-secret, key: TOKEN}}'),
    );
  });

  it('names the Secret after the container where the object has no name', () => {
    const text = variables.replace('  name: web\n', '  generateName: x-\n');
    const reading = read(text);
    const [password] = first(reading.containers).environment;
    assert.ok(password?.externalise !== undefined);
    assert.match(changed(reading, password.externalise.change) ?? '', /name: app-1-secret\n/);
  });

  it('does not touch the map that a value is merged from', () => {
    const reading = read(
      pod(`  containers:
  - name: a
    env:
    - &base
      name: A
      value: x
    - <<: *base
      name: B
`),
    );
    const b = first(reading.containers).environment[1];
    assert.ok(b?.externalise !== undefined);
    assert.equal(reading.show(b.value), '"x" at x (11), merge-key *base (12)');
    assert.equal(
      changed(reading, b.externalise.change),
      pod(`  containers:
  - name: a
    env:
    - &base
      name: A
      value: x
    - name: B
      valueFrom:
        secretKeyRef:
          name: web-secret
          key: B
`),
    );
  });
});
