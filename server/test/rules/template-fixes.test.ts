// What a fix may do where conditions of a template stand in an object.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { editsOf } from '../../src/service/fix.js';
import { applyEdits } from '../../src/text/edit.js';
import { lint } from '../support/lint.js';

const head =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: web }\nspec:\n  podSelector: {}\n';
const egress = '  egress:\n    - to: [{ podSelector: {} }]\n';

/** What the first fix makes of a policy that has these lines in its spec, behind those that all have. */
function mended(lines: string) {
  const { file, findings } = lint('kubernetes', head + lines, { only: 'implicit-ingress-isolation' });
  const fix = findings[0]?.fixes[0];
  const edits = fix && editsOf(file, fix);
  return { safety: fix?.safety, text: edits && applyEdits(head + lines, edits).slice(head.length) };
}

const types = '  policyTypes: [Ingress, Egress]\n';

describe('Fixes in templates', () => {
  it('are safe where no condition decides about what they follow from', () => {
    assert.deepEqual(mended(egress), { safety: 'safe', text: egress + types });
    const lines = `{{- if .Values.on }}\n${egress}{{- end }}\n`;
    assert.deepEqual(mended(lines).safety, 'unsafe');
  });

  it('stand behind a condition that is not about what they are added to', () => {
    for (const lines of [
      `  {{- if .Values.on }}\n${egress}  {{- end }}\n`,
      `  {{- with .Values.on }}\n  {{- if . }}\n${egress}  {{- end }}\n\n  {{- end }}\n`,
      '  egress:\n    {{- range .Values.names }}\n    - to: [{ podSelector: {} }]\n    {{- end }}\n',
    ])
      assert.equal(mended(lines).text, lines + types, lines);
  });

  it('stay in a condition that is about all of the object', () => {
    const lines = `${egress}{{- end }}\n`;
    const before = '{{- if .Values.on }}\n';
    const text = before + head + lines;
    const { file, findings } = lint('kubernetes', text, { only: 'implicit-ingress-isolation' });
    const fix = findings[0]?.fixes[0];
    const edits = fix && editsOf(file, fix);
    assert.equal(fix?.safety, 'safe');
    assert.equal(edits && applyEdits(text, edits), `${before}${head}${egress}${types}{{- end }}\n`);
  });

  it('are not offered where something else follows in the condition, or the line end is cut off', () => {
    for (const lines of [
      `  {{- if .Values.on }}\n${egress}  {{- end -}}\n`,
      `  {{- if .Values.on }}\n${egress}status: {}\n{{- end }}\n`,
    ])
      assert.deepEqual(mended(lines), { safety: 'unsafe', text: undefined }, lines);
  });
});
