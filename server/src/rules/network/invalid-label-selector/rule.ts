import { defineRule, type Report } from '../../../engine/rule.js';
import { set } from '../../../model/change.js';
import {
  contradictions,
  type Expression,
  expressionsOf,
  type LabelMap,
  plainSelectorOf,
  podSelectorsOf,
  selectorsOf,
  type TermSelector,
  termsOf,
} from '../../../model/kubernetes/label-selector.js';
import { isLabelKey, isLabelValue } from '../../../model/kubernetes/labels.js';
import { type Known, knownItems, type Located } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import { hasVariable } from '../../../model/variable.js';

/** Whether an operator compares with values. */
const operators: ReadonlyMap<string, boolean> = new Map([
  ['In', true],
  ['NotIn', true],
  ['Exists', false],
  ['DoesNotExist', false],
]);

export default defineRule({
  meta: {
    id: 'invalid-label-selector',
    summary: 'A label selector is refused by the cluster, or cannot select anything.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: {},
  },
  check: {
    manifest(manifest, report) {
      for (const selector of selectorsOf(manifest)) judgeSelector(selector, report);
      const plain = plainSelectorOf(manifest);
      if (plain !== undefined) judgeLabels(plain, report);
    },
    pod({ spec }, report) {
      for (const selector of podSelectorsOf(spec)) judgeSelector(selector, report);
      judgeLabels({ owner: spec, path: ['nodeSelector'] }, report);
    },
  },
});

function judgeSelector({ value: selector }: TermSelector, report: Report): void {
  judgeLabels({ owner: selector, path: ['matchLabels'] }, report);
  for (const expression of expressionsOf(selector)) judgeExpression(expression, report);
  for (const { term, before } of contradictions(termsOf(selector)))
    report({
      at: term.at,
      severity: 'warning',
      message: `Label ${quoted(term.key)} cannot fulfil all terms: the selector matches nothing.`,
      related: [{ at: before.at.at, message: 'This is the first term about it.' }],
    });
}

function judgeLabels({ owner, path }: LabelMap, report: Report): void {
  const keys = owner.keys(...path);
  if (keys.kind !== 'known') return;
  for (const { name } of keys.value) {
    judgeKey(name, owner.key([...path, name]), report);
    const value = owner.string(...path, name);
    if (value.kind === 'known') judgeValue(value, report);
    const scalar = owner.scalar(...path, name);
    if (value.kind !== 'unknown' || scalar.kind !== 'known') continue;
    report({
      at: scalar,
      message: `Label ${quoted(name)} has a value that is not text: the API refuses it.`,
      fix: { title: 'Quote the value', safety: 'safe', change: set(scalar.slot, scalar.value) },
    });
  }
}

function judgeKey(name: string, at: Located<unknown>, report: Report): void {
  if (isLabelKey(name) || hasVariable(name)) return;
  report({ at, message: `Label key ${quoted(name)} breaks the syntax of labels: the API refuses it.` });
}

function judgeValue(text: Known<string>, report: Report): void {
  if (isLabelValue(text.value) || hasVariable(text.value)) return;
  report({ at: text, message: `Label value ${quoted(text.value)} breaks the syntax of labels: the API refuses it.` });
}

function judgeExpression({ key, operator, values, valuesKey }: Expression, report: Report): void {
  if (key.kind === 'known') judgeKey(key.value, key, report);
  for (const value of knownItems(values)) judgeValue(value, report);
  if (operator.kind !== 'known' || hasVariable(operator.value) || values.kind === 'unknown') return;
  const needsValues = operators.get(operator.value);
  const subject = `Operator ${quoted(operator.value)}`;
  const hasValues = values.kind === 'known' && values.value.length > 0;
  if (needsValues === undefined)
    report({ at: operator, message: `${subject} is none of a label selector: the API refuses it.` });
  else if (needsValues && !hasValues)
    report({
      at: values.kind === 'known' ? values : operator,
      message: `${subject} has no values to compare with: the API refuses it.`,
    });
  else if (!needsValues && hasValues)
    report({ at: valuesKey, message: `${subject} takes no values: the API refuses it.` });
}
