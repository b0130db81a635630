import { defineRule } from '../../../engine/rule.js';
import { isIngress, nginxAnnotation } from '../../../model/kubernetes/ingress.js';
import { quoted } from '../../../model/quoted.js';

/** Those whose values ingress-nginx once wrote into its configuration as they are. */
const annotations = ['auth-url', 'auth-tls-match-cn', 'mirror-target', 'mirror-host'] as const;
/** A variable of nginx or a count of a pattern (`{2,5}`), or what ends an argument, a directive or a block, or begins a comment. */
const breakout = /\$\{\w+\}|\{\d+(?:,\d*)?\}|([\r\n;{}"']|(?<!\S)#)/g;

export default defineRule({
  meta: {
    id: 'ingress-nginx-annotation-injection',
    summary: 'An annotation of an Ingress carries text that leaves its place in the configuration of the proxy.',
    severity: 'error',
    confidence: 'high',
    profile: 'recommended',
    since: '0.1.0',
    formats: ['kubernetes'],
    standards: [],
    peers: { trivy: ['KCV-0093'] },
  },
  check: {
    manifest(manifest, report) {
      if (!isIngress(manifest)) return;
      for (const name of annotations) {
        const text = manifest.text('metadata', 'annotations', nginxAnnotation(name));
        const start = text.kind === 'known' ? findBreakout(text.value.value) : undefined;
        if (text.kind !== 'known' || start === undefined) continue;
        report({
          at: { ...text, at: text.value.part(start, text.value.value.trimEnd().length) },
          message: `Annotation ${quoted(name)} breaks out of its directive: its author takes over the proxy.`,
        });
      }
    },
  },
});

/** Where the text begins that does not belong into the value. Blanks around the value do no harm. */
function findBreakout(value: string): number | undefined {
  const content = value.trim();
  for (const match of content.matchAll(breakout)) {
    if (match[1] === undefined) continue;
    // Marks what stands behind a line end, not the line end.
    const behind = content.slice(match.index).search(/\S/);
    return value.indexOf(content) + match.index + behind;
  }
  return undefined;
}
