// Raises what a namespace would refuse: a pod is judged by the level that its namespace asks for, whatever the profile.
import type { Finding } from '../engine/finding.js';
import type { Rule, Severity } from '../engine/rule.js';
import { inOrder, runRules } from '../engine/run-rules.js';
import { loudness, type Settings } from '../engine/settings.js';
import type { Pod } from '../model/kubernetes/pod.js';
import { breaksLevel, type PodSecurityLabel, type PodSecurityMode } from '../model/kubernetes/pod-security-labels.js';
import { valueOf } from '../model/located.js';
import { quoted } from '../model/quoted.js';
import { appliesTo } from '../standards/standards.js';
import type { FileId, Span } from '../text/span.js';
import type { Linted } from './lint-text.js';
import type { Asked, Namespaces } from './namespaces.js';
import { type LintRequest, readText } from './read-text.js';

const severities: { readonly [mode in PodSecurityMode]: Severity } = {
  audit: 'info',
  warn: 'warning',
  enforce: 'error',
};
const longestMessage = 100;

/** A pod in a namespace that asks for something. */
interface AskedPod {
  readonly span: Span;
  readonly namespace: string;
  readonly asked: Asked;
}

/** The rules that a namespace can ask for: those that stand for a check of the admission controller. */
export function podSecurityRules(rules: readonly Rule[]): readonly Rule[] {
  return rules.filter(({ meta }) => meta.standards.some((standard) => standard.startsWith('pss/')));
}

/**
 * The findings with those that namespaces ask for. `rules` are those of {@link podSecurityRules}; a rule that was
 * switched off by name stays off, and a severity that was set by name stays.
 */
export function withPodSecurity(
  linted: Linted,
  request: LintRequest,
  namespaces: Namespaces,
  rules: readonly Rule[],
): Linted {
  const pods = askedPods(linted, namespaces);
  if (pods.length === 0) return linted;
  const raised = new Map<string, Finding>();
  const failures = [...linted.failures];
  for (const minor of minorsOf(pods, request.settings)) {
    const settings: Settings = { ...request.settings, profile: 'all', kubernetesMinor: minor };
    // What was read for one version may be another thing for the next.
    const isSame = minor === request.settings.kubernetesMinor;
    const file = isSame ? linted.file : readText({ ...request, settings, previous: linted.file });
    const result = runRules({ file, rules, settings, appliesTo });
    failures.push(...result.failures.filter(({ rule }) => !failures.some((failure) => failure.rule === rule)));
    for (const finding of result.findings) {
      const found = raise(finding, pods, minor, request.settings);
      if (found === undefined) continue;
      const key = keyOf(found);
      const before = raised.get(key);
      if (before === undefined || loudness[before.severity] < loudness[found.severity]) raised.set(key, found);
    }
  }
  const kept = linted.findings.map((finding) => raised.get(keyOf(finding)) ?? finding);
  const known = new Set(linted.findings.map(keyOf));
  const added = [...raised.values()].filter((finding) => !known.has(keyOf(finding)));
  const findings = [...kept, ...added].sort(inOrder);
  const elsewhere = new Map(
    pods.flatMap(({ asked }) => asked.labels.map(({ at }): readonly [FileId, string] => [at.file, asked.text])),
  );
  elsewhere.delete(linted.file.source.id);
  return { ...linted, findings, failures, elsewhere };
}

function askedPods({ file }: Linted, namespaces: Namespaces): readonly AskedPod[] {
  const pods = (file.subjects.pod ?? []).flatMap(({ object }: Pod): readonly AskedPod[] => {
    const namespace = valueOf(object.namespace);
    const asked = namespace === undefined ? undefined : namespaces.of(namespace, file);
    return namespace === undefined || asked === undefined ? [] : [{ span: object.at.span, namespace, asked }];
  });
  // An alias in a List leads back to the place of its anchor.
  return pods.sort((a, b) => a.span.start - b.span.start);
}

function minorsOf(pods: readonly AskedPod[], settings: Settings): ReadonlySet<number> {
  return new Set(pods.flatMap(({ asked }) => asked.labels.map((label) => minorOf(label, settings))));
}

function minorOf({ minor }: PodSecurityLabel, { kubernetesMinor }: Settings): number {
  return minor ?? kubernetesMinor;
}

/** The finding as its namespace sees it; undefined where the namespace lets it pass. */
function raise(finding: Finding, pods: readonly AskedPod[], minor: number, settings: Settings): Finding | undefined {
  const pod = podAt(pods, finding.at.span.start);
  const label = pod?.asked.labels.findLast(
    (one) => minorOf(one, settings) === minor && breaksLevel(finding.standards, one.level),
  );
  if (pod === undefined || label === undefined) return undefined;
  const severity = severities[label.mode];
  const isSet = settings.rules.get(finding.rule)?.severity !== undefined;
  const isQuieter = loudness[finding.severity] < loudness[severity];
  return {
    ...finding,
    severity: isQuieter && !isSet ? severity : finding.severity,
    message: told(finding.message, label.mode, pod.namespace),
    related: [...finding.related, { at: label.at, message: `This asks for the level '${label.level}'.` }],
  };
}

/** The last one that starts before an offset, if it holds it. A file may have thousands, in the order of the text. */
function podAt(pods: readonly AskedPod[], offset: number): AskedPod | undefined {
  let [low, high] = [0, pods.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pods[middle]?.span.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const pod = pods[low - 1];
  return pod !== undefined && offset <= pod.span.end ? pod : undefined;
}

const consequences: { readonly [mode in PodSecurityMode]: (namespace: string) => string } = {
  enforce: (namespace) => `${namespace} refuses it`,
  warn: (namespace) => `${namespace} warns of it`,
  audit: (namespace) => `${namespace} records it`,
};

/** What is wrong, with the namespace as the consequence. */
function told(message: string, mode: PodSecurityMode, namespace: string): string {
  const colon = message.lastIndexOf(': ');
  const wrong = colon < 0 ? message.replace(/\.$/, '') : message.slice(0, colon);
  const say = (name: string) => `${wrong}: ${consequences[mode](name)}.`;
  const room = longestMessage - say("namespace ''").length;
  return room < 8 ? say('its namespace') : say(`namespace ${quoted(namespace, Math.min(room, 30))}`);
}

function keyOf({ rule, at }: Finding): string {
  return `${rule} ${at.span.start} ${at.span.end} ${at.file}`;
}
