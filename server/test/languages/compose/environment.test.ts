import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { at, type Compose, container, readCompose, readWeb, show } from './compose.js';

function variables(compose: Compose): readonly string[] {
  return container(compose).environment.map(
    (variable) => `${variable.name} @${at(compose, variable.nameAt)} = ${show(compose, variable.value)}`,
  );
}

function externalised(compose: Compose): readonly string[] {
  return container(compose).environment.map(({ externalise }) => {
    const change = externalise?.change;
    if (change === undefined || !('kind' in change)) return 'no way';
    if (change.kind === 'replaceText') return `${at(compose, change.place)} -> ${change.text}`;
    return change.kind === 'set' ? `set ${String(change.value)}` : change.kind;
  });
}

describe('Compose environment', () => {
  it('reads a map', () => {
    const compose = readWeb([
      'environment:',
      '  A: hunter2',
      '  B:',
      '  C: ""',
      '  D: 12:30:45',
      '  E: "${X}"',
      '  F: ${X:-secret}',
      '  "G": yes',
      '  H: "{{ secret }}"',
      '  I: a',
      '  I: b',
    ]);
    assert.deepEqual(variables(compose), [
      'A @A = hunter2 @hunter2',
      'B @B = - @B',
      'C @C =  @""',
      'D @D = 12:30:45 @12:30:45',
      'E @E = ? @"${X}"',
      'F @F = secret @secret',
      'G @"G" = yes @yes',
      'H @H = ? @"{{ secret }}"',
      'I @I = ? @b',
    ]);
    assert.equal(externalised(compose)[0], 'set ${A:?set A}');
  });

  it('reads a list', () => {
    const compose = readWeb([
      'environment:',
      '  - A=hunter2',
      '  - B',
      '  - C=',
      '  - "D=a=b"',
      '  - E=${X}',
      "  - 'F=${X:-secret}'",
      '  - I=${X:?a=b}',
      '  - ${NAME}=x',
      '  - G.H=x',
    ]);
    assert.deepEqual(variables(compose), [
      'A @A = hunter2 @hunter2',
      'B @B = - @B',
      'C @C =  @',
      'D @D = a=b @a=b',
      'E @E = ? @${X}',
      'F @F = secret @secret',
      'I @I = ? @${X:?a=b}',
      'G.H @G.H = x @x',
    ]);
    assert.deepEqual(externalised(compose), [
      'hunter2 -> ${A:?set A}',
      'no way',
      ' -> ${C:?set C}',
      'a=b -> ${D:?set D}',
      '${X} -> ${E:?set E}',
      '${X:-secret} -> ${F:?set F}',
      '${X:?a=b} -> ${I:?set I}',
      'no way',
    ]);
  });

  it('writes the whole item where the text of it alone cannot be changed', () => {
    assert.deepEqual(externalised(readWeb(['environment: [A=b, "C=d"]'])), ['set A=${A:?set A}', 'd -> ${C:?set C}']);
    const shared = readCompose('x-e: &e [A=b]\nservices: {web: {image: a, environment: *e}}\n');
    assert.deepEqual(externalised(shared), ['set A=${A:?set A}']);
  });

  it('hides the whole map of a merged fragment behind an own one', () => {
    const compose = readCompose(`x-base: &base
  environment: { A: base }
services:
  web:
    <<: *base
    image: a
    environment: { B: own }
`);
    assert.deepEqual(variables(compose), ['B @B = own @own']);
  });

  it('shows the way to a merged value', () => {
    const compose = readCompose(`x-env: &env
  TOKEN: abc
services:
  web:
    image: a
    environment:
      <<: *env
      OTHER: x
`);
    assert.deepEqual(variables(compose), ['OTHER @OTHER = x @x', 'TOKEN @TOKEN = abc @abc <merge-key *env']);
    assert.equal(container(compose).environment[1]?.value.at.span.start, compose.text.indexOf('abc'));
  });

  it('adds the environment of hooks', () => {
    const compose = readWeb([
      'post_start:',
      '  - command: x',
      '    environment: [TOKEN=abc]',
      'pre_stop:',
      '  - environment: {B: c}',
    ]);
    assert.deepEqual(variables(compose), ['TOKEN @TOKEN = abc @abc', 'B @B = c @c']);
  });
});
