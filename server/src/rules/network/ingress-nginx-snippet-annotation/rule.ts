import { defineRule } from '../../../engine/rule.js';
import { isIngress, nginxAnnotation } from '../../../model/kubernetes/ingress.js';
import { quoted } from '../../../model/quoted.js';

/** All that ingress-nginx reads. */
const snippets = [
  'auth-snippet',
  'configuration-snippet',
  'modsecurity-snippet',
  'server-snippet',
  'stream-snippet',
] as const;

/** What takes the proxy over, with what it gives. The first group is what stands before. */
const attacks: readonly (readonly [RegExp, string])[] = [
  [/()\b(?:\w+_by_lua\w*|lua_\w+|load_module\b)/, 'its author runs code in the proxy'],
  [/((?:^|[;{}])[ \t]*)(?:root|alias)(?=\s)/m, 'its author reads files of the proxy'],
  [/()\bserviceaccount\b/, 'its author reads files of the proxy'],
];

export default defineRule({
  meta: {
    id: 'ingress-nginx-snippet-annotation',
    summary: 'An Ingress writes configuration of its own into the proxy that all share.',
    severity: 'warning',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: ['nsa-cisa/upgrading'],
    peers: {
      checkov: ['CKV_K8S_152', 'CKV_K8S_153', 'CKV_K8S_154'],
      kubescape: ['C-0059'],
    },
  },
  check: {
    manifest(manifest, report) {
      if (!isIngress(manifest)) return;
      for (const name of snippets) {
        const key = manifest.key(['metadata', 'annotations', nginxAnnotation(name)]);
        const text = manifest.text('metadata', 'annotations', nginxAnnotation(name));
        if (key.kind !== 'known' || text.kind === 'absent') continue;
        const snippet = text.kind === 'known' ? text.value : undefined;
        if (snippet?.value.trim() === '') continue;
        const attack = snippet === undefined ? undefined : findAttack(snippet.value);
        if (snippet === undefined || attack === undefined) {
          const message = `Annotation ${quoted(name)} writes into the shared proxy: its author sees all traffic.`;
          report({ at: key, message });
          continue;
        }
        report({
          at: { ...key, at: snippet.part(attack.start, attack.end) },
          severity: 'error',
          message: `Annotation ${quoted(name)} holds ${quoted(attack.text, 20)}: ${attack.effect}.`,
        });
      }
    },
  },
});

function findAttack(snippet: string) {
  for (const [pattern, effect] of attacks) {
    const match = pattern.exec(snippet);
    if (match === null) continue;
    const start = match.index + (match[1]?.length ?? 0);
    const end = match.index + match[0].length;
    return { start, end, text: snippet.slice(start, end), effect };
  }
  return undefined;
}
