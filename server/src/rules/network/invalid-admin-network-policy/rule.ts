import { defineRule, type Report } from '../../../engine/rule.js';
import type { Fields } from '../../../model/fields.js';
import {
  actionsOf,
  type ClusterPolicyRule,
  clusterPolicyRules,
  peerForms,
  subjectForms,
} from '../../../model/kubernetes/cluster-network-policy.js';
import type { Manifest } from '../../../model/kubernetes/manifest.js';
import { headOf, isEmptyList } from '../../../model/kubernetes/network-policy.js';
import { type Known, knownItems } from '../../../model/located.js';
import { named, quoted } from '../../../model/quoted.js';
import { hasVariable } from '../../../model/variable.js';

export default defineRule({
  meta: {
    id: 'invalid-admin-network-policy',
    summary: 'A network policy for the cluster says something that its API does not take.',
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
      const actions = actionsOf(manifest);
      if (actions === undefined) return;
      if (manifest.kind === 'BaselineAdminNetworkPolicy') judgeName(manifest, report);
      else judgePriority(manifest, report);
      const policy = named(manifest.kind, manifest.name);
      const subject = manifest.fields('spec', 'subject');
      if (subject.kind === 'known') judgeForms(`${policy} has a subject`, subject, subjectForms, report);
      for (const rule of clusterPolicyRules(manifest)) {
        judgeAction(rule, actions, report);
        judgePeers(policy, rule, report);
        judgeNamedPorts(rule, report);
      }
    },
  },
});

function judgeName({ name, nameAt }: Manifest, report: Report): void {
  if (name === '' || name === 'default' || hasVariable(name)) return;
  report({ at: nameAt, message: `Baseline policy ${quoted(name)} is not named 'default': the API refuses it.` });
}

function judgePriority(manifest: Manifest, report: Report): void {
  const priority = manifest.number('spec', 'priority');
  if (priority.kind === 'known' && (priority.value < 0 || priority.value > 1000)) {
    const value = quoted(String(priority.value));
    report({ at: priority, message: `Priority ${value} is not between 0 and 1000: the API refuses the policy.` });
  }
  // One without a subject may be a patch.
  if (priority.kind !== 'absent' || manifest.fields('spec', 'subject').kind !== 'known') return;
  report({ at: priority, message: `${named(manifest.kind, manifest.name)} has no priority: the API refuses it.` });
}

/** Exactly one of the forms has to be there. */
function judgeForms(what: string, map: Known<Fields>, forms: readonly string[], report: Report): void {
  const keys = map.value.keys();
  if (keys.kind !== 'known') return;
  // Null counts as not written.
  const written = forms.filter((form) => map.value.fields(form).kind !== 'absent');
  const second = written[1];
  if (second !== undefined)
    report({ at: map.value.key([second]), message: `${what} of two forms: the API takes one of them.` });
  else if (written.length === 0 && keys.value.every(({ name }) => forms.includes(name)))
    report({ at: headOf(map), message: `${what} that names nobody: the API refuses it.` });
}

function judgeAction({ action }: ClusterPolicyRule, actions: readonly string[], report: Report): void {
  if (action.kind !== 'known' || actions.includes(action.value) || hasVariable(action.value)) return;
  report({
    at: action,
    message: `Action ${quoted(action.value)} is none of ${actions.join(', ')}: the API refuses it.`,
  });
}

function judgePeers(policy: string, rule: ClusterPolicyRule, report: Report): void {
  const { direction, own, peers } = rule;
  if (isEmptyList(peers)) {
    const key = own.value.key([direction === 'ingress' ? 'from' : 'to']);
    report({
      at: key.kind === 'known' ? key : headOf(own),
      message: `${policy} has a rule without peers: the API refuses it.`,
    });
  }
  for (const peer of knownItems(peers)) judgeForms(`${policy} has a peer`, peer, peerForms[direction], report);
}

function judgeNamedPorts({ namedPorts, peers }: ClusterPolicyRule, report: Report): void {
  const outside = knownItems(peers).find(({ value }) =>
    ['networks', 'nodes'].some((form) => value.fields(form).kind !== 'absent' && value.key([form]).kind === 'known'),
  );
  if (outside === undefined) return;
  for (const port of namedPorts)
    report({
      at: port,
      message: `Port ${quoted(port.value)} is a name, but its peers are no pods: the API refuses it.`,
      related: [{ at: headOf(outside).at, message: 'These have no names for their ports.' }],
    });
}
