import { defineRule, type Report } from '../../../engine/rule.js';
import type { Fields, Key } from '../../../model/fields.js';
import { type Label, labelsAt } from '../../../model/kubernetes/labels.js';
import type { Pod } from '../../../model/kubernetes/pod.js';
import { knownItems } from '../../../model/located.js';
import { quoted } from '../../../model/quoted.js';
import { hasVariable } from '../../../model/variable.js';
import type { Place } from '../../../text/span.js';

/** Those that choose their pods by a selector. A Job makes its own. */
const kinds: ReadonlySet<string> = new Set([
  'apps Deployment',
  'apps DaemonSet',
  'apps ReplicaSet',
  'apps StatefulSet',
  'extensions Deployment',
  'extensions DaemonSet',
  'extensions ReplicaSet',
  ' ReplicationController',
  'apps.openshift.io DeploymentConfig',
  ' DeploymentConfig',
  'argoproj.io Rollout',
]);
/** Their selector is a plain map of labels. */
const plain: ReadonlySet<string> = new Set(['ReplicationController', 'DeploymentConfig']);

export default defineRule({
  meta: {
    id: 'mismatching-selector',
    summary: 'A workload selects other labels than the ones that its own pods have.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: {
      'kube-linter': ['mismatching-selector'],
      'kube-score': [
        'deployment-pod-selector-labels-match-template-metadata-labels',
        'statefulset-pod-selector-labels-match-template-metadata-labels',
      ],
      kubescape: ['C-0296'],
    },
  },
  check: {
    pod(pod, report) {
      const { object } = pod;
      if (!kinds.has(`${object.group} ${object.kind}`)) return;
      const isPlain = plain.has(object.kind);
      const labels = isPlain
        ? labelsAt(object, 'spec', 'selector')
        : labelsAt(object, 'spec', 'selector', 'matchLabels');
      const written = object.keys('spec', 'selector', ...(isPlain ? [] : ['matchLabels']));
      checkLabels(pod, labels, written.kind === 'known' ? written.value : [], report);
      if (isPlain) return;
      const expressions = object.list('spec', 'selector', 'matchExpressions');
      if (expressions.kind !== 'known') return;
      for (const expression of expressions.value) checkExpression(pod, expression, report);
    },
  },
});

/** What the pods have for a label; undefined where that cannot be told. */
function labelOf({ template, workload }: Pod, key: string): { readonly value: string | undefined } | undefined {
  const label = template.string('metadata', 'labels', key);
  if (label.kind === 'known') return hasVariable(label.value) ? undefined : { value: label.value };
  // What a patch leaves out, the object that it patches has.
  return label.kind === 'absent' && workload.complete ? { value: undefined } : undefined;
}

function checkLabels(pod: Pod, labels: readonly Label[], keys: readonly Key[], report: Report): void {
  for (const { key, value } of labels) {
    const own = labelOf(pod, key);
    const keyAt = keys.find(({ name }) => name === key)?.at;
    if (own === undefined || value.kind !== 'known' || own.value === value.value) continue;
    if (hasVariable(value.value)) continue;
    if (own.value === undefined) {
      report({ at: keyAt ?? value, message: `The pods have no label ${quoted(key)}: the selector never finds them.` });
    } else {
      const wanted = quoted(value.value, 17);
      report({
        at: value,
        message: `${wanted} is ${quoted(own.value, 17)} in the labels of the pods: the selector never finds them.`,
        related: related(pod, key),
      });
    }
  }
}

function related({ template }: Pod, key: string): readonly { readonly at: Place; readonly message: string }[] {
  const label = template.string('metadata', 'labels', key);
  return label.kind === 'known' ? [{ at: label.at, message: 'The label of the pods.' }] : [];
}

function checkExpression(pod: Pod, expression: Fields, report: Report): void {
  const key = expression.string('key');
  const operator = expression.string('operator');
  const own = key.kind === 'known' ? labelOf(pod, key.value) : undefined;
  if (key.kind !== 'known' || operator.kind !== 'known' || own === undefined) return;
  const values = expression.strings('values');
  const known = new Set(knownItems(values).map(({ value }) => value));
  const isWhole =
    values.kind === 'known' &&
    known.size > 0 &&
    values.value.every((value) => value.kind === 'known' && !hasVariable(value.value));
  const fails = {
    Exists: own.value === undefined,
    DoesNotExist: own.value !== undefined,
    In: isWhole && (own.value === undefined || !known.has(own.value)),
    NotIn: own.value !== undefined && known.has(own.value),
  }[operator.value];
  if (fails === true) {
    report({
      at: key,
      message: `The label ${quoted(key.value)} of the pods does not fit: the selector never finds them.`,
    });
  }
}
