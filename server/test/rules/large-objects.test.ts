// Rules that compare the parts of an object with each other: their time must not grow with the square of it.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lint } from '../support/lint.js';

const count = 4000;
const times = (item: (index: number) => string) => Array.from({ length: count }, (_, index) => item(index)).join('');

describe('Large objects', () => {
  it('are judged in time: a policy of thousands of rules for DNS', () => {
    const rule = '    - ports: [{ port: 53, protocol: UDP }]\n';
    const text = `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec:\n  podSelector: {}\n  egress:\n${times(() => rule)}`;
    const { findings } = lint('kubernetes', text, { only: 'dns-port-single-protocol' });
    assert.deepEqual(
      findings.map(({ at }) => at.span.start),
      Array.from({ length: count }, (_, index) => text.indexOf('53,') + index * rule.length),
    );
  });

  it('are judged in time: a selector of thousands of terms about one label', () => {
    const term = (index: number) => `      - { key: app, operator: NotIn, values: [v${index}] }\n`;
    const last = `      - { key: app, operator: In, values: [v0, v${count - 1}] }\n`;
    const text = `apiVersion: apps/v1\nkind: Deployment\nspec:\n  selector:\n    matchExpressions:\n${times(term)}${last}`;
    const { findings } = lint('kubernetes', text, { only: 'invalid-label-selector' });
    assert.deepEqual(
      findings.map(({ at }) => text.slice(at.span.start, at.span.end)),
      ['In'],
    );
  });
});
